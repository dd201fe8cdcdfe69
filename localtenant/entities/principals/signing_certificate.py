"""The action ``addTokenSigningCertificate``: a self-signed certificate for a service principal.

Source: the Graph page "servicePrincipal: addTokenSigningCertificate". It leaves three credentials
under one ``customKeyIdentifier``: the private key, the public key, and the password that opens the
private one. The tenant signs nothing with it, so it keeps the public key alone.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from localtenant.entities.applications import keys
from localtenant.entities.applications.credentials import moment
from localtenant.entities.common import KEY_CREDENTIAL
from localtenant.entities.principals.service_principal_type import SERVICE_PRINCIPAL
from localtenant.odata.errors import invalid_value
from localtenant.odata.model import Action
from localtenant.odata.types import DATE_TIME, ComplexType, Property, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_COMMON_NAME = "CN="
_DEFAULT_NAME = "CN=Microsoft Azure Federated SSO Certificate"
"""Source: the documentation of terraform-provider-azuread, whose acceptance test gives no name."""
_LONGEST_NAME = 64
_LONGEST = timedelta(days=3 * 365)
_GRACE = timedelta(days=2)
"""Three years by the caller's calendar and clock may be longer: leap days, another time zone."""
_BITS = 2048


def _add(call: Call, doc: Json, values: Json) -> Json:
    """Make the certificate. The text about a name without ``CN=`` is our own choice."""
    name = values.get("displayName") or _DEFAULT_NAME
    common = name.removeprefix(_COMMON_NAME)
    if common == name or not 0 < len(common) <= _LONGEST_NAME:
        raise invalid_value("displayName", SERVICE_PRINCIPAL.title)
    start = datetime.now(UTC).replace(microsecond=0)
    wanted = values.get("endDateTime")
    end = moment(wanted).astimezone(UTC) if wanted else start + _LONGEST
    if not start < end <= start + _LONGEST + _GRACE:
        raise keys.end_invalid()
    certificate = _self_signed(common, start, end)
    thumbprint = keys.thumbprint(certificate)
    public = KEY_CREDENTIAL.complete(
        {
            "customKeyIdentifier": base64.b64encode(thumbprint).decode(),
            "displayName": name,
            "endDateTime": wanted or keys.text_of(end),
            "key": keys.encoded(certificate),
            "keyId": str(uuid4()),
            "startDateTime": keys.text_of(start),
            "type": keys.CERTIFICATE,
            "usage": keys.VERIFY,
        }
    )
    private = {"key": None, "keyId": str(uuid4()), "type": keys.PFX, "usage": keys.SIGN}
    doc["keyCredentials"] = [*doc["keyCredentials"], public | private, public]
    doc["passwordCredentials"] = [*doc["passwordCredentials"], keys.opener(public | private)]
    call.replace(SERVICE_PRINCIPAL, doc)
    return {**public, "thumbprint": thumbprint.hex().upper()}


def _self_signed(common_name: str, start: datetime, end: datetime) -> x509.Certificate:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )


ADD_TOKEN_SIGNING_CERTIFICATE = Action(
    "addTokenSigningCertificate",
    ComplexType(
        "addTokenSigningCertificate",
        (
            text("displayName"),
            Property("endDateTime", DATE_TIME),
        ),
    ),
    _add,
    returns="microsoft.graph.selfSignedCertificate",
    empty_body=True,
)
