"""How properties of an application are set that azuread does not have, or would take away again.

azuread has no ``nativeAuthenticationApisEnabled``. Redirect URIs that hold the client ID, and known
clients that name this application themselves, can only be said once the application is there; and
whatever else azuread changes of an application, it sends these with it as it last read them.
Source: https://learn.microsoft.com/graph/api/application-update
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast
from urllib.parse import quote

from providers.application_properties.bodies import EMPTY, SELECTED, body, changed, comparable, of
from providers.graph import rest
from providers.graph.lag import SETTLE_SECONDS, Lag
from providers.graph.rest import Json
from providers.graph.settling import find_settled
from providers.guid import may_be_guid
from providers.lifecycle import Lifecycle, Made, Plan, Problem, Properties, Unknown

if TYPE_CHECKING:
    from providers.graph.session import Graph

_LAG = (Lag(404),)
"""The application was made a moment ago, and is not everywhere yet."""


class ApplicationPropertiesLifecycle(Lifecycle):
    """Properties of an application, found again by the application.

    Inputs: ``applicationId``, an object ID; ``redirectUris``, ``knownClients`` (client IDs) and
    ``nativeAuthentication`` (``all`` or ``none``), each left alone where it is left out;
    ``version``, which is compared and sent nowhere. Outputs: the inputs that were given, and
    ``tenantId``.
    """

    inputs: ClassVar[frozenset[str]] = frozenset({"applicationId", "version", *EMPTY})
    permission: ClassVar[str] = "Application.ReadWrite.OwnedBy"

    def name(self, properties: Properties) -> str:
        """Name them by the application."""
        return f"properties of the application with object ID '{properties.get('applicationId')}'"

    def validate(self, inputs: Properties) -> list[Problem]:
        """The application has to be given by its object ID, client IDs are GUIDs."""
        problems: list[Problem] = []
        identifier = inputs.get("applicationId")
        if not may_be_guid(identifier):
            problems.append(
                Problem(
                    "applicationId", f"'{identifier or ''}' is not an object ID, which is a GUID"
                )
            )
        known = inputs.get("knownClients")
        problems += [
            Problem("knownClients", f"'{one}' is not a client ID, which is a GUID")
            for one in (cast("list[object]", known) if isinstance(known, list) else [])
            if not may_be_guid(one)
        ]
        native = inputs.get("nativeAuthentication", "none")
        if not isinstance(native, Unknown) and native not in {"all", "none"}:
            problems.append(Problem("nativeAuthentication", f"'{native}' is none of all, none"))
        return problems

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """There are no defaults."""
        return dict(inputs)

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """Another application replaces; the properties of the old one go with it."""
        replaces = [name for name in ("applicationId",) if outputs.get(name) != inputs.get(name)]
        changes = [
            name
            for name in sorted(self.inputs)
            if comparable(outputs.get(name)) != comparable(inputs.get(name))
        ]
        return Plan(changes=changes, replaces=replaces, delete_before_replace=True)

    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """Where all of them are as they are wanted."""
        there = await self._read(graph, inputs, f"look for the {self.name(inputs)}")
        if there is None or changed(there, _named(inputs)):
            return None
        return _made(graph, inputs)

    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Set what is not yet as it is wanted."""
        await self._set(graph, inputs, _named(inputs), f"set the {self.name(inputs)}")
        return _made(graph, inputs)

    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """What Graph has of those that were set; ``None`` when the application is gone."""
        there = await self._read(graph, outputs, f"read the {self.name(outputs)}")
        if there is None:
            return None
        drifted = changed(_named(outputs), {n: there[n] for n in _named(outputs)})
        return Made(object_id, {**outputs, **drifted})

    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """Set what differs; what is no longer given becomes empty."""
        del object_id
        wanted = {**{name: EMPTY[name] for name in _named(outputs)}, **_named(inputs)}
        await self._set(graph, inputs, wanted, f"set the {self.name(inputs)}")
        return _made(graph, inputs).outputs

    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Make them empty; those of an application that is gone are."""
        del object_id
        what = f"reset the {self.name(outputs)}"
        there = await self._read(graph, outputs, what)
        wanted = {} if there is None else changed(there, {n: EMPTY[n] for n in _named(outputs)})
        if wanted:
            await self._patch(graph, outputs, wanted, what)

    async def _set(self, graph: Graph, inputs: Properties, wanted: Properties, what: str) -> None:
        """Send what is not there of ``wanted``, and nothing where all of it is."""
        there = await graph.send(
            what, lambda: _get(graph, inputs), lag=_LAG, seconds=SETTLE_SECONDS
        )
        missing = changed(of(there), wanted)
        if missing:
            await self._patch(graph, inputs, missing, what)

    async def _patch(
        self, graph: Graph, properties: Properties, wanted: Properties, what: str
    ) -> None:
        path, sent = _path(properties), body(wanted)
        await graph.send(
            what,
            lambda: rest.call(graph.http, "PATCH", path, sent),
            lag=_LAG,
            seconds=SETTLE_SECONDS,
        )

    async def _read(
        self, graph: Graph, properties: Properties, what: str
    ) -> dict[str, object] | None:
        """The properties of the application; one that is listed is there, whatever else says."""
        identifier = str(properties["applicationId"])

        async def listed() -> list[str]:
            only = rest.query("/applications", filter=f"id eq '{identifier}'", select="id")
            # It asks for this one alone, however its ID is written.
            return [identifier for _ in await rest.items(graph.http, only)]

        application = await find_settled(
            graph, identifier, what, lambda: _get(graph, properties), listed
        )
        return None if application is None else of(application)


def _path(properties: Properties) -> str:
    return f"/applications/{quote(str(properties['applicationId']))}"


async def _get(graph: Graph, properties: Properties) -> Json:
    path = rest.query(_path(properties), select=",".join(SELECTED))
    return await rest.call(graph.http, "GET", path)


def _named(properties: Properties) -> dict[str, object]:
    """Those of the application's properties that are given."""
    return {name: properties[name] for name in EMPTY if properties.get(name) is not None}


def _made(graph: Graph, inputs: Properties) -> Made:
    return Made(str(inputs["applicationId"]), {**inputs, "tenantId": graph.tenant_id})
