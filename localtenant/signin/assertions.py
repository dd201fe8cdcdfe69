"""Client assertions (RFC 7523): from the form of a token request to claims that can be looked at.

Source: Microsoft identity platform, "application authentication certificate credentials". What
Entra says of each mistake stands in :mod:`localtenant.signin.assertion_errors`.

An assertion may be used again until it expires: Entra's page calls ``jti`` a protection against
replay, but its own libraries send a workload's token many times. There is no leeway for clocks that
differ, the client is on this machine; but for a second that was rounded up, as MSAL for Node does.
"""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from joserfc import jws
from joserfc.errors import (
    BadSignatureError,
    InvalidKeyTypeError,
    JoseError,
    UnsupportedKeyAlgorithmError,
    UnsupportedKeyOperationError,
    UnsupportedKeyUseError,
)

from localtenant.odata.types import is_array
from localtenant.signin import assertion_errors, errors
from localtenant.signin.json_objects import json_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from joserfc.jwk import Key

    from localtenant.odata.types import Json

_JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
_TYPES = ("JWT", "HTTP://OPENID.NET/SPECS/JWT/1.0")
_LAST_SECOND = 253402300799
"""The end of the year 9999; Python knows no later time."""

_UNSUITABLE = (
    InvalidKeyTypeError,
    UnsupportedKeyAlgorithmError,
    UnsupportedKeyOperationError,
    UnsupportedKeyUseError,
)


def _registry() -> jws.JWSRegistry:
    registry = jws.JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
    # A header may hold a chain of certificates (x5c), for which joserfc's 512 bytes are too few.
    registry.max_header_length = 64_000
    return registry


_REGISTRY = _registry()

_ROUNDED = 1.0
"""Seconds by which a time in whole seconds may be ahead."""


@dataclass(frozen=True)
class Assertion:
    """A signed JWT whose form is right; neither its signature nor its times have been checked."""

    text: str
    header: Json
    claims: Json

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Assertion:
        """The assertion of a token request. Raises SignInError."""
        kind = form.get("client_assertion_type")
        if not kind:
            raise errors.parameter_missing("client_assertion_type")
        if kind != _JWT_BEARER:
            raise assertion_errors.type_unsupported(kind)
        text = form["client_assertion"]
        parts = text.split(".")
        if len(parts) != 3:  # noqa: PLR2004 - header, claims, signature
            raise assertion_errors.malformed()
        made = cls(text, _object(parts[0]), _object(parts[1]))
        made._check_header()
        made._check_claims()
        return made

    @property
    def issuer(self) -> str:
        """``iss``."""
        return self.claims["iss"]

    @property
    def subject(self) -> str:
        """``sub``."""
        return self.claims["sub"]

    @property
    def audiences(self) -> list[str]:
        """``aud``, which may be one text or several."""
        found = self.claims["aud"]
        return [found] if isinstance(found, str) else found

    def check_time(self) -> None:
        """Raise SignInError outside of ``nbf`` to ``exp``; what is missing counts as 1970."""
        start, end = self._second("nbf"), self._second("exp")
        now = time.time()
        if not start - _ROUNDED <= now < end:
            raise assertion_errors.outside_its_time(
                *(datetime.fromtimestamp(t, UTC) for t in (now, start, end))
            )

    def signed_by(self, key: Key) -> bool:
        """Whether ``key`` made the signature. Raises SignInError for a key of another kind."""
        try:
            jws.deserialize_compact(self.text, key, registry=_REGISTRY)
        except BadSignatureError:
            return False
        except _UNSUITABLE as error:
            raise assertion_errors.key_unsuitable() from error
        except (JoseError, ValueError, TypeError) as error:
            # TypeError: joserfc looks into members such as "crit" without asking what they are.
            raise assertion_errors.malformed() from error
        return True

    def _check_header(self) -> None:
        kind: object = self.header.get("typ", _TYPES[0])
        if not isinstance(kind, str) or kind.upper() not in _TYPES:
            raise assertion_errors.type_header_invalid()
        algorithm: object = self.header.get("alg")
        if algorithm not in _ALGORITHMS:
            raise assertion_errors.algorithm_unsupported(str(algorithm), _ALGORITHMS)

    def _check_claims(self) -> None:
        for name in ("iss", "sub", "aud"):
            if not self.claims.get(name):
                raise assertion_errors.claim_missing(name)
        named: list[object] = [self.issuer, self.subject]
        found: object = self.claims["aud"]
        named += cast("list[object]", found) if is_array(found) else [found]
        if not all(isinstance(value, str) for value in named):
            raise assertion_errors.malformed()

    def _second(self, name: str) -> float:
        found: object = self.claims.get(name, 0)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise assertion_errors.malformed()
        # NaN is neither less nor more than anything, so that it ends up as the first second.
        return min(found, _LAST_SECOND) if found > 0 else 0


def _object(part: str) -> Json:
    """The JSON object in a part of a JWT. Raises SignInError."""
    try:
        return json_object(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError as error:
        raise assertion_errors.malformed() from error
