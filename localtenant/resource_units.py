"""``x-ms-resource-unit``: what a request costs of the directory's limits.

Source: the Graph page "Microsoft Graph service-specific throttling limits". Only the directory's
own objects have a price; nothing is ever limited here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localtenant.odata.request import Request
    from localtenant.odata.route import Route

_COSTS = {
    "GET /applications": 2,
    "GET /groups/{id}/members": 3,
    "GET /groups/{id}/transitiveMembers": 5,
    "GET /oauth2PermissionGrants": 2,
    "GET /servicePrincipals/{id}/appRoleAssignments": 2,
    "GET /users": 2,
    "GET /users/{id}/memberOf": 2,
    "GET /users/{id}/transitiveMemberOf": 2,
    "POST /directoryObjects/getByIds": 3,
}
_ELSEWHERE = ("/identity", "/auditLogs")
_SMALL_PAGE = 20


def of(route: Route, asked: Request) -> int:
    """The units that a request costs; 0 for one that is not the directory's."""
    if route.template.startswith(_ELSEWHERE):
        return 0
    cost = _COSTS.get(f"{asked.method} {route.template}", 1)
    if asked.options:
        options = {k.lower(): v for k, v in asked.options.items()}
        top_wanted = options.get("$top", "")
        small = top_wanted.isascii() and top_wanted.isdigit() and len(top_wanted) <= len("20")
        cost += ("$expand" in options) - ("$select" in options)
        cost -= small and int(top_wanted) < _SMALL_PAGE
    return max(cost, 1)
