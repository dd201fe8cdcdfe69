"""``/applications``: app registrations and the rules of their own.

Source: the Graph pages "Create application", "Update application", "Delete application".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.entities.applications import identifier_uris, redirect_uris
from localtenant.entities.applications.application_type import APPLICATION
from localtenant.entities.applications.credentials import (
    ADD_PASSWORD,
    REMOVE_PASSWORD,
    digest,
    new_password,
)
from localtenant.entities.applications.entitlements import check_changes, check_entitlements
from localtenant.entities.ownership import OWNERS, OwnedRules
from localtenant.entities.principals import service_principal
from localtenant.odata.answers import now
from localtenant.odata.errors import bad_request, denied, invalid_value, not_implemented
from localtenant.odata.model import Entity, Missing
from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_PERSONAL = "AzureADandPersonalMicrosoftAccount"
AUDIENCES = {"AzureADMyOrg", "AzureADMultipleOrgs", _PERSONAL, "PersonalMicrosoftAccount"}


class ApplicationRules(OwnedRules):
    """What Graph checks of an application beyond the types of its properties."""

    def create(self, call: Call, values: Json) -> Json:
        """Make an application; secrets that the body asks for are made and shown once."""
        if call.owned_only and child(values, "api").get("acceptMappedClaims"):
            raise denied()
        owners = self.take_owners(call, values)
        wanted = values.pop("passwordCredentials", [])
        values.update(
            appId=str(uuid4()), createdDateTime=now(), publisherDomain=call.tenant.initial_domain
        )
        secrets = [new_password(w, values["appId"]) for w in wanted]
        values["passwordCredentials"] = [credential for credential, _ in secrets]
        complete = APPLICATION.complete({"id": str(uuid4()), **values})
        api = complete["api"]
        if complete["signInAudience"] == _PERSONAL and api["requestedAccessTokenVersion"] is None:
            api["requestedAccessTokenVersion"] = 2
        self._check(call, complete, {"id": "", "identifierUris": []})
        doc = super().create(call, complete | {"id": None})
        for credential, secret in secrets:
            call.tx.keep_secret(doc["id"], credential["keyId"], digest(secret))
        self.link_owners(call, doc["id"], owners)
        shown = [{**credential, "secretText": secret} for credential, secret in secrets]
        return {**doc, "passwordCredentials": shown}

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change an application, and its service principal with it."""
        self.check_lengths(values)
        changed = self.merged(doc, values)
        if not changed["displayName"]:
            raise invalid_value("displayName", APPLICATION.title)
        _check_passwords(doc, changed)
        check_changes(doc, changed)
        self._check(call, changed, doc)
        call.replace(APPLICATION, changed)
        service_principal.follow(call, changed)

    def delete(self, call: Call, doc: Json) -> None:
        """Move an application to the deleted items; its service principal goes with it."""
        principal = call.tx.lookup("servicePrincipal", "appId", doc["appId"])
        if principal:
            service_principal.RULES.delete(call, principal)
        call.tx.mark_deleted(APPLICATION.filed_as, doc["id"], now())

    def restore(self, call: Call, doc: Json) -> None:
        """Refuse to restore an application whose identifier URI another one now holds."""
        identifier_uris.check_unique(call, doc, doc["identifierUris"])

    def _check(self, call: Call, doc: Json, before: Json) -> None:
        if doc["signInAudience"] not in AUDIENCES:
            raise invalid_value("signInAudience", APPLICATION.title)
        if "" in (doc["web"]["homePageUrl"], doc["web"]["logoutUrl"]):
            raise invalid_value("web", APPLICATION.title)
        if doc["api"]["requestedAccessTokenVersion"] not in {None, 1, 2}:
            raise invalid_value("api", APPLICATION.title)
        if any(c["key"] for c in doc["keyCredentials"]):
            raise not_implemented("keyCredentials of applications")
        check_entitlements(doc)
        redirect_uris.check(doc, APPLICATION.title)
        identifier_uris.check(call, doc, before)


def _check_passwords(before: Json, after: Json) -> None:
    known = {c["keyId"] for c in before["passwordCredentials"]}
    if any(c["keyId"] not in known for c in after["passwordCredentials"]):
        raise bad_request("New password credentials must be generated with service actions.")


RULES = ApplicationRules(APPLICATION)

ENTITY = Entity(
    APPLICATION,
    RULES,
    navigations=(
        OWNERS,
        Missing("appManagementPolicies"),
        Missing("createdOnBehalfOf"),
        Missing("extensionProperties"),
        Missing("federatedIdentityCredentials"),
        Missing("homeRealmDiscoveryPolicies"),
        Missing("logo"),
        Missing("synchronization"),
        Missing("tokenIssuancePolicies"),
        Missing("tokenLifetimePolicies"),
        Missing("addKey"),
        Missing("removeKey"),
        Missing("setVerifiedPublisher"),
        Missing("unsetVerifiedPublisher"),
    ),
    actions=(ADD_PASSWORD, REMOVE_PASSWORD),
)
