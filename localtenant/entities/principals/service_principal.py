"""``/servicePrincipals``: applications in the tenant, and the rules of their own.

Source: the Graph pages "Create servicePrincipal", "Update servicePrincipal",
"Delete servicePrincipal".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.entities.applications import keys
from localtenant.entities.applications.credentials import (
    ADD_PASSWORD,
    REMOVE_PASSWORD,
    kept_passwords,
)
from localtenant.entities.applications.key_actions import ADD_KEY, REMOVE_KEY
from localtenant.entities.common import KEY_CREDENTIAL
from localtenant.entities.ownership import CREATOR, OWNERS, OwnedRules
from localtenant.entities.people.memberships import ACTIONS as MEMBERSHIPS
from localtenant.entities.people.memberships import MEMBER_OF, TRANSITIVE_MEMBER_OF
from localtenant.entities.policies.token_policies import TOKEN_POLICIES, collection_of
from localtenant.entities.principals import first_party
from localtenant.entities.principals.service_principal_type import SERVICE_PRINCIPAL
from localtenant.entities.principals.signing_certificate import ADD_TOKEN_SIGNING_CERTIFICATE
from localtenant.odata.answers import now
from localtenant.odata.errors import (
    SAME_KEY,
    GraphError,
    application_elsewhere,
    bad_request,
    denied,
    no_application,
    value_required,
)
from localtenant.odata.model import Entity, Missing, References, View

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

_LOCAL = {
    "accountEnabled",
    "alternativeNames",
    "appId",
    "appRoleAssignmentRequired",
    "description",
    "loginUrl",
    "notes",
    "notificationEmailAddresses",
    "preferredSingleSignOnMode",
    "samlSingleSignOnSettings",
    "tags",
}
"""What a tenant may decide about the service principal of an application of Microsoft's.

Source: terraform-provider-azuread sets all of these when it adopts one (``use_existing``), which
its acceptance test does with that of Microsoft Graph.
"""


class ServicePrincipalRules(OwnedRules):
    """What Graph checks of a service principal beyond the types of its properties."""

    def create(self, call: Call, values: Json) -> Json:
        """Make the service principal of an application of this tenant, or of Microsoft."""
        client_id = values.get("appId")
        if not client_id:
            raise value_required("appId", SERVICE_PRINCIPAL.title)
        _check_free(call, client_id)
        base = _base(call, client_id) | {"createdByAppId": call.caller.client_id}
        if values.get("passwordCredentials"):
            raise bad_request("New password credentials must be generated with service actions.")
        wanted = [KEY_CREDENTIAL.complete(c) for c in values.get("keyCredentials", [])]
        values["keyCredentials"] = keys.settle(wanted, [], SERVICE_PRINCIPAL.title)
        owners = self.take_owners(call, values)
        # What is Microsoft's stays as it is; of an own application the body may say otherwise.
        doc = super().create(call, values | base if _is_foreign(call, base) else base | values)
        self.link_owners(call, doc["id"], owners)
        return doc

    def check_write(self, call: Call, doc: Json) -> None:
        """403 for changes of Microsoft's own, but for what :meth:`update` lets pass.

        Those that every tenant has cannot be deleted; those brought in by POST can.
        """
        method = call.request.method
        can_go = method == "DELETE" and doc["appId"] not in first_party.UNDELETABLE
        if _is_foreign(call, doc) and method != "PATCH" and not can_go:
            raise denied()
        super().check_write(call, doc)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a service principal; its ``appId`` is fixed, and most of what is Microsoft's."""
        if values.get("appId", doc["appId"]) != doc["appId"]:
            raise bad_request("Property 'appId' is read-only and cannot be set.")
        if _is_foreign(call, doc) and not _LOCAL.issuperset(values):
            raise denied()
        self.check_lengths(values)
        changed = self.merged(doc, values)
        if "keyCredentials" in values:
            changed["keyCredentials"] = keys.settle(
                changed["keyCredentials"], doc["keyCredentials"], SERVICE_PRINCIPAL.title
            )
        private = [k for k in changed["keyCredentials"] if k["type"] == keys.PFX]
        changed["passwordCredentials"] = kept_passwords(
            doc["passwordCredentials"],
            changed["passwordCredentials"],
            [keys.opener(k) for k in private],
        )
        call.replace(SERVICE_PRINCIPAL, changed)

    def shown(self, call: Call, doc: Json) -> Json:
        """The service principal without its keys."""
        return keys.without_keys(call, doc)

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
        "isDisabled": application.get("isDisabled"),
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


def _is_foreign(call: Call, doc: Json) -> bool:
    return doc["appOwnerOrganizationId"] != call.tenant.tenant_id


def _base(call: Call, client_id: str) -> Json:
    """What a new service principal takes from its application, here or at Microsoft."""
    application = call.tx.lookup("application", "appId", client_id)
    if application:
        home = {"createdDateTime": now(), "appOwnerOrganizationId": call.tenant.tenant_id}
        return copied(application) | home
    if call.owned_only:
        raise application_elsewhere()
    known = first_party.principal_of(client_id)
    if known is None:
        raise no_application(client_id)
    return known


RULES = ServicePrincipalRules(SERVICE_PRINCIPAL)

ASSIGNED_TO = View("appRoleAssignedTo", target="appRoleAssignment", match="resourceId")
ASSIGNMENTS = View("appRoleAssignments", target="appRoleAssignment", match="principalId")
_MADE = (KIND, "application", "group")
CREATED = References("createdObjects", targets=_MADE, typed=True, of=CREATOR, reverse=True)
OWNED = References("ownedObjects", targets=_MADE, typed=True, of=OWNERS.name, reverse=True)
GRANTS = View("oauth2PermissionGrants", target="oAuth2PermissionGrant", match="clientId")

ENTITY = Entity(
    SERVICE_PRINCIPAL,
    RULES,
    navigations=(
        OWNERS,
        CREATED,
        OWNED,
        MEMBER_OF,
        TRANSITIVE_MEMBER_OF,
        *(References(collection_of(p.type), targets=(p.type.name,)) for p in TOKEN_POLICIES),
        ASSIGNED_TO,
        ASSIGNMENTS,
        GRANTS,
        *(
            Missing(name)
            for name in (
                "appManagementPolicies",
                "delegatedPermissionClassifications",
                "endpoints",
                "federatedIdentityCredentials",
                "remoteDesktopSecurityConfiguration",
                "synchronization",
            )
        ),
    ),
    actions=(
        *MEMBERSHIPS,
        ADD_PASSWORD,
        REMOVE_PASSWORD,
        ADD_KEY,
        REMOVE_KEY,
        ADD_TOKEN_SIGNING_CERTIFICATE,
    ),
)
