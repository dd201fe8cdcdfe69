"""The key that signs the tenant's tokens: RSA, made once, published as JWKS."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from localtenant.transaction import Transaction

_SETTING = "signing-key"
_BITS = 2048
_REMEMBERED = 256


class SigningKey:
    """Signs and checks RS256 tokens."""

    def __init__(self, key: RSAKey) -> None:
        """Use ``key``, whose ``kid`` the tokens name."""
        self._key = key
        self._checked: dict[bytes, dict[str, Any]] = {}

    @classmethod
    def of(cls, tx: Transaction) -> SigningKey:
        """The tenant's key, made and kept in the database if it has none yet."""
        kept = tx.setting(_SETTING)
        if kept is None:
            key = RSAKey.generate_key(_BITS, {"use": "sig", "alg": "RS256"}, auto_kid=True)
            tx.keep_setting(_SETTING, json.dumps(key.as_dict(private=True)))
        else:
            key = RSAKey.import_key(json.loads(kept))
        return cls(key)

    def sign(self, claims: dict[str, Any]) -> str:
        """A signed token with ``claims``."""
        header = {"typ": "JWT", "alg": "RS256", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=["RS256"])

    def claims(self, token: str) -> dict[str, Any] | None:
        """The claims of a token that this key signed, or None. Its times are not looked at."""
        fingerprint = hashlib.sha256(token.encode()).digest()
        found = self._checked.get(fingerprint)
        if found is None:
            try:
                found = dict(jwt.decode(token, self._key, algorithms=["RS256"]).claims)
            except (JoseError, ValueError):
                return None
            if len(self._checked) >= _REMEMBERED:
                self._checked.clear()
            self._checked[fingerprint] = found
        return found

    def published(self) -> dict[str, Any]:
        """The public key as a JWK set, with the fields that Entra's has."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": "RS256"}]}


def expired(claims: dict[str, Any]) -> bool:
    """Whether a token's time is over."""
    return float(claims.get("exp", 0)) <= time.time()
