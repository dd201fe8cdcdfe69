"""How a custom user attribute is made, read, changed and removed.

Source: https://learn.microsoft.com/graph/api/resources/identityuserflowattribute
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from providers.collection import CollectionLifecycle
from providers.graph.errors import ObjectError
from providers.graph.rest import Json
from providers.lifecycle import Plan, Problem, Properties, Unknown
from providers.named import SWITCHES
from providers.user_flow.attributes import BUILT_IN

if TYPE_CHECKING:
    from providers.graph.session import Graph

DATA_TYPES = ("string", "boolean", "int64", "stringCollection", "dateTime")
_CUSTOM = "custom"


class UserFlowAttributeLifecycle(CollectionLifecycle):
    """A custom user attribute; the key by which it is found again is its name.

    Inputs: ``displayName``, without blanks the end of its ID; ``description``; ``dataType``, one of
    ``DATA_TYPES``; and those of every named object. The ID is
    ``extension_{client ID of b2c-extensions-app without dashes}_{name}``.
    """

    kind: ClassVar[str] = "user attribute"
    key: ClassVar[str] = "displayName"
    collection: ClassVar[str] = "/identity/userFlowAttributes"
    inputs: ClassVar[frozenset[str]] = frozenset(
        {"displayName", "description", "dataType", *SWITCHES}
    )
    permission: ClassVar[str] = "IdentityUserFlow.ReadWrite.All"

    def validate(self, inputs: Properties) -> list[Problem]:
        """Check what Graph surely refuses: no name or description, an unknown type."""
        problems = [
            Problem(name, f"a user attribute needs a {words}")
            for name, words in (("displayName", "display name"), ("description", "description"))
            if inputs.get(name) in (None, "")
        ]
        kind = inputs.get("dataType")
        if not isinstance(kind, Unknown) and kind not in DATA_TYPES:
            problems.append(Problem("dataType", f"'{kind}' is none of {', '.join(DATA_TYPES)}"))
        name = inputs.get("displayName")
        if isinstance(name, str) and name.casefold() in {one.casefold() for one in BUILT_IN}:
            problems.append(Problem("displayName", f"'{name}' is an attribute of every tenant"))
        return problems

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """The description changes in place; Graph changes nothing else.

        A new name is a new attribute. Raises ``ObjectError`` for another type: what users have
        under the attribute would be lost with it.
        """
        plan = super().plan(outputs, inputs)
        if "dataType" in plan.changes and "displayName" not in plan.changes:
            raise ObjectError(
                f"The type of the {self.name(outputs)} cannot change from "
                f"'{outputs.get('dataType')}' to '{inputs.get('dataType')}': users' values would "
                "be lost. Declare another attribute under another name beside it, copy the values, "
                "and then remove this one."
            )
        replaces = [name for name in plan.changes if name in ("displayName", "dataType")]
        return Plan(changes=plan.changes, replaces=replaces)

    def is_named(self, live: Json, wanted: Properties) -> bool:
        """Only a custom one, by the name without blanks, of which its ID is made."""
        custom = live.get("userFlowAttributeType") == _CUSTOM
        return custom and _plain(live.get(self.key)) == _plain(wanted.get(self.key))

    async def when_unused(self, graph: Graph, object_id: str, what: str) -> None:
        """Never: nobody can tell whether a user has a value for it."""
        del graph, object_id
        raise ObjectError(
            f"Could not {what}: the values that users have for it would be deleted with it. Set "
            "'forceDestroy: true' on it and run 'pulumi up' before deleting."
        )


def _plain(name: object) -> str:
    return re.sub(r"\W", "", str(name)).casefold()
