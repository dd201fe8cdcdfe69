"""What all objects share that are entries of one of Graph's collections, as plain JSON.

A kind says where its collection is, what names an object, and which of its inputs are what to
Graph; `NamedLifecycle` does the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, Literal
from urllib.parse import quote

from providers.graph import rest
from providers.graph.errors import ObjectError, gone
from providers.graph.rest import Json, Version
from providers.graph.settling import find_settled
from providers.lifecycle import Plan, Properties
from providers.named import SWITCHES, NamedLifecycle

if TYPE_CHECKING:
    from providers.graph.session import Graph

_TYPE: Final = "@odata.type"


class CollectionLifecycle(NamedLifecycle[Json]):
    """A kind of object with a collection of its own: POST, GET, PATCH and DELETE."""

    collection: ClassVar[str]
    """The collection's path, after the version."""
    version: ClassVar[Version] = "v1.0"
    odata_type: ClassVar[str] = ""
    """The type of the objects, with ``#``, where the collection holds several."""
    written_only: ClassVar[frozenset[str]] = frozenset()
    """Inputs that Graph never gives back, such as secrets: what is recorded of them is believed."""
    replacing: ClassVar[frozenset[str]] = frozenset()
    """Inputs that cannot change in place."""

    def properties(self, wanted: Properties) -> Json:
        """The object's properties as Graph names them, out of the inputs; for its body."""
        return {name: wanted[name] for name in wanted if name not in SWITCHES}

    def inputs_of(self, live: Json) -> Mapping[str, object]:
        """The inputs that would make the object that Graph shows, written-only ones left out."""
        return live

    def sent_with(self, name: str) -> Sequence[str]:
        """The inputs that have to be sent when one of them changes: by default that one."""
        return (name,)

    def is_named(self, live: Json, wanted: Properties) -> bool:
        """Whether the object has the wanted name; upper and lower case are the same to Graph."""
        name, sought = live.get(self.key), wanted.get(self.key)
        return str(name).casefold() == str(sought).casefold()

    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """What cannot change in place replaces; the old one goes first, for names are unique."""
        changes = super().plan(outputs, inputs).changes
        replaces = [name for name in changes if name in self.replacing]
        return Plan(changes=changes, replaces=replaces, delete_before_replace=True)

    async def look(self, graph: Graph, wanted: Properties) -> Json | None:
        """In the whole collection, which is small."""
        listed = await rest.items(graph.http, self.collection, version=self.version)
        found = [one for one in listed if self._is_kind(one) and self.is_named(one, wanted)]
        if len(found) > 1:
            ids = ", ".join(sorted(self.id_of(one) for one in found))
            raise ObjectError(
                f"The tenant has {len(found)} objects for the {self.name(wanted)} (IDs {ids}): "
                "rename or delete all but one, then run the same command again."
            )
        return found[0] if found else None

    async def make(self, graph: Graph, wanted: Properties) -> str:
        """One POST."""
        made = await self._call(graph, "POST", "", self._body(self.properties(wanted)))
        if not made.get("id"):
            raise ObjectError(
                f"Graph made the {self.name(wanted)} without telling its ID; run the same command "
                "again to take it up."
            )
        return self.id_of(made)

    async def get(self, graph: Graph, object_id: str, what: str) -> Json | None:
        """One GET, unless it is not found."""

        async def listed() -> list[str]:
            found = await rest.items(graph.http, self.collection, version=self.version)
            return [self.id_of(one) for one in found]

        return await find_settled(
            graph, object_id, what, lambda: self._call(graph, "GET", object_id), listed
        )

    def id_of(self, live: Json) -> str:
        """Graph's."""
        return str(live.get("id", ""))

    def told(self, live: Json, recorded: Properties) -> dict[str, object]:
        """What Graph shows; what it never gives back is as recorded."""
        values = self.inputs_of(live)
        hidden = {*SWITCHES, "tenantId", "adopted", *self.written_only}
        return {name: recorded[name] if name in hidden else values.get(name) for name in recorded}

    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """One PATCH of what differs, or none."""
        wanted = self.normalise(inputs)
        together = {
            one for name in self.plan(outputs, inputs).changes for one in self.sent_with(name)
        }
        body = self.properties({name: wanted.get(name) for name in sorted(together)})
        what = f"update the {self.name(outputs)}"
        if body:

            async def patch() -> bool:
                await self._call(graph, "PATCH", object_id, self._body(body))
                return True

            if not await graph.find(what, patch):
                raise gone(what)
        return self.updated(outputs, wanted)

    async def remove(self, graph: Graph, object_id: str, what: str) -> None:
        """One DELETE."""
        await graph.find(what, lambda: self._call(graph, "DELETE", object_id))

    def _is_kind(self, live: Json) -> bool:
        return not self.odata_type or live.get(_TYPE) == self.odata_type

    def _body(self, properties: Json) -> Json:
        return {_TYPE: self.odata_type, **properties} if self.odata_type else properties

    async def _call(
        self,
        graph: Graph,
        method: Literal["GET", "POST", "PATCH", "DELETE"],
        object_id: str,
        body: Json | None = None,
    ) -> Json:
        path = f"{self.collection}/{quote(object_id)}" if object_id else self.collection
        return await rest.call(graph.http, method, path, body, version=self.version)
