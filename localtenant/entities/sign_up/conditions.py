"""When a user flow or a listener applies: the applications that it is for.

Source: the Graph resource pages "authenticationConditions" and
"authenticationConditionApplication".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.model import Entity, References
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    GUID,
    INITIAL,
    ComplexType,
    EntityType,
    Property,
    child,
    children,
    flag,
    many,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Json

CONDITION = EntityType(
    "authenticationConditionApplication",
    (Property("appId", GUID, nullable=False, required=True),),
    key="appId",
    guid_key=False,
)
CONDITION_ENTITY = Entity(CONDITION, Rules(CONDITION))

CONDITIONS = ComplexType(
    "authenticationConditions",
    (
        Property(
            "applications",
            ComplexType(
                "authenticationConditionsApplications",
                (
                    flag("includeAllApplications", nullable=False, default=False),
                    many(
                        "includeApplications",
                        ComplexType(CONDITION.name, CONDITION.properties),
                        navigation=True,
                    ),
                ),
            ),
            default=INITIAL,
        ),
    ),
)

_WAY = ("conditions", "applications", "includeApplications")
APPLICATIONS = References(
    "includeApplications", _WAY, targets=(CONDITION.name,), contained=True, inline=_WAY
)


def wanted_applications(conditions: Json | None) -> list[str] | None:
    """The client IDs that a body's conditions ask for; None if it does not mention them."""
    applications = child(conditions, "applications")
    if APPLICATIONS.name not in applications:
        return None
    return [a["appId"] for a in children(applications, APPLICATIONS.name)]
