"""How a user flow is made, read, changed and removed.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from providers.graph.errors import gone
from providers.lifecycle import Problem, Properties, Unknown
from providers.named import SWITCHES, NamedLifecycle, strings
from providers.user_flow import references, requests
from providers.user_flow.attributes import (
    EMAIL,
    Attribute,
    identifier,
    with_defaults,
    without_implied_email,
)
from providers.user_flow.bodies import (
    USER_TYPES,
    changes,
    is_sign_up_allowed,
    new_flow,
    user_type_to_create,
)
from providers.user_flow.problems import attribute_problems, given_twice
from providers.user_flow.requests import LiveFlow

if TYPE_CHECKING:
    from providers.graph.session import Graph


class UserFlowLifecycle(NamedLifecycle[LiveFlow]):
    """A user flow of an External ID tenant; the key by which it is found again is its name.

    Inputs: ``displayName``; ``identityProviders``, a list of IDs, in any order; ``attributes``, a
    list as ``providers.user_flow.attributes`` describes it, in the order of the page;
    ``isSignUpAllowed``; ``userTypeToCreate``, ``member`` or ``guest``; and those of every named
    object. Outputs: as of every named object.
    """

    kind: ClassVar[str] = "user flow"
    key: ClassVar[str] = "displayName"
    unique: ClassVar[bool] = True
    inputs: ClassVar[frozenset[str]] = frozenset(
        {
            "displayName",
            "identityProviders",
            "attributes",
            "isSignUpAllowed",
            "userTypeToCreate",
            *SWITCHES,
        }
    )
    permission: ClassVar[str] = "EventListener.ReadWrite.All"

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
        kind = inputs.get("userTypeToCreate", USER_TYPES[0])
        if not isinstance(kind, Unknown) and kind not in USER_TYPES:
            allowed = ", ".join(USER_TYPES)
            problems.append(Problem("userTypeToCreate", f"'{kind}' is none of {allowed}"))
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

    def comparable(self, name: str, value: object) -> object:
        """A provider's position means nothing."""
        if name == "identityProviders" and isinstance(value, list):
            return sorted(map(repr, cast("list[object]", value)))
        return super().comparable(name, value)

    async def look(self, graph: Graph, wanted: Properties) -> LiveFlow | None:
        """By display name, whatever its case."""
        return await requests.find(graph, str(wanted["displayName"]))

    async def make(self, graph: Graph, wanted: Properties) -> str:
        """Make it with all it has."""
        body = new_flow(
            str(wanted["displayName"]),
            strings(wanted["identityProviders"]),
            _page(_attributes(wanted), ()),
            is_sign_up_allowed=bool(wanted.get("isSignUpAllowed", True)),
            user_type=cast("str | None", wanted.get("userTypeToCreate")),
        )
        return await requests.post(graph, body)

    async def get(self, graph: Graph, object_id: str, what: str) -> LiveFlow | None:
        """With its references."""
        return await requests.get(graph, object_id, what)

    def id_of(self, live: LiveFlow) -> str:
        """Graph's."""
        return live.id

    async def remove(self, graph: Graph, object_id: str, what: str) -> None:
        """Delete the flow; the applications in it stay."""
        await requests.delete(graph, object_id, what)

    async def users(self, graph: Graph, object_id: str, what: str) -> str:
        """The applications that sign in by it."""
        return _sign_in(await requests.applications(graph, object_id, what))

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
                raise gone(what)
        page: Sequence[Attribute] | None = None
        if live and "identityProviders" in changed:
            await references.set_providers(
                graph, live.id, live.providers, strings(wanted["identityProviders"]), what
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
            user_type=str(wanted["userTypeToCreate"]) if "userTypeToCreate" in changed else None,
        )
        if page is not None or changed & {"displayName", "isSignUpAllowed", "userTypeToCreate"}:
            await requests.patch(graph, object_id, body, what)
        return self.updated(outputs, wanted)

    def told(self, live: LiveFlow, recorded: Properties) -> dict[str, object]:
        """Where ``email`` is not recorded, it is left out, too."""
        declared = cast("Sequence[Attribute]", recorded.get("attributes", []))
        values: dict[str, object] = {
            "displayName": live.model.get("displayName"),
            "identityProviders": _in_recorded_order(
                live.providers, recorded.get("identityProviders", [])
            ),
            "attributes": without_implied_email(live.attributes, declared),
            "isSignUpAllowed": is_sign_up_allowed(live.model),
            "userTypeToCreate": user_type_to_create(live.model),
        }
        return {name: values.get(name, recorded[name]) for name in recorded}


def _page(wanted: Sequence[Attribute], live: Sequence[Attribute]) -> list[Attribute]:
    """The page's inputs: what is wanted, with ``email`` first, as it is where nobody names it."""
    if any(identifier(one) == EMAIL for one in wanted):
        return list(wanted)
    email = next((one for one in live if identifier(one) == EMAIL), {"attribute": EMAIL})
    return [with_defaults(email), *wanted]


def _in_recorded_order(live: Sequence[str], recorded: object) -> list[str]:
    """The order means nothing to Graph, so it never shows as a difference."""
    order = cast("list[object]", recorded) if isinstance(recorded, list) else []
    return sorted(live, key=lambda one: (order.index(one) if one in order else len(order), one))


def _attributes(wanted: Properties) -> list[Attribute]:
    return cast("list[Attribute]", wanted.get("attributes", []))


def _sign_in(client_ids: Sequence[str] | None) -> str:
    if not client_ids:
        return ""
    return f"{len(client_ids)} application(s) sign in by it (client ID {', '.join(client_ids)})"
