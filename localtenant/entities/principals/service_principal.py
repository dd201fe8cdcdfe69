"""``/servicePrincipals``: applications in the tenant, and the rules of their own.

Source: the Graph pages "Create servicePrincipal", "Update servicePrincipal",
"Delete servicePrincipal".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.applications.credentials import ADD_PASSWORD, REMOVE_PASSWORD
from localtenant.entities.ownership import OWNERS, OwnedRules
from localtenant.entities.principals.service_principal_type import SERVICE_PRINCIPAL
from localtenant.odata.answers import now
from localtenant.odata.errors import (
    SAME_KEY,
    GraphError,
    application_elsewhere,
    bad_request,
    denied,
    no_application,
    not_implemented,
    value_required,
)
from localtenant.odata.model import Entity, Missing, View
from localtenant.transaction import key_is

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

KIND = SERVICE_PRINCIPAL.filed_as
DEPENDENTS = (
    ("oAuth2PermissionGrant", "clientId"),
    ("oAuth2PermissionGrant", "resourceId"),
    ("appRoleAssignment", "principalId"),
    ("appRoleAssignment", "resourceId"),
)


class ServicePrincipalRules(OwnedRules):
    """What Graph checks of a service principal beyond the types of its properties."""

    def create(self, call: Call, values: Json) -> Json:
        """Make the service principal of an application of this tenant."""
        client_id = values.get("appId")
        if not client_id:
            raise value_required("appId", SERVICE_PRINCIPAL.title)
        _check_free(call, client_id)
        application = call.tx.lookup("application", "appId", client_id)
        if application is None:
            raise application_elsewhere() if call.owned_only else no_application(client_id)
        _check_credentials(values)
        owners = self.take_owners(call, values)
        values.update(createdDateTime=now(), appOwnerOrganizationId=call.tenant.tenant_id)
        doc = super().create(call, copied(application) | values)
        self.link_owners(call, doc["id"], owners)
        return doc

    def check_write(self, call: Call, doc: Json) -> None:
        """The service principal of a Microsoft application stays; our own choice: 403.

        Its settings can be changed, which terraform-provider-azuread does when it adopts one.
        """
        here = doc["appOwnerOrganizationId"] == call.tenant.tenant_id
        if not here and call.request.method != "PATCH":
            raise denied()
        super().check_write(call, doc)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a service principal; its ``appId`` is fixed."""
        if values.get("appId", doc["appId"]) != doc["appId"]:
            raise bad_request("Property 'appId' is read-only and cannot be set.")
        _check_credentials(values)
        super().update(call, doc, values)

    def delete(self, call: Call, doc: Json) -> None:
        """Move to the deleted items; consents, role assignments and user flows let go of it."""
        for kind, match in DEPENDENTS:
            for row in call.tx.find(kind, key_is(match, doc["id"])):
                call.tx.remove(kind, row.doc["id"])
        for flow in call.tx.sources("includeApplications", doc["appId"]):
            call.tx.unlink(flow, "includeApplications", doc["appId"])
        call.tx.mark_deleted(KIND, doc["id"], now())

    def restore(self, call: Call, doc: Json) -> None:
        """Refuse to restore a service principal whose application has another by now."""
        _check_free(call, doc["appId"])


def follow(call: Call, application: Json) -> None:
    """Carry an application's changes over to its service principal, as Entra does at home."""
    doc = call.tx.lookup(KIND, "appId", application["appId"])
    if doc:
        call.replace(SERVICE_PRINCIPAL, doc | copied(application))


def copied(application: Json) -> Json:
    """What a service principal takes from its application."""
    web, api = application["web"], application["api"]
    redirects = [
        *web["redirectUris"],
        *application["spa"]["redirectUris"],
        *application["publicClient"]["redirectUris"],
    ]
    return {
        "appId": application["appId"],
        "appDisplayName": application["displayName"],
        "displayName": application["displayName"],
        "appDescription": application["description"],
        "appRoles": application["appRoles"],
        "oauth2PermissionScopes": api["oauth2PermissionScopes"],
        "homepage": web["homePageUrl"],
        "logoutUrl": web["logoutUrl"],
        "replyUrls": redirects,
        "info": application["info"],
        "servicePrincipalNames": [*application["identifierUris"], application["appId"]],
        "signInAudience": application["signInAudience"],
    }


def _check_free(call: Call, client_id: str) -> None:
    other = call.tx.lookup(KIND, "appId", client_id)
    if other is None:
        return
    message = (
        "The service principal cannot be created, updated, or restored because the service "
        f"principal name {client_id} is already in use."
    )
    raise GraphError(
        409,
        SAME_KEY,
        message,
        [
            {"code": "ObjectConflict", "message": message, "target": "servicePrincipalNames"},
            {
                "code": "ConflictingObjects",
                "message": message,
                "target": f"ServicePrincipal_{other['id']}",
            },
        ],
    )


def _check_credentials(values: Json) -> None:
    if values.get("keyCredentials"):
        raise not_implemented("keyCredentials of service principals")
    if values.get("passwordCredentials"):
        raise bad_request("New password credentials must be generated with service actions.")


RULES = ServicePrincipalRules(SERVICE_PRINCIPAL)

ASSIGNED_TO = View("appRoleAssignedTo", target="appRoleAssignment", match="resourceId")
ASSIGNMENTS = View("appRoleAssignments", target="appRoleAssignment", match="principalId")
GRANTS = View("oauth2PermissionGrants", target="oAuth2PermissionGrant", match="clientId")

ENTITY = Entity(
    SERVICE_PRINCIPAL,
    RULES,
    navigations=(
        OWNERS,
        ASSIGNED_TO,
        ASSIGNMENTS,
        GRANTS,
        *(
            Missing(name)
            for name in (
                "addKey",
                "addTokenSigningCertificate",
                "appManagementPolicies",
                "claimsMappingPolicies",
                "createdObjects",
                "delegatedPermissionClassifications",
                "endpoints",
                "federatedIdentityCredentials",
                "homeRealmDiscoveryPolicies",
                "memberOf",
                "ownedObjects",
                "remoteDesktopSecurityConfiguration",
                "removeKey",
                "synchronization",
                "tokenIssuancePolicies",
                "tokenLifetimePolicies",
                "transitiveMemberOf",
            )
        ),
    ),
    actions=(ADD_PASSWORD, REMOVE_PASSWORD),
)
