"""``/identity/conditionalAccess/policies``: the rules of Conditional Access policies.

Source: the Graph pages "Create conditionalAccessPolicy" and "Update conditionalAccessPolicy", and
Entra's pages on Conditional Access, in external tenants as well. The rules are documented unless a
comment says otherwise; of the texts those of :mod:`refusals` that say so are captured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.conditional_access.external_tenant import check_external
from localtenant.entities.conditional_access.policy_type import ENABLED, POLICY
from localtenant.entities.conditional_access.references import check_references, link_references
from localtenant.entities.conditional_access.refusals import (
    SECURITY_DEFAULTS,
    no_such,
    off_schema,
    refused,
)
from localtenant.entities.conditional_access.strength import STRENGTH
from localtenant.entities.policies.security_defaults import DEFAULTS, DEFAULTS_ID
from localtenant.odata.answers import now
from localtenant.odata.errors import GraphError, gateway
from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

LARGEST_NUMBER = 240
"""How many policies a tenant may have, in any state; 195 until 2026."""


class PolicyRules(Rules):
    """What the service behind Conditional Access checks beyond the types of the properties."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a policy."""
        if not all(values.get(n) for n in ("displayName", "state", "conditions")):
            raise off_schema("ConditionalAccessPolicy")
        if call.tx.count(POLICY.filed_as) >= LARGEST_NUMBER:
            raise refused(1903, f"A tenant can have {LARGEST_NUMBER} Conditional Access policies.")
        policy = _settled(POLICY.complete(values))
        _check(call, policy)
        made = call.insert(POLICY, {**policy, "createdDateTime": now()})
        link_references(call, made)
        return made

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a policy; what a body does not mention stays, null clears a control."""
        policy = _settled(self.merged(doc, values))
        if not policy["displayName"]:
            raise off_schema("ConditionalAccessPolicy")
        _check(call, policy)
        call.replace(POLICY, {**policy, "modifiedDateTime": now()})
        link_references(call, policy)

    def shown(self, call: Call, doc: Json) -> Json:
        """The policy with the strength that it demands, which is kept by its id."""
        strength = child(doc["grantControls"], "authenticationStrength")
        if not strength:
            return doc
        full = call.require(STRENGTH.filed_as, strength["id"])
        return {**doc, "grantControls": {**doc["grantControls"], "authenticationStrength": full}}

    def misread(self, error: GraphError) -> GraphError:
        """400 with the one text that the service has for a body that does not fit; captured."""
        del error
        return off_schema("ConditionalAccessPolicy")

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return no_such("Conditional Access policy", key)


def _settled(policy: Json) -> Json:
    """``policy`` in the form in which the service keeps it."""
    conditions, grants = policy["conditions"], policy["grantControls"]
    session = child(policy, "sessionControls")
    if grants and grants["authenticationStrength"]:
        grants = {
            **grants,
            "authenticationStrength": {"id": grants["authenticationStrength"]["id"].lower()},
        }
    return {
        **policy,
        "conditions": {**conditions, "clientAppTypes": conditions["clientAppTypes"] or ["all"]},
        "grantControls": grants,
        "sessionControls": session if any(v is not None for v in session.values()) else None,
    }


def _check(call: Call, policy: Json) -> None:
    conditions, grants = policy["conditions"], policy["grantControls"]
    workloads = child(conditions, "clientApplications").get("includeServicePrincipals")
    if not workloads and not _included(conditions["users"]):
        raise refused(1904, "A policy must include users, groups or roles.")
    if not _included(conditions["applications"]):
        raise refused(1905, "A policy must include applications or user actions.")
    if not policy["sessionControls"] and not _grants(grants):
        raise refused(1906, "A policy must have a grant control or a session control.")
    if grants:
        _check_grants(grants)
    if call.tenant.tenant_type == "CIAM":
        check_external(policy)
    check_references(call, policy)
    defaults = call.tx.get(DEFAULTS.filed_as, DEFAULTS_ID)
    if policy["state"] == ENABLED and defaults and defaults["isEnabled"]:
        raise gateway(SECURITY_DEFAULTS)


def _included(part: Json | None) -> bool:
    """Whether one of the lists of what is included holds something."""
    return any(value for name, value in (part or {}).items() if not name.startswith("exclude"))


def _grants(grants: Json | None) -> bool:
    return any(value for name, value in (grants or {}).items() if name != "operator")


def _check_grants(grants: Json) -> None:
    if grants["operator"] not in {"AND", "OR"}:
        raise off_schema("ConditionalAccessPolicy")
    others = sum(bool(v) for n, v in grants.items() if n not in {"operator", "builtInControls"})
    if "block" in grants["builtInControls"] and len(grants["builtInControls"]) + others > 1:
        raise refused(1908, "The grant control 'block' cannot be combined with others.")


ENTITY = Entity(POLICY, PolicyRules(POLICY))
