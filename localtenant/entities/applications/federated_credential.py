"""``/applications/{id}/federatedIdentityCredentials``: whose tokens an application may present.

Source: the Graph resource page "federatedIdentityCredential" and, for the statuses of what it
refuses, Microsoft's troubleshooting guide about them. Of the texts only those about names that are
taken or not there are observed; the others are our own choice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.odata.errors import (
    NOT_FOUND,
    SAME_KEY,
    GraphError,
    bad_request,
    invalid_value,
    not_found,
    too_large,
    value_required,
)
from localtenant.odata.literals import is_guid
from localtenant.odata.model import Entity, View
from localtenant.odata.rules import Rules
from localtenant.odata.types import INT32, ComplexType, EntityType, Property, text, texts

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_LENGTH = 600
_MOST = 20
_URL_FRIENDLY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")

CLAIMS_MATCHING = ComplexType(
    "federatedIdentityExpression", (text("value"), Property("languageVersion", INT32))
)

FEDERATED = EntityType(
    "federatedIdentityCredential",
    (
        text("name", nullable=False, required=True, max_length=120),
        text("issuer", nullable=False, required=True, max_length=_LENGTH),
        text("subject", max_length=_LENGTH),
        text("description", max_length=_LENGTH),
        texts("audiences", required=True),
        Property("claimsMatchingExpression", CLAIMS_MATCHING, beta_only=True),
        text("applicationId", hidden=True),
    ),
    indexed=("applicationId", "name"),
    alternate_keys=("name",),
)


class FederatedRules(Rules):
    """Names and pairs of issuer and subject are unique in the application; 20 at most."""

    def create(self, call: Call, values: Json) -> Json:
        """Trust another issuer's tokens."""
        present = _of(call, values["applicationId"])
        if len(present) >= _MOST:
            raise too_large()
        name = values.get("name")
        if any(p["name"].casefold() == str(name).casefold() for p in present):
            message = f"FederatedIdentityCredential with name {name} already exists."
            raise GraphError(409, SAME_KEY, message)
        doc = super().create(call, values)
        if not _URL_FRIENDLY.fullmatch(doc["name"]):
            raise bad_request(f"The name '{doc['name']}' is not a valid last segment of a URI.")
        _check(doc, present)
        return doc

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change everything but the name, which a body may repeat."""
        if values.get("name", doc["name"]) != doc["name"]:
            raise bad_request("The name is immutable and cannot be changed after creation.")
        super().update(call, doc, values)
        others = [o for o in _of(call, doc["applicationId"]) if o["id"] != doc["id"]]
        _check(self.merged(doc, values), others)

    def missing(self, key: str) -> GraphError:
        """404, in words of its own for a name."""
        if is_guid(key):
            return not_found(key)
        return GraphError(404, NOT_FOUND, f"FederatedIdentityCredential with name {key} not found.")


def _of(call: Call, application_id: str) -> list[Json]:
    rows = call.tx.find(FEDERATED.filed_as, key_is("applicationId", application_id))
    return [r.doc for r in rows]


def _check(doc: Json, others: list[Json]) -> None:
    """Refuse what would match no token, or the tokens of another credential."""
    if not doc["subject"] and not doc["claimsMatchingExpression"]:
        raise value_required("subject", FEDERATED.title)
    if doc["subject"] and doc["claimsMatchingExpression"]:
        raise invalid_value("subject", FEDERATED.title)
    audiences: list[str] = doc["audiences"]
    if len(audiences) != 1 or not 0 < len(audiences[0]) <= _LENGTH:
        raise invalid_value("audiences", FEDERATED.title)
    matched = ("issuer", "subject", "claimsMatchingExpression")
    if any(all(doc[n] == o[n] for n in matched) for o in others):
        raise bad_request(
            "The combination of issuer and subject must be unique on the application."
        )


RULES = FederatedRules(FEDERATED)
ENTITY = Entity(FEDERATED, RULES)
CREDENTIALS = View(
    "federatedIdentityCredentials",
    target=FEDERATED.name,
    match="applicationId",
    owned=True,
    named="name",
)
