"""What all settings share that every tenant has: they are changed, never made or removed.

What a setting was before the stack is recorded, and deleting gives it back.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from providers.graph import rest
from providers.graph.lag import SETTLE_SECONDS, Lag
from providers.graph.rest import Json, Version
from providers.lifecycle import Lifecycle, Made, Plan, Properties

if TYPE_CHECKING:
    from providers.graph.session import Graph

_LAG = (Lag(404),)
"""What a change meets whose object was just made; it was read a moment ago, so it is there."""


class TenantSettingLifecycle(Lifecycle):
    """A part of the tenant that is always there; see ``Lifecycle``.

    Outputs: the inputs that were given, ``tenantId`` and ``before``, their values before the stack.
    No value may be null: a state does not keep that one.
    """

    version: ClassVar[Version] = "v1.0"
    odata_type: ClassVar[str] = ""
    """The object's type, with ``#``, where a change has to name it."""
    headers: ClassVar[Mapping[str, str]] = {}
    """What every request says beside what all say."""

    @abstractmethod
    def path(self, properties: Properties) -> str:
        """The path of the object that has the setting, after the version.

        Beside the inputs, or the outputs, ``properties`` always has ``tenantId``.
        """

    def type_of(self, properties: Properties) -> str:
        """The type that a change of the object has to name, by default ``odata_type``."""
        del properties
        return self.odata_type

    def normalise(self, inputs: Properties) -> dict[str, object]:
        """There are no defaults, unless a kind has some."""
        return dict(inputs)

    def settings(self, properties: Properties) -> dict[str, object]:
        """What is set, as Graph names it: the inputs, less those that only say where it is."""
        return {name: properties[name] for name in self.inputs & properties.keys()}

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """What is set changes in place; where it is, replaces."""
        wanted = self.normalise(inputs)
        changes = [
            name
            for name in sorted(self.inputs & wanted.keys())
            if outputs.get(name) != wanted[name]
        ]
        replaces = [name for name in changes if name not in self.settings(wanted)]
        return Plan(changes=changes, replaces=replaces, delete_before_replace=True)

    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """Nothing is ever made: a creation that was cut short is done again."""
        del graph, inputs
        return None

    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Set what differs, and record what was there before."""
        wanted = self.normalise(inputs)
        what = f"set the {self.name(wanted)}"
        live = await self._get(graph, wanted, what, lag=_LAG)
        settings = self.settings(wanted)
        before = {name: live.get(name) for name in settings}
        await self._patch(graph, wanted, _differing(before, settings), what)
        outputs = {**wanted, "tenantId": graph.tenant_id, "before": before}
        return Made(self.path(outputs).strip("/"), outputs)

    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """Tell what Graph says now; ``None`` where what has the setting is gone."""
        what = f"read the {self.name(outputs)}"
        live = await self._live(graph, outputs, what)
        if live is None:
            return None
        told = {name: live.get(name) for name in self.settings(outputs)}
        return Made(object_id, {**outputs, **told})

    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """Set what differs; what is set for the first time is recorded as it was before."""
        del object_id
        wanted, what = self.normalise(inputs), f"update the {self.name(outputs)}"
        settings = self.settings(wanted)
        before = dict(cast("Mapping[str, object]", outputs.get("before") or {}))
        if settings.keys() - before.keys():
            live = await self._get(graph, wanted, what)
            before = {name: live.get(name) for name in settings} | before
        await self._patch(graph, wanted, _differing(outputs, settings), what)
        return {**wanted, "tenantId": outputs["tenantId"], "before": before}

    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Give back what was there before, where it still is as this stack has set it."""
        del object_id
        what = f"give back the {self.name(outputs)}"
        live = await self._live(graph, outputs, what)
        before = cast("Mapping[str, object]", outputs.get("before") or {})
        ours = self.settings(outputs)
        back = {
            name: value
            for name, value in before.items()
            if live is not None and name in ours and live.get(name) == ours[name] != value
        }
        await self._patch(graph, outputs, back, what)

    async def _live(self, graph: Graph, properties: Properties, what: str) -> Json | None:
        return await graph.find(what, lambda: self._call(graph, "GET", properties))

    async def _get(
        self, graph: Graph, properties: Properties, what: str, *, lag: tuple[Lag, ...] = ()
    ) -> Json:
        return await graph.send(
            what, lambda: self._call(graph, "GET", properties), lag=lag, seconds=SETTLE_SECONDS
        )

    async def _patch(
        self, graph: Graph, properties: Properties, changes: Mapping[str, object], what: str
    ) -> None:
        if not changes:
            return
        type_ = self.type_of(properties)
        body = {"@odata.type": type_, **changes} if type_ else changes
        await graph.send(
            what,
            lambda: self._call(graph, "PATCH", properties, body),
            lag=_LAG,
            seconds=SETTLE_SECONDS,
        )

    async def _call(
        self,
        graph: Graph,
        method: Literal["GET", "PATCH"],
        properties: Properties,
        body: Mapping[str, object] | None = None,
    ) -> Json:
        path = self.path({**properties, "tenantId": graph.tenant_id})
        return await rest.call(
            graph.http, method, path, body, version=self.version, headers=self.headers
        )


def _differing(there: Properties, wanted: Properties) -> dict[str, object]:
    return {name: value for name, value in wanted.items() if there.get(name) != value}
