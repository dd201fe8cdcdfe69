"""``/oauth2PermissionGrants``: consent to delegated permissions.

Source: the Graph pages "Create oAuth2PermissionGrant" and "Update oAuth2PermissionGrant".
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.odata.errors import SAME_KEY, GraphError, invalid_value, not_found
from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

GRANT = EntityType(
    "oAuth2PermissionGrant",
    (
        text("clientId", nullable=False, required=True),
        text("consentType", required=True),
        text("principalId"),
        text("resourceId", nullable=False, required=True),
        text("scope"),
    ),
    label="OAuth2PermissionGrant",
    guid_key=False,
    indexed=("clientId", "principalId", "resourceId"),
)

_EVERYBODY, _ONE = "AllPrincipals", "Principal"


class GrantRules(Rules):
    """One grant for a client, a resource and a principal; both ends must exist."""

    def create(self, call: Call, values: Json) -> Json:
        """Consent for everybody or for one principal."""
        values["id"] = secrets.token_urlsafe(32)
        doc = super().create(call, values)
        for end in ("clientId", "resourceId"):
            if call.tx.get("servicePrincipal", doc[end]) is None:
                raise not_found(doc[end])
        principal = doc["principalId"]
        if (doc["consentType"], bool(principal)) not in {(_EVERYBODY, False), (_ONE, True)}:
            wrong = "principalId" if doc["consentType"] in {_EVERYBODY, _ONE} else "consentType"
            raise invalid_value(wrong, GRANT.title)
        if principal and call.tx.kind_of(principal) is None:
            raise not_found(principal)
        for row in call.tx.find(GRANT.filed_as, key_is("clientId", doc["clientId"])):
            same = all(row.doc[n] == doc[n] for n in ("resourceId", "principalId"))
            if same and row.doc["id"] != doc["id"]:
                raise GraphError(409, SAME_KEY, "Permission entry already exists.")
        return doc

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change the scopes; everything else of a grant is fixed."""
        for name, value in values.items():
            if name != "scope" and value != doc[name]:
                raise invalid_value(name, GRANT.title)
        super().update(call, doc, values)


ENTITY = Entity(GRANT, GrantRules(GRANT))
