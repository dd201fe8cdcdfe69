"""``/applications``: app registrations and the rules of their own.

Source: the Graph pages "Create application", "Update application", "Delete application".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.conditions import key_is
from localtenant.entities.applications import (
    extension_property,
    federated_credential,
    identifier_uris,
    keys,
    limits,
    redirect_uris,
)
from localtenant.entities.applications.application_type import APPLICATION
from localtenant.entities.applications.credentials import (
    ADD_PASSWORD,
    REMOVE_PASSWORD,
    digest,
    kept_passwords,
    new_password,
)
from localtenant.entities.applications.entitlements import check_changes, check_entitlements
from localtenant.entities.applications.key_actions import ADD_KEY, REMOVE_KEY
from localtenant.entities.ownership import OWNERS, OwnedRules
from localtenant.entities.policies.token_policies import (
    HOME_REALM_DISCOVERY,
    TOKEN_ISSUANCE,
    TOKEN_LIFETIME,
    collection_of,
)
from localtenant.entities.principals import service_principal
from localtenant.odata.answers import now
from localtenant.odata.errors import denied, invalid_value, not_found, object_conflict
from localtenant.odata.model import Entity, Missing, References, Stream
from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_PERSONAL = "AzureADandPersonalMicrosoftAccount"
_POLICIES = (HOME_REALM_DISCOVERY, TOKEN_ISSUANCE, TOKEN_LIFETIME)
_LARGEST_LOGO = 100 * 1024
AUDIENCES = {"AzureADMyOrg", "AzureADMultipleOrgs", _PERSONAL, "PersonalMicrosoftAccount"}


class ApplicationRules(OwnedRules):
    """What Graph checks of an application beyond the types of its properties."""

    def create(self, call: Call, values: Json) -> Json:
        """Make an application; secrets that the body asks for are made and shown once.

        A body cannot name an ``appId`` or a ``uniqueName``; where there is one, it is the alternate
        key of an upsert, and one by ``appId`` finds nothing to change.
        """
        if "appId" in values:
            raise not_found(values["appId"])
        _check_unique_name(call, values)
        if call.owned_only and child(values, "api").get("acceptMappedClaims"):
            raise denied()
        owners = self.take_owners(call, values)
        wanted = values.pop("passwordCredentials", [])
        values.update(
            appId=str(uuid4()),
            createdByAppId=call.caller.client_id,
            createdDateTime=now(),
            publisherDomain=call.tenant.initial_domain,
        )
        secrets = [new_password(w, values["appId"]) for w in wanted]
        values["passwordCredentials"] = [credential for credential, _ in secrets]
        complete = APPLICATION.complete({"id": str(uuid4()), **values})
        complete["keyCredentials"] = keys.settle(complete["keyCredentials"], [], APPLICATION.title)
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
        if "keyCredentials" in values:
            changed["keyCredentials"] = keys.settle(
                changed["keyCredentials"], doc["keyCredentials"], APPLICATION.title
            )
        changed["passwordCredentials"] = kept_passwords(
            doc["passwordCredentials"], changed["passwordCredentials"], []
        )
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

    def purge(self, call: Call, doc: Json) -> None:
        """Delete an application for good, and what is a part of it."""
        for part in (federated_credential.FEDERATED, extension_property.EXTENSION):
            for row in call.tx.find(part.filed_as, key_is("applicationId", doc["id"])):
                call.tx.remove(part.filed_as, row.doc["id"])
        super().purge(call, doc)

    def shown(self, call: Call, doc: Json) -> Json:
        """The application without its keys."""
        return keys.without_keys(call, doc)

    def stream_changed(
        self, call: Call, doc: Json, stream: Stream, content_type: str | None
    ) -> None:
        """Say where the logo is; Entra's own address is that of a network of caches."""
        place = f"{call.base}/v1.0/applications/{doc['id']}/{stream.name}"
        doc["info"] = {**doc["info"], "logoUrl": place if content_type else None}
        call.replace(APPLICATION, doc)
        service_principal.follow(call, doc)

    def _check(self, call: Call, doc: Json, before: Json) -> None:
        if doc["signInAudience"] not in AUDIENCES:
            raise invalid_value("signInAudience", APPLICATION.title)
        if "" in (doc["web"]["homePageUrl"], doc["web"]["logoutUrl"]):
            raise invalid_value("web", APPLICATION.title)
        if doc["api"]["requestedAccessTokenVersion"] not in {None, 1, 2}:
            raise invalid_value("api", APPLICATION.title)
        check_entitlements(doc)
        redirect_uris.check(doc, APPLICATION.title)
        identifier_uris.check(call, doc, before)
        limits.check(call, doc, APPLICATION.title)


def _check_unique_name(call: Call, values: Json) -> None:
    """Refuse a unique name that a deleted application still holds; our own choice."""
    name = values.get("uniqueName")
    holder = call.tx.lookup(APPLICATION.filed_as, "uniqueName", name, deleted=True)
    if name is not None and holder:
        raise object_conflict("uniqueName", APPLICATION.title, holder["id"])


RULES = ApplicationRules(APPLICATION)
LOGO = Stream("logo", content_types=("image/gif", "image/jpeg", "image/png"), largest=_LARGEST_LOGO)

ENTITY = Entity(
    APPLICATION,
    RULES,
    navigations=(
        OWNERS,
        federated_credential.CREDENTIALS,
        extension_property.PROPERTIES,
        LOGO,
        *(References(collection_of(p.type), targets=(p.type.name,)) for p in _POLICIES),
        *(
            Missing(name)
            for name in (
                "appManagementPolicies",
                "createdOnBehalfOf",
                "setVerifiedPublisher",
                "synchronization",
                "unsetVerifiedPublisher",
            )
        ),
    ),
    actions=(ADD_PASSWORD, REMOVE_PASSWORD, ADD_KEY, REMOVE_KEY),
)
