"""``/policies/claimsMappingPolicies`` and the other policies of what tokens hold and how long.

Source: the Graph resource pages "claimsMappingPolicy", "homeRealmDiscoveryPolicy",
"tokenIssuancePolicy" and "tokenLifetimePolicy". They differ in the one property of the JSON object
that their definition holds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from localtenant.odata.errors import bad_request, value_required
from localtenant.odata.model import Entity, References
from localtenant.odata.rules import Rules
from localtenant.odata.types import DATE_TIME, EntityType, Property, flag, is_object, text, texts

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json


class TokenPolicyRules(Rules):
    """A policy's definition is one JSON object in a string, under the policy's own name."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a policy."""
        if not values.get("displayName"):
            raise value_required("displayName", self.type.title)
        self._check(values.get("definition"))
        return call.insert(self.type, values)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a policy."""
        if "definition" in values:
            self._check(values["definition"])
        super().update(call, doc, values)

    def list_references(self, call: Call, doc: Json, navigation: References) -> list[str]:
        """What the policy is assigned to: the links from there, seen from here."""
        del navigation
        return call.tx.sources(collection_of(self.type), doc["id"])

    def _check(self, definition: list[str] | None) -> None:
        """400 with the captured text for anything but one JSON object under the policy's name."""
        if not definition or len(definition) != 1:
            raise _invalid()
        try:
            parsed: Any = json.loads(definition[0])
        except (ValueError, RecursionError):
            raise _invalid() from None
        if not is_object(parsed) or [n.lower() for n in parsed] != [self.type.name.lower()]:
            raise _invalid()
        if not is_object(next(iter(parsed.values()))):
            raise _invalid()


def _invalid() -> Exception:
    return bad_request("Property definition has an invalid value.")


def collection_of(type_: EntityType) -> str:
    """The name of the collection of a type of policy, and of the links to its policies."""
    return f"{type_.name.removesuffix('y')}ies"


def _entity(name: str) -> Entity:
    type_ = EntityType(
        name,
        (
            Property("deletedDateTime", DATE_TIME, read_only=True),
            texts("definition"),
            text("description"),
            text("displayName", required=True, max_length=256),
            flag("isOrganizationDefault", default=False),
        ),
        bases=("stsPolicy", "policyBase"),
        directory=True,
        indexed=("displayName",),
    )
    return Entity(
        type_,
        TokenPolicyRules(type_),
        navigations=(
            References("appliesTo", targets=("application", "servicePrincipal"), typed=True),
        ),
    )


CLAIMS_MAPPING = _entity("claimsMappingPolicy")
HOME_REALM_DISCOVERY = _entity("homeRealmDiscoveryPolicy")
TOKEN_ISSUANCE = _entity("tokenIssuancePolicy")
TOKEN_LIFETIME = _entity("tokenLifetimePolicy")
TOKEN_POLICIES = (CLAIMS_MAPPING, HOME_REALM_DISCOVERY, TOKEN_ISSUANCE, TOKEN_LIFETIME)
