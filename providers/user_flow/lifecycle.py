"""How a user flow is made, read, changed and removed.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from providers.graph.errors import ObjectError
from providers.graph.session import Graph
from providers.lifecycle import Lifecycle, Made, Plan, Problem, Properties
from providers.user_flow import references, requests
from providers.user_flow.attributes import (
    EMAIL,
    Attribute,
    identifier,
    with_defaults,
    without_implied_email,
)
from providers.user_flow.bodies import changes, is_sign_up_allowed, new_flow
from providers.user_flow.problems import attribute_problems, given_twice
from providers.user_flow.requests import LiveFlow

_OFF = {"adopt": False, "forceDestroy": False}
"""What leaving out means for the inputs that are no properties of the flow."""

_ADVICE_ADOPT = (
    "If this stack is to take it over, set 'adopt: true' on the user flow; else choose another "
    "displayName."
)


class UserFlowLifecycle(Lifecycle):
    """A user flow of an External ID tenant; the key by which it is found again is its name.

    Inputs: ``displayName``; ``identityProviders``, a list of IDs, in any order; ``attributes``, a
    list as ``providers.user_flow.attributes`` describes it, in the order of the page;
    ``isSignUpAllowed``; ``adopt``, whether to take over a flow that exists under that name;
    ``forceDestroy``, whether deleting may remove a flow that was adopted or still has applications.
    Outputs: the inputs that were given, ``tenantId`` and ``adopted``.
    """

    inputs: ClassVar[frozenset[str]] = frozenset(
        {
            "displayName",
            "identityProviders",
            "attributes",
            "isSignUpAllowed",
            "adopt",
            "forceDestroy",
        }
    )
    permission: ClassVar[str] = "EventListener.ReadWrite.All"

    def name(self, properties: Properties) -> str:
        """Name the flow by its display name."""
        return f"user flow '{properties.get('displayName', '')}'"

    def validate(self, inputs: Properties) -> list[Problem]:
        """Check what Graph surely refuses: no name, no identity provider, an attribute twice."""
        problems: list[Problem] = []
        if inputs.get("displayName") in (None, ""):
            problems.append(Problem("displayName", "a user flow needs a display name"))
        providers = inputs.get("identityProviders")
        if not providers:
            problems.append(
                Problem("identityProviders", "a user flow needs at least one identity provider")
            )
        if isinstance(providers, list):
            problems += given_twice("identityProviders", cast("list[object]", providers))
        attributes = inputs.get("attributes")
        if isinstance(attributes, list):
            problems += attribute_problems(cast("list[object]", attributes))
        return problems

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """Fill in each attribute's defaults."""
        normal = dict(inputs)
        attributes = inputs.get("attributes")
        if isinstance(attributes, list):
            normal["attributes"] = [
                with_defaults(cast("Attribute", one)) if isinstance(one, dict) else one
                for one in cast("list[object]", attributes)
            ]
        return normal

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """Everything about a flow changes in place; a provider's position means nothing."""
        wanted = {**_OFF, **self.normalise(inputs)}
        changed = [
            name
            for name in sorted(self.inputs & wanted.keys())
            if _comparable(name, outputs.get(name)) != _comparable(name, wanted[name])
        ]
        return Plan(changes=changed)

    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """By name, where it is just as wanted and nobody signs in by it; or where it is adopted."""
        wanted = self.normalise(inputs)
        display_name, what = str(wanted["displayName"]), f"look for the {self.name(wanted)}"
        found = await graph.send(what, lambda: requests.find(graph, display_name))
        live = self._live(graph, found, wanted) if found else None
        if live is None or live.outputs["adopted"] is True:
            return live
        is_ours = not self.plan(live.outputs, wanted).changes
        return live if is_ours and not await requests.applications(graph, live.id, what) else None

    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Make the flow, unless one of that name is there.

        With ``adopt`` that one is taken, and left as it is until a preview has shown a difference.
        Without, it is taken only as the work of an interrupted run: it is just as wanted, and
        nobody signs in by it yet.
        """
        wanted = self.normalise(inputs)
        what = f"create the {self.name(wanted)}"

        async def find_or_post() -> tuple[Made, bool]:
            made = await requests.find_or_post(graph, self._body(wanted))
            if isinstance(made, LiveFlow):
                return self._taken(graph, made, wanted), True
            return Made(made, _new_outputs(graph, wanted)), False

        # Found again before each try: an answer that got lost must not make a second flow.
        made, taken = await graph.send(what, find_or_post)
        ours = not taken or made.outputs["adopted"] is True
        if not ours and await requests.applications(graph, made.id, what):
            raise ObjectError(
                f"Could not {what}: the tenant has one of that name (ID {made.id}) by which "
                f"applications sign in. {_ADVICE_ADOPT}"
            )
        return made

    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """Tell the flow as Graph has it, as far as the outputs track it."""
        flow = await requests.get(graph, object_id, f"read the {self.name(outputs)}")
        return Made(object_id, _told(flow, outputs)) if flow else None

    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """Change what differs: references first, then name, switch and page in one request."""
        wanted = self.normalise(inputs)
        changed = set(self.plan(outputs, inputs).changes)
        what = f"update the {self.name(outputs)}"
        live: LiveFlow | None = None
        if changed & {"attributes", "identityProviders"}:
            live = await requests.get(graph, object_id, what)
            if live is None:
                raise requests.gone(what)
        page: Sequence[Attribute] | None = None
        if live and "identityProviders" in changed:
            await references.set_providers(
                graph, live.id, live.providers, _strings(wanted["identityProviders"]), what
            )
        if live and "attributes" in changed:
            page = _page(_attributes(wanted), live.attributes)
            bound = [identifier(one) for one in live.attributes]
            needed = [identifier(one) for one in page]
            await references.set_attributes(graph, live.id, bound, needed, what)
        body = changes(
            display_name=str(wanted["displayName"]) if "displayName" in changed else None,
            attributes=page,
            is_sign_up_allowed=bool(wanted["isSignUpAllowed"])
            if "isSignUpAllowed" in changed
            else None,
        )
        if page is not None or changed & {"displayName", "isSignUpAllowed"}:
            await requests.patch(graph, object_id, body, what)
        return {
            **wanted,
            "tenantId": outputs["tenantId"],
            "adopted": bool(outputs.get("adopted", False)),
        }

    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Remove the flow; let go of an adopted one; refuse while applications sign in by it."""
        force = outputs.get("forceDestroy") is True
        if outputs.get("adopted") is True and not force:
            return
        what = f"delete the {self.name(outputs)}"
        if not force:
            await requests.wait_until_unused(graph, object_id, what)
        await requests.delete(graph, object_id, what)

    def _taken(self, graph: Graph, found: LiveFlow, wanted: Properties) -> Made:
        live = self._live(graph, found, wanted)
        differences = self.plan(live.outputs, wanted).changes
        if live.outputs["adopted"] is True or not differences:
            return live
        raise ObjectError(
            f"Could not create the {self.name(wanted)}: the tenant has one of that name (ID "
            f"{found.id}) that differs in {', '.join(differences)}. {_ADVICE_ADOPT}"
        )

    def _live(self, graph: Graph, found: LiveFlow, wanted: Properties) -> Made:
        """The flow as it would be recorded if it were taken; with ``adopt`` it is let go of."""
        outputs = _told(found, _new_outputs(graph, wanted))
        return Made(found.id, {**outputs, "adopted": wanted.get("adopt") is True})

    def _body(self, wanted: Properties):  # noqa: ANN202 -- an msgraph-sdk model
        return new_flow(
            str(wanted["displayName"]),
            _strings(wanted["identityProviders"]),
            _page(_attributes(wanted), ()),
            is_sign_up_allowed=bool(wanted.get("isSignUpAllowed", True)),
        )


def _new_outputs(graph: Graph, wanted: Properties) -> dict[str, object]:
    """What is recorded of a flow that was made, not adopted."""
    return {**wanted, "tenantId": graph.tenant_id, "adopted": False}


def _page(wanted: Sequence[Attribute], live: Sequence[Attribute]) -> list[Attribute]:
    """The page's inputs: what is wanted, with ``email`` first, as it is where nobody names it."""
    if any(identifier(one) == EMAIL for one in wanted):
        return list(wanted)
    email = next((one for one in live if identifier(one) == EMAIL), {"attribute": EMAIL})
    return [with_defaults(email), *wanted]


def _told(flow: LiveFlow, recorded: Properties) -> dict[str, object]:
    """The flow's values under the names that are recorded, so that what is left out stays out."""
    declared = cast("Sequence[Attribute]", recorded.get("attributes", []))
    values: dict[str, object] = {
        "displayName": flow.model.display_name,
        "identityProviders": _in_recorded_order(
            flow.providers, recorded.get("identityProviders", [])
        ),
        "attributes": without_implied_email(flow.attributes, declared),
        "isSignUpAllowed": is_sign_up_allowed(flow.model),
    }
    return {name: values.get(name, recorded[name]) for name in recorded}


def _in_recorded_order(live: Sequence[str], recorded: object) -> list[str]:
    """The order means nothing to Graph, so it never shows as a difference."""
    order = cast("list[object]", recorded) if isinstance(recorded, list) else []
    return sorted(live, key=lambda one: (order.index(one) if one in order else len(order), one))


def _comparable(name: str, value: object) -> object:
    if name == "identityProviders" and isinstance(value, list):
        return sorted(map(repr, cast("list[object]", value)))
    if name in ("adopt", "forceDestroy"):
        return value is True
    return value


def _attributes(wanted: Properties) -> list[Attribute]:
    return cast("list[Attribute]", wanted.get("attributes", []))


def _strings(value: object) -> list[str]:
    return [str(one) for one in cast("Sequence[object]", value)]
