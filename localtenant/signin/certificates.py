"""Signing in with a certificate: an assertion signed by one of the client's key credentials.

Source: Microsoft identity platform, "application authentication certificate credentials". The
public certificate of a key credential is its ``key``: DER in base64.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc.jwk import RSAKey

from localtenant.entities.applications.credentials import moment
from localtenant.entities.applications.keys import VERIFY, certificate_of
from localtenant.odata.types import children
from localtenant.signin import assertion_errors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography import x509

    from localtenant.odata.types import Json
    from localtenant.signin.assertions import Assertion
    from localtenant.tenant import Tenant

_SHA1_BYTES = 20
_SHA1_HEX = 2 * _SHA1_BYTES


def check(tenant: Tenant, client_id: str, holders: Iterable[Json], assertion: Assertion) -> None:
    """Check that a certificate of one of ``holders`` signed the assertion for this tenant.

    ``holders`` are the application and its service principal. Raises SignInError.
    """
    if any(name.lower() != client_id.lower() for name in (assertion.issuer, assertion.subject)):
        raise assertion_errors.identifier_mismatch()
    name = _named(assertion.header)
    assertion.check_time()
    if not any(_is_for(tenant, audience) for audience in assertion.audiences):
        raise assertion_errors.audience_mismatch()
    wanted = _thumbprint(name)
    thumbprint = wanted.hex().upper() or name
    found = _find(holders, wanted)
    if found is None:
        raise assertion_errors.certificate_unknown(client_id, thumbprint)
    credential, certificate = found
    start, end = (moment(credential[n]) for n in ("startDateTime", "endDateTime"))
    told = f"Start={_told(start)}, End={_told(end)}"
    if not start <= datetime.now(UTC) < end:
        raise assertion_errors.certificate_expired(client_id, thumbprint, told)
    public = certificate.public_key()
    if not isinstance(public, RSAPublicKey):
        raise assertion_errors.key_unsuitable()
    if not assertion.signed_by(RSAKey.import_key(public)):
        raise assertion_errors.signature_wrong(client_id, thumbprint, told)


def _named(header: Json) -> str:
    """The thumbprint by which a header names the certificate, as it stands there.

    MSAL sends ``x5t`` or ``x5t#S256``, the azuread plugin a padded ``kid``, others a ``kid`` of hex
    digits. Raises SignInError.
    """
    for name in ("x5t#S256", "x5t", "kid"):
        found: object = header.get(name)
        if isinstance(found, str) and found:
            return found
    raise assertion_errors.key_unnamed()


def _thumbprint(text: str) -> bytes:
    """A thumbprint, SHA-1 or SHA-256, from hex digits or base64url; empty if it is neither."""
    try:
        if len(text) == _SHA1_HEX:
            return bytes.fromhex(text)
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError:
        return b""


def _find(holders: Iterable[Json], thumbprint: bytes) -> tuple[Json, x509.Certificate] | None:
    # The thumbprint names the certificate and protects nothing, so SHA-1 does.
    digest = hashes.SHA1() if len(thumbprint) == _SHA1_BYTES else hashes.SHA256()  # noqa: S303 - see above
    for holder in holders:
        for credential in children(holder, "keyCredentials"):
            certificate = certificate_of(credential) if credential["usage"] == VERIFY else None
            if certificate is not None and certificate.fingerprint(digest) == thumbprint:
                return credential, certificate
    return None


def _is_for(tenant: Tenant, audience: str) -> bool:
    """Whether an audience means this tenant: its token endpoints, its issuers, or itself."""
    place = audience.rstrip("/")
    if place == f"https://sts.windows.net/{tenant.tenant_id}":
        return True
    origin = next((o for o in tenant.origins if place.startswith(f"{o}/")), None)
    if origin is None:
        return False
    name, _, rest = place.removeprefix(f"{origin}/").partition("/")
    return tenant.is_named(name) and rest in {"", "v2.0", "oauth2/token", "oauth2/v2.0/token"}


def _told(time: datetime) -> str:
    return f"{time.astimezone(UTC):%m/%d/%Y %H:%M:%S}"
