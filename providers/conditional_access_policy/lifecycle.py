"""How a Conditional Access policy for customers is made, read, changed and removed.

An external tenant knows fewer of them than a workforce tenant: it asks for a second factor, or
blocks, for all users but those who are excluded.
Source: https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, cast

from providers.collection import CollectionLifecycle
from providers.graph.rest import Json
from providers.lifecycle import Problem, Properties, Unknown
from providers.named import SWITCHES

REPORT_ONLY: Final = "enabledForReportingButNotEnforced"
STATES: Final = (REPORT_ONLY, "enabled", "disabled")
CONTROLS: Final = ("mfa", "block")
_NESTED: Final = ("includeApplications", "excludeUsers", "grantControl")
_SETS: Final = ("includeApplications", "excludeUsers")


class ConditionalAccessPolicyLifecycle(CollectionLifecycle):
    """A Conditional Access policy for all users; the key by which it is found again is its name.

    Inputs: ``displayName``; ``state``, one of ``STATES``, by default report-only;
    ``includeApplications``, client IDs or ``All``; ``excludeUsers``, object IDs of the accounts
    that nothing may lock out, at least one unless the policy is off; ``grantControl``, one of
    ``CONTROLS``; and those of every named object.
    """

    kind: ClassVar[str] = "Conditional Access policy"
    key: ClassVar[str] = "displayName"
    collection: ClassVar[str] = "/identity/conditionalAccess/policies"
    inputs: ClassVar[frozenset[str]] = frozenset({"displayName", "state", *_NESTED, *SWITCHES})
    permission: ClassVar[str] = "Policy.ReadWrite.ConditionalAccess"

    def validate(self, inputs: Properties) -> list[Problem]:
        """Check what Graph surely refuses, and that nobody locks himself out."""
        wanted = self.normalise(inputs)
        problems: list[Problem] = []
        if wanted.get("displayName") in (None, ""):
            problems.append(Problem("displayName", "a policy needs a display name"))
        if not wanted.get("includeApplications"):
            problems.append(Problem("includeApplications", "a policy needs at least one"))
        for name, allowed in (("state", STATES), ("grantControl", CONTROLS)):
            value = wanted[name]
            if not isinstance(value, Unknown) and value not in allowed:
                problems.append(Problem(name, f"'{value}' is none of {', '.join(allowed)}"))
        if not wanted.get("excludeUsers") and wanted["state"] != "disabled":
            problems.append(
                Problem(
                    "excludeUsers",
                    "name the accounts for emergencies (break glass), which a policy for all "
                    "users must leave out",
                )
            )
        return problems

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """Report-only and a second factor, unless told otherwise."""
        return {"state": REPORT_ONLY, "grantControl": "mfa", **inputs}

    def comparable(self, name: str, value: object) -> object:
        """The order of IDs means nothing."""
        if name in _SETS and isinstance(value, list):
            return sorted(map(repr, cast("list[object]", value)))
        return super().comparable(name, value)

    def properties(self, wanted: Properties) -> Json:
        """As Graph nests them; the conditions are sent as a whole."""
        properties = super().properties(wanted)
        flat = {name: properties.pop(name) for name in _NESTED if name in properties}
        if any(name in flat for name in _SETS):
            properties["conditions"] = {
                "clientAppTypes": ["all"],
                "applications": {"includeApplications": flat.get("includeApplications", [])},
                "users": {
                    "includeUsers": ["All"],
                    "excludeUsers": flat.get("excludeUsers", []),
                },
            }
        if "grantControl" in flat:
            properties["grantControls"] = {
                "operator": "OR",
                "builtInControls": [flat["grantControl"]],
            }
        return properties

    def sent_with(self, name: str) -> Sequence[str]:
        """Conditions go together."""
        return _SETS if name in _SETS else (name,)

    def inputs_of(self, live: Json) -> Mapping[str, object]:
        """Flat again; a control that the inputs cannot say shows as Graph has it."""
        conditions = _child(live, "conditions")
        controls = _list(_child(live, "grantControls").get("builtInControls"))
        return {
            **live,
            "includeApplications": _list(
                _child(conditions, "applications").get("includeApplications")
            ),
            "excludeUsers": _list(_child(conditions, "users").get("excludeUsers")),
            "grantControl": ", ".join(str(one) for one in controls),
        }


def _child(value: Mapping[str, object], name: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value.get(name) or {})


def _list(value: object) -> list[object]:
    return list(cast("Sequence[object]", value or ()))
