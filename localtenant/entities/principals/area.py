"""What Graph has at ``/servicePrincipals``, and the grants and assignments between them."""

from __future__ import annotations

from localtenant.entities.accepted import (
    ADD_OWNER,
    READ_APPLICATIONS,
    WRITE_APPLICATIONS_OR_DIRECTORY,
)
from localtenant.entities.principals import permission_grant, role_assignment, service_principal
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import operation, same

_READ_GRANTS = same(
    "Directory.Read.All", "DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"
)
_WRITE_GRANTS = same("DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All")
_ASSIGN = same(
    "AppRoleAssignment.ReadWrite.All+Application.Read.All",
    "AppRoleAssignment.ReadWrite.All+Directory.Read.All",
    "AppRoleAssignment.ReadWrite.All+Application.ReadWrite.All",
    "Directory.ReadWrite.All",
)
_UNASSIGN = same("AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All")
_ONE = "/servicePrincipals/{id}"

AREA = Area(
    sets=(
        EntitySet("servicePrincipals", ("servicePrincipal",)),
        EntitySet("oauth2PermissionGrants", ("oAuth2PermissionGrant",)),
    ),
    entities=(service_principal.ENTITY, permission_grant.ENTITY, role_assignment.ENTITY),
    operations=(
        operation("GET /servicePrincipals", READ_APPLICATIONS, "serviceprincipal-list"),
        operation(
            "POST /servicePrincipals",
            WRITE_APPLICATIONS_OR_DIRECTORY,
            "serviceprincipal-post-serviceprincipals",
        ),
        operation(f"GET {_ONE}", READ_APPLICATIONS, "serviceprincipal-get"),
        operation(f"PATCH {_ONE}", WRITE_APPLICATIONS_OR_DIRECTORY, "serviceprincipal-update"),
        operation(f"DELETE {_ONE}", WRITE_APPLICATIONS_OR_DIRECTORY, "serviceprincipal-delete"),
        operation(
            f"POST {_ONE}/addPassword",
            WRITE_APPLICATIONS_OR_DIRECTORY,
            "serviceprincipal-addpassword",
        ),
        operation(
            f"POST {_ONE}/removePassword",
            WRITE_APPLICATIONS_OR_DIRECTORY,
            "serviceprincipal-removepassword",
        ),
        operation(f"GET {_ONE}/owners", READ_APPLICATIONS, "serviceprincipal-list-owners"),
        operation(f"GET {_ONE}/owners/$ref", READ_APPLICATIONS, "serviceprincipal-list-owners"),
        operation(f"POST {_ONE}/owners/$ref", ADD_OWNER, "serviceprincipal-post-owners"),
        operation(
            f"DELETE {_ONE}/owners/{{id}}/$ref",
            WRITE_APPLICATIONS_OR_DIRECTORY,
            "serviceprincipal-delete-owners",
        ),
        operation(
            f"GET {_ONE}/appRoleAssignedTo",
            READ_APPLICATIONS,
            "serviceprincipal-list-approleassignedto",
        ),
        operation(
            f"POST {_ONE}/appRoleAssignedTo", _ASSIGN, "serviceprincipal-post-approleassignedto"
        ),
        operation(
            f"GET {_ONE}/appRoleAssignedTo/{{id}}",
            READ_APPLICATIONS,
            "serviceprincipal-list-approleassignedto",
        ),
        operation(
            f"DELETE {_ONE}/appRoleAssignedTo/{{id}}",
            _UNASSIGN,
            "serviceprincipal-delete-approleassignedto",
        ),
        operation(
            f"GET {_ONE}/appRoleAssignments",
            READ_APPLICATIONS,
            "serviceprincipal-list-approleassignments",
        ),
        operation(
            f"POST {_ONE}/appRoleAssignments", _ASSIGN, "serviceprincipal-post-approleassignments"
        ),
        operation(
            f"GET {_ONE}/appRoleAssignments/{{id}}",
            READ_APPLICATIONS,
            "serviceprincipal-list-approleassignments",
        ),
        operation(
            f"DELETE {_ONE}/appRoleAssignments/{{id}}",
            _UNASSIGN,
            "serviceprincipal-delete-approleassignments",
        ),
        operation(
            f"GET {_ONE}/oauth2PermissionGrants",
            _READ_GRANTS,
            "serviceprincipal-list-oauth2permissiongrants",
        ),
        operation("GET /oauth2PermissionGrants", _READ_GRANTS, "oauth2permissiongrant-list"),
        operation("POST /oauth2PermissionGrants", _WRITE_GRANTS, "oauth2permissiongrant-post"),
        operation("GET /oauth2PermissionGrants/{id}", _READ_GRANTS, "oauth2permissiongrant-get"),
        operation(
            "PATCH /oauth2PermissionGrants/{id}", _WRITE_GRANTS, "oauth2permissiongrant-update"
        ),
        operation(
            "DELETE /oauth2PermissionGrants/{id}", _WRITE_GRANTS, "oauth2permissiongrant-delete"
        ),
    ),
)
