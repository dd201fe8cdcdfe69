"""The table of what Graph has at ``/servicePrincipals``, and of grants and assignments."""

from __future__ import annotations

from localtenant.entities.accepted import (
    ADD_OWNER,
    READ_APPLICATIONS,
    WRITE_APPLICATIONS_OR_DIRECTORY,
)
from localtenant.entities.policy_links import policy_operations
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
_READ_MEMBERSHIPS = same(
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
_ROLLING = "A service principal needs a permission even to roll its own keys."
_ONE = "/servicePrincipals/{id}"

OPERATIONS = (
    *policy_operations(_ONE, "claimsMappingPolicies", "serviceprincipal"),
    *policy_operations(_ONE, "homeRealmDiscoveryPolicies", "serviceprincipal"),
    *policy_operations(_ONE, "tokenIssuancePolicies"),
    *policy_operations(_ONE, "tokenLifetimePolicies", "serviceprincipal"),
    operation("GET /servicePrincipals", READ_APPLICATIONS, "serviceprincipal-list"),
    operation(
        "POST /servicePrincipals",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "serviceprincipal-post-serviceprincipals",
        differences="A dozen of Microsoft's applications are known, others are not found.",
    ),
    operation(f"GET {_ONE}", READ_APPLICATIONS, "serviceprincipal-get"),
    operation(
        f"PATCH {_ONE}",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "serviceprincipal-update",
        differences="Of Microsoft's own, accountEnabled, appRoleAssignmentRequired and notes alone "
        "change: our own choice.",
    ),
    operation(
        f"DELETE {_ONE}",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "serviceprincipal-delete",
        differences="Microsoft's own that are there from the start stay: our own choice.",
    ),
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
    operation(
        f"POST {_ONE}/addKey",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "serviceprincipal-addkey",
        differences=_ROLLING,
    ),
    operation(
        f"POST {_ONE}/removeKey",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "serviceprincipal-removekey",
        differences=_ROLLING,
    ),
    operation(
        f"POST {_ONE}/addTokenSigningCertificate",
        WRITE_APPLICATIONS_OR_DIRECTORY,
        "serviceprincipal-addtokensigningcertificate",
        differences="The private key is thrown away; the tenant signs no SAML tokens.",
    ),
    *(
        operation(f"POST {_ONE}/{name}", _READ_MEMBERSHIPS, f"directoryobject-{name.lower()}")
        for name in (
            "checkMemberGroups",
            "checkMemberObjects",
            "getMemberGroups",
            "getMemberObjects",
        )
    ),
    operation(
        f"GET {_ONE}/createdObjects", READ_APPLICATIONS, "serviceprincipal-list-createdobjects"
    ),
    operation(f"GET {_ONE}/memberOf", READ_APPLICATIONS, "serviceprincipal-list-memberof"),
    operation(f"GET {_ONE}/ownedObjects", READ_APPLICATIONS, "serviceprincipal-list-ownedobjects"),
    operation(
        f"GET {_ONE}/transitiveMemberOf",
        _READ_MEMBERSHIPS,
        "serviceprincipal-list-transitivememberof",
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
    operation(f"POST {_ONE}/appRoleAssignedTo", _ASSIGN, "serviceprincipal-post-approleassignedto"),
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
    operation("PATCH /oauth2PermissionGrants/{id}", _WRITE_GRANTS, "oauth2permissiongrant-update"),
    operation("DELETE /oauth2PermissionGrants/{id}", _WRITE_GRANTS, "oauth2permissiongrant-delete"),
)
