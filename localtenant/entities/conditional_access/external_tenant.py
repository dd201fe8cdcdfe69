"""What Conditional Access has in an external tenant, which is less than in a workforce tenant.

Source: Entra's page on the features of external tenants: grants block or demand multifactor
authentication, conditions are the sign-in risk and the location, and there are no session controls.
The texts and their numbers are our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.conditional_access.refusals import refused
from localtenant.odata.types import child, is_object

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_GRANTS = {"block", "mfa"}
BEYOND = (
    "authenticationFlows",
    "clientApplications",
    "devices",
    "insiderRiskLevels",
    "platforms",
    "servicePrincipalRiskLevels",
    "userRiskLevels",
)
"""The conditions that are workforce tenants' only."""


def check_external(policy: Json) -> None:
    """400 for a complete policy that uses what an external tenant does not have."""
    if policy["sessionControls"]:
        raise refused(1922, "Session controls are not supported in external tenants.")
    grants = child(policy, "grantControls")
    if grants.get("termsOfUse"):
        raise refused(1923, "Terms of use are not supported in external tenants.")
    if grants.get("authenticationStrength") or grants.get("customAuthenticationFactors"):
        raise refused(1921, "External tenants support the grant controls block and mfa only.")
    if not _GRANTS.issuperset(grants.get("builtInControls", ())):
        raise refused(1921, "External tenants support the grant controls block and mfa only.")
    used = [name for name in BEYOND if says_something(policy["conditions"][name])]
    if used:
        raise refused(1924, f"The condition '{used[0]}' is not supported in external tenants.")


def says_something(condition: object) -> bool:
    """Whether a condition is set to anything."""
    return any(condition.values()) if is_object(condition) else bool(condition)
