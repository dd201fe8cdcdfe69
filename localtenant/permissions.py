"""Which Graph permissions each operation accepts, from application tokens.

One table, keyed by path template (casts left out) and method, after the tables "Permissions" of the
Graph documentation. Each accepted alternative is a permission, or several joined by ``+`` that must
be held together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError, consumer_identity, denied

if TYPE_CHECKING:
    from collections.abc import Collection

OWNED_BY = "Application.ReadWrite.OwnedBy"
_ALL = "Application.ReadWrite.All"
_READ_APPS = (
    "Application.Read.All",
    OWNED_BY,
    _ALL,
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
_WRITE_APPS = (OWNED_BY, _ALL)
_WRITE_APPS_OR_DIRECTORY = (OWNED_BY, _ALL, "Directory.ReadWrite.All")
_ADD_OWNER = (
    f"{OWNED_BY}+Directory.Read.All",
    f"{_ALL}+Directory.Read.All",
    "Directory.ReadWrite.All",
)
_READ_DELETED = ("Application.Read.All", _ALL, "Directory.Read.All", "Directory.ReadWrite.All")
_READ_GRANTS = (
    "Directory.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.ReadWrite.All",
)
_WRITE_GRANTS = ("DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All")
_ASSIGN_ROLE = (
    "AppRoleAssignment.ReadWrite.All+Application.Read.All",
    "AppRoleAssignment.ReadWrite.All+Directory.Read.All",
    f"AppRoleAssignment.ReadWrite.All+{_ALL}",
    "Directory.ReadWrite.All",
)
_UNASSIGN_ROLE = ("AppRoleAssignment.ReadWrite.All", _ALL)
_READ_ORGANIZATION = (
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
_READ_DOMAINS = ("Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All")
_READ_PROVIDERS = ("IdentityProvider.Read.All", "IdentityProvider.ReadWrite.All")
_READ_ATTRIBUTES = ("IdentityUserFlow.Read.All", "IdentityUserFlow.ReadWrite.All")
_READ_FLOWS = ("EventListener.Read.All", "EventListener.ReadWrite.All")
_WRITE_FLOWS = ("EventListener.ReadWrite.All",)
_READ_OBJECTS = ("Directory.Read.All", "Directory.ReadWrite.All")
_FLOW = "/identity/authenticationEventsFlows/{id}"

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "/applications": {
        "GET": _READ_APPS,
        "POST": _WRITE_APPS,
    },
    "/applications/{id}": {"GET": _READ_APPS, "PATCH": _WRITE_APPS, "DELETE": _WRITE_APPS},
    "/applications/{id}/addPassword": {"POST": _WRITE_APPS_OR_DIRECTORY},
    "/applications/{id}/removePassword": {"POST": _WRITE_APPS_OR_DIRECTORY},
    "/applications/{id}/owners": {"GET": _READ_APPS},
    "/applications/{id}/owners/$ref": {"GET": _READ_APPS, "POST": _ADD_OWNER},
    "/applications/{id}/owners/{id}/$ref": {"DELETE": _WRITE_APPS_OR_DIRECTORY},
    "/servicePrincipals": {"GET": _READ_APPS, "POST": _WRITE_APPS_OR_DIRECTORY},
    "/servicePrincipals/{id}": {
        "GET": _READ_APPS,
        "PATCH": _WRITE_APPS_OR_DIRECTORY,
        "DELETE": _WRITE_APPS_OR_DIRECTORY,
    },
    "/servicePrincipals/{id}/owners": {"GET": _READ_APPS},
    "/servicePrincipals/{id}/owners/$ref": {"GET": _READ_APPS, "POST": _ADD_OWNER},
    "/servicePrincipals/{id}/owners/{id}/$ref": {"DELETE": _WRITE_APPS_OR_DIRECTORY},
    "/servicePrincipals/{id}/appRoleAssignedTo": {"GET": _READ_APPS, "POST": _ASSIGN_ROLE},
    "/servicePrincipals/{id}/appRoleAssignedTo/{id}": {
        "GET": _READ_APPS,
        "DELETE": _UNASSIGN_ROLE,
    },
    "/servicePrincipals/{id}/appRoleAssignments": {"GET": _READ_APPS, "POST": _ASSIGN_ROLE},
    "/servicePrincipals/{id}/appRoleAssignments/{id}": {
        "GET": _READ_APPS,
        "DELETE": _UNASSIGN_ROLE,
    },
    "/servicePrincipals/{id}/oauth2PermissionGrants": {"GET": _READ_GRANTS},
    "/oauth2PermissionGrants": {"GET": _READ_GRANTS, "POST": _WRITE_GRANTS},
    "/oauth2PermissionGrants/{id}": {
        "GET": _READ_GRANTS,
        "PATCH": _WRITE_GRANTS,
        "DELETE": _WRITE_GRANTS,
    },
    "/directoryObjects": {"GET": _READ_OBJECTS},
    "/directoryObjects/{id}": {"GET": _READ_OBJECTS},
    "/directory/deletedItems": {"GET": _READ_DELETED},
    "/directory/deletedItems/{id}": {"GET": _READ_DELETED, "DELETE": _WRITE_APPS},
    "/directory/deletedItems/{id}/restore": {"POST": _WRITE_APPS},
    "/organization": {"GET": _READ_ORGANIZATION},
    "/organization/{id}": {"GET": _READ_ORGANIZATION},
    "/domains": {"GET": _READ_DOMAINS},
    "/domains/{id}": {"GET": _READ_DOMAINS},
    "/identityProviders": {"GET": _READ_PROVIDERS},
    "/identityProviders/{id}": {"GET": _READ_PROVIDERS},
    "/identity/identityProviders": {"GET": _READ_PROVIDERS},
    "/identity/identityProviders/{id}": {"GET": _READ_PROVIDERS},
    "/identity/userFlowAttributes": {"GET": _READ_ATTRIBUTES},
    "/identity/userFlowAttributes/{id}": {"GET": _READ_ATTRIBUTES},
    "/identity/authenticationEventsFlows": {"GET": _READ_FLOWS, "POST": _WRITE_FLOWS},
    _FLOW: {"GET": _READ_FLOWS, "PATCH": _WRITE_FLOWS, "DELETE": _WRITE_FLOWS},
    f"{_FLOW}/conditions/applications/includeApplications": {
        "GET": _READ_FLOWS,
        "POST": _WRITE_FLOWS,
    },
    f"{_FLOW}/conditions/applications/includeApplications/{{id}}": {"DELETE": _WRITE_FLOWS},
    f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders": {"GET": _READ_FLOWS},
    f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders/$ref": {
        "GET": _READ_FLOWS,
        "POST": _WRITE_FLOWS,
    },
    f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders/{{id}}/$ref": {
        "DELETE": _WRITE_FLOWS
    },
    f"{_FLOW}/onAttributeCollection/attributes": {"GET": _READ_FLOWS},
    f"{_FLOW}/onAttributeCollection/attributes/$ref": {
        "GET": _READ_FLOWS,
        "POST": _WRITE_FLOWS,
    },
    f"{_FLOW}/onAttributeCollection/attributes/{{id}}/$ref": {"DELETE": _WRITE_FLOWS},
}


def check(template: str, method: str, held: Collection[str]) -> bool:
    """Check the caller's permissions for an operation; 403 as the service behind it gives it.

    Returns whether the operation is allowed only on what the caller owns, because nothing but
    ``Application.ReadWrite.OwnedBy`` allows it.
    """
    accepted = TABLE[template][method]
    fitting = [a for a in accepted if all(p in held for p in a.split("+"))]
    if not fitting:
        raise _refusal(template, accepted)
    return all(OWNED_BY in a.split("+") for a in fitting)


def _refusal(template: str, accepted: tuple[str, ...]) -> GraphError:
    if template.startswith(("/identity/", "/identityProviders")):
        return consumer_identity(
            403,
            "The application does not have any of the required application permissions "
            f"({', '.join(accepted)}) to access the resource.",
        )
    return denied()
