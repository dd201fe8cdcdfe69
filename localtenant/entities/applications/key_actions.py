"""Rolling keys: ``addKey`` and ``removeKey``, for which the caller proves that it has a key.

Source: the Graph pages "application: addKey" and "application: removeKey", and the same of
servicePrincipal.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from localtenant.entities.applications import keys
from localtenant.entities.applications.credentials import moment
from localtenant.entities.common import KEY_CREDENTIAL, PASSWORD_CREDENTIAL
from localtenant.odata.errors import GraphError, bad_request
from localtenant.odata.model import Action
from localtenant.odata.types import GUID, ComplexType, Property, child, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

AUDIENCE = "00000002-0000-0000-c000-000000000000"
"""Azure AD Graph, for which a proof has to be made out."""
_LIFETIME = 600
_SKEW = 300
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]

_PROOF = text("proof", nullable=False, required=True)
ADD_KEY_PARAMETERS = ComplexType(
    "addKey",
    (
        Property("keyCredential", KEY_CREDENTIAL, nullable=False, required=True),
        Property("passwordCredential", PASSWORD_CREDENTIAL),
        _PROOF,
    ),
)
REMOVE_KEY_PARAMETERS = ComplexType(
    "removeKey", (Property("keyId", GUID, nullable=False, required=True), _PROOF)
)


def check_proof(doc: Json, proof: str) -> None:
    """401 unless a key of ``doc`` signed ``proof`` for it, and it is not too old or too long."""
    now = time.time()
    for credential in doc["keyCredentials"]:
        claims = _claims(credential, proof)
        if claims is None:
            continue
        first, last = claims.get("nbf"), claims.get("exp")
        if (
            claims.get("aud") == AUDIENCE
            and claims.get("iss") == doc["id"]
            and isinstance(first, int)
            and isinstance(last, int)
            and first - _SKEW <= now < last <= first + _LIFETIME
        ):
            return
    raise GraphError(401, "Authentication_MissingOrMalformed", "Access Token missing or malformed.")


def _claims(credential: Json, proof: str) -> dict[str, Any] | None:
    """What a proof says if the valid certificate of ``credential`` signed it, or None."""
    certificate = keys.certificate_of(credential)
    if certificate is None or credential["usage"] != keys.VERIFY:
        return None
    start, end = moment(credential["startDateTime"]), moment(credential["endDateTime"])
    public = certificate.public_key()
    if not start <= datetime.now(UTC) < end:
        return None
    if not isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return None
    kind = RSAKey if isinstance(public, rsa.RSAPublicKey) else ECKey
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        return dict(jwt.decode(proof, kind.import_key(pem), algorithms=_ALGORITHMS).claims)
    except (JoseError, ValueError):
        return None


def _add(call: Call, doc: Json, values: Json) -> Json:
    check_proof(doc, values["proof"])
    entity = call.model.filed_as(call.tx.kind_of(doc["id"]) or "")
    wanted = KEY_CREDENTIAL.complete(values["keyCredential"])
    present = doc["keyCredentials"]
    doc["keyCredentials"] = keys.settle([*present, wanted], present, entity.type.title)
    added = doc["keyCredentials"][-1]
    if added["type"] == keys.PFX:
        if not child(values, "passwordCredential").get("secretText"):
            raise bad_request("A password is required for a key of type 'X509CertAndPassword'.")
        doc["passwordCredentials"] = [*doc["passwordCredentials"], keys.opener(added)]
    call.replace(entity.type, doc)
    return {**added, "key": None}


def _remove(call: Call, doc: Json, values: Json) -> None:
    """Take a key away; that an unknown one is refused is documented, the text is our own choice."""
    check_proof(doc, values["proof"])
    entity = call.model.filed_as(call.tx.kind_of(doc["id"]) or "")
    key_id = values["keyId"]
    for name in ("keyCredentials", "passwordCredentials"):
        kept = [c for c in doc[name] if c["keyId"] != key_id]
        if name == "keyCredentials" and len(kept) == len(doc[name]):
            raise bad_request(f"No key credential found with keyId {key_id}.")
        doc[name] = kept
    call.replace(entity.type, doc)


ADD_KEY = Action("addKey", ADD_KEY_PARAMETERS, _add, returns="microsoft.graph.keyCredential")
REMOVE_KEY = Action("removeKey", REMOVE_KEY_PARAMETERS, _remove)
