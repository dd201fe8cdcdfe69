"""Claims that a token has because an application asks for them.

Source: Microsoft identity platform, "optional claims reference". Those that need what the tenant
does not know, such as a user's network, are left out, as Entra leaves out what has no value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.odata.types import child, children
from localtenant.signin.account_names import address, signs_in_by_address
from localtenant.signin.group_claims import groups_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from localtenant.odata.types import Json
    from localtenant.signin.user_tokens import Subject
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


_VALUES: Mapping[str, Callable[[Subject], object]] = {
    "acct": lambda s: 1 if s.user["userType"] == "Guest" else 0,
    "auth_time": lambda s: s.session.auth_time,
    "ctry": lambda s: s.user["usageLocation"],
    "email": lambda s: address(s.user),
    "family_name": lambda s: s.user["surname"],
    "given_name": lambda s: s.user["givenName"],
    "idtyp": lambda s: "user",  # noqa: ARG005 - one of a table of functions
    "login_hint": lambda s: s.user["userPrincipalName"],
    "sid": lambda s: s.session.sid,
    "tenant_region_scope": lambda s: "WW",  # noqa: ARG005 - as above
    "upn": lambda s: s.user["userPrincipalName"],
    "verified_primary_email": lambda s: [found] if (found := address(s.user)) else None,
    # Whoever signs in with an address has shown by a passcode that it is his.
    "xms_edov": lambda s: True if signs_in_by_address(s.user) else None,
    "xms_pl": lambda s: s.user["preferredLanguage"],
}
_OF_TENANT = {"tenant_ctry": "countryLetterCode", "xms_tpl": "preferredLanguage"}


def of(
    tenant: Tenant, tx: Transaction, application: Json | None, token: str, subject: Subject
) -> dict[str, Any]:
    """The claims that an application asks for in a kind of token (``idToken``, ``accessToken``).

    Values of directory extensions get the short names that Entra gives them, ``extn.name``.
    """
    asked = children(child(application, "optionalClaims"), token)
    claims: dict[str, Any] = {}
    for name, source in ((one["name"], one["source"]) for one in asked):
        if source == "user" and name.startswith("extension_"):
            claims[f"extn.{name.split('_', 2)[-1]}"] = subject.user.get(name)
        elif name in _VALUES:
            claims[name] = _VALUES[name](subject)
        elif name in _OF_TENANT:
            organization = tx.get("organization", tenant.tenant_id) or {}
            claims[name] = organization.get(_OF_TENANT[name])
    if application is not None:
        asks = any(one["name"] == "groups" for one in asked)
        claims |= groups_claims(tenant, tx, application, subject, asks=asks)
    return {name: value for name, value in claims.items() if value is not None}
