"""The keys that sign the tenant's tokens: RSA, published as JWKS with their certificates.

Source: Microsoft identity platform, "signing key rollover". The first key signs. What earlier keys
signed is valid as long as they are published.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from localtenant.odata.types import is_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localtenant.transaction import Transaction

_SETTING = "signing-key"
_BITS = 2048
_REMEMBERED = 256
_PUBLISHED = 3
_YEARS_IN_DAYS = 5 * 365
_ISSUED_BY = "accounts.accesscontrol.windows.net"


class SigningKey:
    """Signs and checks RS256 tokens."""

    def __init__(self, keys: Sequence[RSAKey]) -> None:
        """Sign with the first of ``keys``, whose ``kid`` the tokens name; check with them all."""
        self._keys = tuple(keys)
        self._checked: dict[bytes, dict[str, Any]] = {}

    @classmethod
    def of(cls, tx: Transaction) -> SigningKey:
        """The tenant's keys; the first is made and kept in the database if there is none yet."""
        kept = json.loads(tx.setting(_SETTING) or "[]")
        found = [RSAKey.import_key(one) for one in ([kept] if is_object(kept) else kept)]
        if not found or any("x5c" not in key.as_dict(private=False) for key in found):
            # A key of an earlier version had no certificate.
            found = [_certified(key) for key in found] or [_new()]
            _keep(tx, found)
        return cls(found)

    def rotated(self, tx: Transaction) -> tuple[RSAKey, ...]:
        """The keys with a new one in the first place, kept; :meth:`use` them once that is done."""
        keys = (_new(), *self._keys)[:_PUBLISHED]
        _keep(tx, keys)
        return keys

    def use(self, keys: Sequence[RSAKey]) -> None:
        """Sign and check with other keys from now on."""
        self._keys = tuple(keys)
        self._checked.clear()

    def sign(self, claims: dict[str, Any]) -> str:
        """A signed token with ``claims``."""
        key = self._keys[0]
        header = {"typ": "JWT", "alg": "RS256", "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=["RS256"])

    def claims(self, token: str) -> dict[str, Any] | None:
        """The claims of a token that one of the keys signed, or None. Its times do not count."""
        fingerprint = hashlib.sha256(token.encode()).digest()
        found = self._checked.get(fingerprint)
        if found is None:
            try:
                keys = KeySet(list(self._keys))
                found = dict(jwt.decode(token, keys, algorithms=["RS256"]).claims)
            except (JoseError, ValueError):
                return None
            if len(self._checked) >= _REMEMBERED:
                self._checked.clear()
            self._checked[fingerprint] = found
        return found

    def published(self, issuer: str) -> dict[str, Any]:
        """The public keys as a JWK set, with the fields that Entra's has: no ``alg``."""
        return {
            "keys": [
                {
                    **{n: v for n, v in key.as_dict(private=False).items() if n != "alg"},
                    "use": "sig",
                    "cloud_instance_name": "microsoftonline.com",
                    "issuer": issuer,
                }
                for key in self._keys
            ]
        }


def expired(claims: dict[str, Any]) -> bool:
    """Whether a token's time is over."""
    return float(claims.get("exp", 0)) <= time.time()


def _new() -> RSAKey:
    return _certified(RSAKey.generate_key(_BITS))


def _certified(key: RSAKey) -> RSAKey:
    """The key with a certificate of its own, by whose thumbprint tokens name it."""
    private = key.private_key
    if not isinstance(private, RSAPrivateKey):
        message = "A public key signs nothing."
        raise TypeError(message)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _ISSUED_BY)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=_YEARS_IN_DAYS))
        .sign(private, hashes.SHA256())
    )
    # JSON Web Keys name a certificate by SHA-1 (RFC 7517, 4.8); nothing relies on it.
    digest = certificate.fingerprint(hashes.SHA1())  # noqa: S303 - see above
    thumbprint = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    chain = [base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()]
    return RSAKey.import_key(
        {
            **key.as_dict(private=True),
            "use": "sig",
            "alg": "RS256",
            "kid": thumbprint,
            "x5t": thumbprint,
            "x5c": chain,
        }
    )


def _keep(tx: Transaction, keys: Sequence[RSAKey]) -> None:
    tx.keep_setting(_SETTING, json.dumps([key.as_dict(private=True) for key in keys]))
