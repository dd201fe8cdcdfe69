"""Which Graph permission a refused request needs.

Source: the tables "Permissions" of the operations in the Graph documentation. Of several that an
operation accepts, the least is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_OWNED: Final = "Application.ReadWrite.OwnedBy"

_ASSIGNS: Final = "AppRoleAssignment.ReadWrite.All and Application.Read.All"

_NEEDED: Final[Mapping[str, str]] = {
    r"/owners/\$ref$": f"{_OWNED} and Directory.Read.All",
    r"/appRoleAssignedTo": _ASSIGNS,
    r"^/oauth2PermissionGrants": "DelegatedPermissionGrant.ReadWrite.All",
    r"^/(applications|servicePrincipals)": _OWNED,
}
"""The permission by a pattern of the path below the version; the first that fits counts."""


def advice(path: str) -> str:
    """Return what to do when a request to `path` (`/applications/{id}`) is forbidden."""
    needed = next((name for form, name in _NEEDED.items() if re.search(form, path)), None)
    if needed is None:
        return "Grant the deployer the Graph permission for this, with admin consent."
    granted = (
        f"Grant the deployer the Graph permission {needed}, with admin consent (README, 'A real "
        "tenant')"
    )
    if needed == _ASSIGNS:
        return (
            f"{granted}; or set 'grantApiRoles: false', and let an administrator consent in the "
            "admin center."
        )
    if needed != _OWNED or path.count("/") == 1:
        return f"{granted}."
    return f"{granted}; if it has that, make it an owner of the object."
