"""Who a provider says that a customer is, in the words of Graph's users.

Source: "OpenID Connect claims mapping" in the documentation of external tenants. A phone number has
no built-in attribute of a user flow, so it goes nowhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.odata.types import child, is_object
from localtenant.pages.fields import LONGEST

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.upstream.providers import Provider

_ATTRIBUTES = {
    "name": "displayName",
    "given_name": "givenName",
    "family_name": "surname",
    "street_address": "streetAddress",
    "locality": "city",
    "region": "state",
    "postal_code": "postalCode",
    "country": "country",
}
_TRUE = (True, 1, "1", "true", "True")


@dataclass(frozen=True)
class Vouched:
    """A customer whom a provider vouches for.

    ``subject`` is his ID there, ``email`` his address if the provider tells one, ``verified``
    whether it says that the address is his, and ``values`` what it knows, by attributes of users.
    """

    subject: str
    email: str | None
    verified: bool
    values: dict[str, str]


def vouched(provider: Provider, claims: Json, told: str = "") -> Vouched:
    """What checked claims say. ``told`` is the field ``user`` that Apple posts at the first time.

    Of an OpenID provider's address it has to be said that it is verified, which is documented. A
    social network's counts as such unless it says otherwise: our own choice.
    """
    known = {**claims, **_names_of_apple(told)} if provider.kind == "apple" else claims
    said = _found(provider, claims, "email_verified")
    email = _found(provider, claims, "email")
    values = {a: _found(provider, known, c) for c, a in _ATTRIBUTES.items()}
    return Vouched(
        subject=claims[provider.claims["sub"]],
        email=email if isinstance(email, str) and "@" in email[1:-1] else None,
        verified=said in _TRUE or (said is None and not provider.is_custom),
        values={a: v for a, v in values.items() if isinstance(v, str) and 0 < len(v) <= LONGEST},
    )


def _found(provider: Provider, claims: Json, name: str) -> object:
    """The value of a standard claim, under the provider's own name for it."""
    own = provider.claims[name]
    address: object = claims.get("address")
    return claims.get(own, address.get(own) if is_object(address) else None)


def _names_of_apple(told: str) -> dict[str, Any]:
    try:
        found: object = json.loads(told)
    except (ValueError, RecursionError):
        return {}
    name = child(found, "name") if is_object(found) and is_object(found.get("name")) else {}
    first, last = name.get("firstName"), name.get("lastName")
    whole = " ".join(n for n in (first, last) if isinstance(n, str) and n)
    named = {"given_name": first, "family_name": last, "name": whole}
    return {n: v for n, v in named.items() if v}
