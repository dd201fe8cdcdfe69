"""Tokens laid open: header, claims with what they mean, times as dates, and who signed them."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from localtenant.portal.claims import meaning
from localtenant.signin.json_objects import json_object

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_TIMES = {"exp", "iat", "nbf", "auth_time", "xms_pftexp"}


@dataclass(frozen=True)
class Claim:
    """A claim: its value as text, what it means, and for a time the date that it is."""

    name: str
    value: str
    meaning: str
    date: str = ""


@dataclass(frozen=True)
class Decoded:
    """A token: what it is, itself, and if it is a JSON Web Token what is in it.

    ``verified`` says whether a published key signed it, None for a token that is opaque.
    """

    name: str
    token: str
    header: Json
    claims: list[Claim]
    verified: bool | None


def decoded(name: str, token: str, published: Json) -> Decoded:
    """A token, held against the keys that the tenant publishes."""
    header, payload = _parts(token)
    if not header:
        return Decoded(name, token, {}, [], None)
    claims = [_claim(n, v) for n, v in payload.items()]
    return Decoded(name, token, header, claims, _is_signed(token, published))


def _parts(token: str) -> tuple[Json, Json]:
    try:
        first, second, _ = token.split(".")
        return json_object(_raw(first)), json_object(_raw(second))
    except ValueError:
        return {}, {}


def _raw(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _is_signed(token: str, published: Json) -> bool:
    try:
        keys = KeySet.import_key_set(published)  # type: ignore[arg-type] - checked by the import
        jwt.decode(token, keys, algorithms=["RS256"])
    except (JoseError, ValueError):
        return False
    return True


def _claim(name: str, value: Any) -> Claim:  # noqa: ANN401 - any JSON
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    date = ""
    if name in _TIMES and isinstance(value, int):
        date = datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return Claim(name, text, meaning(name), date)
