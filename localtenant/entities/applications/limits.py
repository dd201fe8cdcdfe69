"""How much an application may hold.

Source: "Validation differences by supported account types" and the service limits of Entra and of
External ID. The numbers are documented. That an object is too large is observed; the other texts
are our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.odata.errors import bad_request, duplicate_value, invalid_value, too_large
from localtenant.odata.types import is_array, is_object

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_ENTRIES = 1200
_SCOPES = 1000
_APIS = 50
_PERMISSIONS = 400
_TAG = 256
_REDIRECT_URIS = 256
_FEWER_REDIRECT_URIS = 100
"""Of applications in an external tenant, and of those for personal accounts."""
_ACCESS = {"Role", "Scope"}


def check(call: Call, doc: Json, title: str) -> None:
    """Refuse an application that holds more than it may, or tags that are none."""
    _at_most("redirectUris", _redirect_uris(doc), _most_redirect_uris(call, doc))
    _at_most("api.oauth2PermissionScopes", len(doc["api"]["oauth2PermissionScopes"]), _SCOPES)
    apis: list[Json] = doc["requiredResourceAccess"]
    asked: list[Json] = [a for api in apis for a in api["resourceAccess"]]
    _at_most("requiredResourceAccess", len(apis), _APIS)
    _at_most("requiredResourceAccess.resourceAccess", len(asked), _PERMISSIONS)
    if any(a["type"] not in _ACCESS for a in asked):
        raise invalid_value("requiredResourceAccess", title)
    tags: list[str] = doc["tags"]
    if len(set(tags)) < len(tags):
        raise duplicate_value("tags")
    if not all(0 < len(t) <= _TAG and not any(c.isspace() for c in t) for t in tags):
        raise invalid_value("tags", title)
    if _entries(doc) > _ENTRIES:
        raise too_large()


def _at_most(prop: str, number: int, limit: int) -> None:
    if number > limit:
        raise bad_request(
            f"The property '{prop}' has {number} values; it may have {limit}.", target=prop
        )


def _most_redirect_uris(call: Call, doc: Json) -> int:
    fewer = call.tenant.tenant_type == "CIAM" or "Personal" in doc["signInAudience"]
    return _FEWER_REDIRECT_URIS if fewer else _REDIRECT_URIS


def _redirect_uris(doc: Json) -> int:
    return sum(len(doc[p]["redirectUris"]) for p in ("web", "spa", "publicClient"))


def _entries(value: Any) -> int:  # noqa: ANN401 - any JSON value
    """How many entries the collections in a value have; who may hold a role is no entry."""
    if is_array(value):
        return len(value) + sum(_entries(v) for v in value)
    if is_object(value):
        return sum(_entries(v) for n, v in value.items() if n != "allowedMemberTypes")
    return 0
