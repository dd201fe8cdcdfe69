"""``/policies/identitySecurityDefaultsEnforcementPolicy``: whether security defaults are on.

Source: the Graph resource page "identitySecurityDefaultsEnforcementPolicy".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import gateway
from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, flag, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

DEFAULTS_ID = "00000000-0000-0000-0000-000000000005"
DEFAULTS = EntityType(
    "identitySecurityDefaultsEnforcementPolicy",
    (
        text("description", read_only=True),
        text("displayName", read_only=True),
        flag("isEnabled", nullable=False, default=False),
    ),
    guid_key=False,
)
SECURITY_DEFAULTS = {
    "id": DEFAULTS_ID,
    "displayName": "Security Defaults",
    "description": "Security defaults is a set of basic identity security mechanisms recommended "
    "by Microsoft. When enabled, these recommendations will be automatically enforced in your "
    "organization. Administrators and users will be better protected from common identity related "
    "attacks.",
}


class DefaultsRules(Rules):
    """Security defaults and enabled Conditional Access policies exclude each other."""

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Turn them on or off; on only without enabled policies. The text is our own choice."""
        policies = call.tx.find("conditionalAccessPolicy") if values.get("isEnabled") else []
        if any(row.doc["state"] == "enabled" for row in policies):
            raise gateway(
                "Conditional Access policies are enabled in the tenant. You must disable them "
                "before enabling Security defaults."
            )
        super().update(call, doc, values)


ENTITY = Entity(DEFAULTS, DefaultsRules(DEFAULTS))
