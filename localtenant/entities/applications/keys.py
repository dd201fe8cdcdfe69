"""Key credentials of applications and service principals: certificates and other keys.

Source: the Graph resource page "keyCredential". What a certificate says of itself fills in what a
body leaves open. The document keeps a certificate as base64 of its DER form; answers show no key,
but for the public ones that ``$select=keyCredentials`` asks one object for.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from localtenant.entities.applications.credentials import moment, two_years_after
from localtenant.entities.common import PASSWORD_CREDENTIAL
from localtenant.odata.answers import now
from localtenant.odata.errors import GraphError, bad_request, duplicate_value, invalid_value

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

CERTIFICATE = "AsymmetricX509Cert"
PFX = "X509CertAndPassword"
VERIFY = "Verify"
SIGN = "Sign"
_USAGES = {CERTIFICATE: {VERIFY, SIGN, "Encrypt"}, PFX: {SIGN}, "Symmetric": {VERIFY, SIGN}}
"""The usages of each type of key."""
_FIXED = ("type", "usage", "startDateTime", "endDateTime")
_TARGET = "keyCredentials"
_PLACES = {"applications", "serviceprincipals"}
_ONE_OBJECT = 2


def settle(wanted: list[Json], present: list[Json], title: str) -> list[Json]:
    """The key credentials of an object after a body that wants ``wanted``, all complete.

    ``present`` are those before it. One that repeats the key ID of a present one without a key
    stays what it was; to change it is refused. ``title`` is the resource in messages.
    """
    known = {c["keyId"]: c for c in present}
    settled = [
        _kept(known[c["keyId"]], c) if c["keyId"] in known else new_key(c, title) for c in wanted
    ]
    if len({c["keyId"] for c in settled}) < len(settled):
        raise duplicate_value(_TARGET)
    return settled


def new_key(wanted: Json, title: str) -> Json:
    """A new key credential: dates, name and thumbprint are the certificate's where not given.

    The texts for a wrong type or a wrong usage are our own choice.
    """
    usages = _USAGES.get(wanted["type"] or "")
    if usages is None or wanted["usage"] not in usages:
        raise invalid_value(_TARGET, title)
    if not wanted["key"]:
        raise _bad_value()
    credential = {**wanted, "keyId": wanted["keyId"] or str(uuid4())}
    if wanted["type"] == CERTIFICATE:
        credential |= _read_certificate(wanted)
    start = credential["startDateTime"] = credential["startDateTime"] or now()
    end = credential["endDateTime"] = credential["endDateTime"] or two_years_after(start)
    if moment(end) <= moment(start):
        raise end_invalid()
    return credential


def opener(key: Json) -> Json:
    """The password credential that opens a private key; the password itself is kept nowhere."""
    shared = ("customKeyIdentifier", "displayName", "endDateTime", "keyId", "startDateTime")
    return PASSWORD_CREDENTIAL.complete({n: key[n] for n in shared})


def thumbprint(certificate: x509.Certificate) -> bytes:
    """The SHA-1 digest of a certificate, as which Entra knows it."""
    return hashlib.sha1(_der(certificate), usedforsecurity=False).digest()


def certificate_of(credential: Json) -> x509.Certificate | None:
    """The certificate of a stored key credential, or None if it is another kind of key."""
    if credential["type"] != CERTIFICATE or not credential["key"]:
        return None
    return x509.load_der_x509_certificate(base64.b64decode(credential["key"]))


def text_of(moment_: Any) -> str:  # noqa: ANN401 - a datetime, which is only formatted
    """A moment as Graph writes it, to the second."""
    return moment_.strftime("%Y-%m-%dT%H:%M:%SZ")


def encoded(certificate: x509.Certificate) -> str:
    """A certificate as ``key`` has it: base64 of its DER form."""
    return base64.b64encode(_der(certificate)).decode()


def without_keys(call: Call, doc: Json) -> Json:
    """``doc`` as an answer shows it: its keys are null, or public and asked for."""
    if not doc[_TARGET]:
        return doc
    asked = _asked_for(call)
    shown = [
        c if asked and (c["type"], c["usage"]) == (CERTIFICATE, VERIFY) else {**c, "key": None}
        for c in doc[_TARGET]
    ]
    return {**doc, _TARGET: shown}


def end_invalid() -> GraphError:
    """400 for an end that the certificate, or the start, does not allow."""
    return _invalid("End")


def _read_certificate(wanted: Json) -> Json:
    """What a certificate says of itself, under the names of a key credential."""
    certificate = _load(wanted["key"])
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    start, end = wanted["startDateTime"], wanted["endDateTime"]
    if start is not None and moment(start) < first:
        raise _invalid("Start")
    if end is not None and moment(end) > last:
        raise end_invalid()
    subject = ", ".join(r.rfc4514_string() for r in reversed(certificate.subject.rdns))
    return {
        "customKeyIdentifier": wanted["customKeyIdentifier"]
        or thumbprint(certificate).hex().upper(),
        "displayName": wanted["displayName"] or subject,
        "endDateTime": end or text_of(last),
        "key": encoded(certificate),
        "startDateTime": start or text_of(first),
    }


def _load(key: str) -> x509.Certificate:
    """The certificate in base64 of its DER form or of its PEM text, which azuread sends."""
    raw = base64.b64decode(key)
    try:
        if b"-----BEGIN" in raw:
            return x509.load_pem_x509_certificate(raw)
        return x509.load_der_x509_certificate(raw)
    except ValueError as error:
        raise _bad_value() from error


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _kept(before: Json, wanted: Json) -> Json:
    """``before``; 400 if the body gives it another key or other dates, as observed of Entra."""
    fixed = all(wanted[n] is None or _same(wanted[n], before[n]) for n in _FIXED)
    key = wanted["key"]
    if key and key != before["key"] and before["type"] == CERTIFICATE:
        key = encoded(_load(key))
    if not fixed or key not in {None, before["key"]}:
        message = f"Update to existing credential with KeyId '{before['keyId']}' is not allowed."
        detail = {"code": "KeyNotUpdatable", "message": message, "target": _TARGET}
        raise GraphError(400, "Request_BadRequest", message, [detail])
    return before


def _same(one: str, other: str | None) -> bool:
    if one == other:
        return True
    return other is not None and "T" in one and "T" in other and moment(one) == moment(other)


def _asked_for(call: Call) -> bool:
    """Whether the request reads one object with ``$select=keyCredentials``."""
    selected = {s.strip() for s in call.request.options.get("$select", "").split(",")}
    segments = call.request.path.replace("(", "/").strip("/").split("/")
    place = segments[0].lower() in _PLACES and len(segments) == _ONE_OBJECT
    return place and _TARGET in selected


def _bad_value() -> GraphError:
    """400 for a key that is missing or no certificate; only the code is observed."""
    return bad_request(
        "Key credential value is invalid.", code="KeyCredentialsInvalidValue", target=_TARGET
    )


def _invalid(which: str) -> GraphError:
    """400 for a date; captured for the end, in the same words for the start."""
    message = f"Key credential {which.lower()} date is invalid."
    detail = {
        "code": f"InvalidKey{which}Date",
        "message": message,
        "target": f"keyCredentials.{which.lower()}DateTime",
    }
    return GraphError(400, f"KeyCredentialsInvalid{which}Date", message, [detail])
