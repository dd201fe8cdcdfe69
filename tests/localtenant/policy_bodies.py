"""Bodies of Conditional Access policies, as azuread sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from localtenant.odata.types import Json

POLICIES = "/identity/conditionalAccess/policies"
NOBODY = str(uuid4())
"""An id that nothing has."""


def policy_body(**properties: object) -> Json:
    """Build a policy as azuread sends it: all multifactor, explicit nulls for what is not there."""
    return {
        "@odata.type": "#microsoft.graph.conditionalAccessPolicy",
        "displayName": f"policy {uuid4()}",
        "state": "disabled",
        "conditions": conditions(),
        "grantControls": controls("mfa"),
        "sessionControls": None,
        **properties,
    }


def conditions(**parts: object) -> Json:
    """Build the conditions that azuread sends for all users and applications."""
    return {
        "applications": {"includeApplications": ["All"], "excludeApplications": []},
        "authenticationFlows": None,
        "clientAppTypes": ["all"],
        "devices": None,
        "locations": None,
        "platforms": None,
        "signInRiskLevels": [],
        "userRiskLevels": [],
        "users": {
            "includeUsers": ["All"],
            "includeGuestsOrExternalUsers": None,
            "excludeGuestsOrExternalUsers": None,
        },
        **parts,
    }


def controls(*built_in: str, **others: object) -> Json:
    """Build grant controls."""
    return {"operator": "OR", "builtInControls": list(built_in), **others}
