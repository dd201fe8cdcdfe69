"""Entries of an application that name another application, each a resource of its own.

Source: https://learn.microsoft.com/graph/api/resources/application.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from engine.azuread.errors import StandInError
from engine.azuread.graph import Graph
from engine.azuread.resources.answers import child, items
from engine.azuread.resources.identifiers import object_id_of
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import AFTER_CREATE, CHANGE, NOT_FOUND
from engine.azuread.values import Properties


class ApplicationEntry(Resource):
    """One entry of a list that an application holds, told apart by the client ID that it names."""

    what: ClassVar[str]
    """What an entry is called in errors."""
    names: ClassVar[str]
    """The input that is the client ID."""
    named: ClassVar[str]
    """Graph's name of the client ID in an entry."""
    path: ClassVar[tuple[str, ...]]
    """Where the list is in Graph's `application`."""

    @abstractmethod
    def identifier(self, object_id: str, client_id: str) -> str:
        """Return the Pulumi id of an entry."""

    @abstractmethod
    def parts(self, identifier: str) -> tuple[str, str]:
        """Return the object ID of the application and the client ID that an id holds."""

    @abstractmethod
    def entry(self, wanted: Properties) -> Properties:
        """Return Graph's entry for outputs."""

    @abstractmethod
    def state(self, entry: Properties) -> Properties:
        """Return the outputs for Graph's entry, but for the application and the client ID."""

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Add the entry to those that the application has."""
        del deployer
        application, client_id = wanted["applicationId"], wanted[self.names]
        object_id = object_id_of(application)
        identifier = self.identifier(object_id, client_id)
        doing = f"add {self.what} {client_id} to application {object_id}"
        async with graph.exclusive(object_id):
            live = await graph.get(application, doing=doing, lag=(NOT_FOUND,))
            if self._find(live, client_id) is not None:
                raise StandInError(
                    f"application {object_id} has {self.what} {client_id} already. "
                    f"Import it with `pulumi import` (id {identifier})."
                )
            entry = self.entry(wanted)
            body = self._body([*self._entries(live), entry])
            await graph.patch(application, body, doing=doing, lag=AFTER_CREATE)
        return Created(identifier, self._outputs(object_id, client_id, entry))

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Look for the entry among those of the application."""
        del state
        object_id, client_id = self.parts(identifier)
        doing = f"read {self.what} {client_id} of application {object_id}"
        live = await graph.get(f"/applications/{object_id}", doing=doing)
        entry = self._find(live, client_id)
        return None if entry is None else self._outputs(object_id, client_id, entry)

    async def update(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Put another entry in its place."""
        del old
        await self._replace(graph, identifier, self.entry(new))

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Take the entry out of those of the application."""
        del state
        await self._replace(graph, identifier, None)

    async def _replace(self, graph: Graph, identifier: str, entry: Properties | None) -> None:
        object_id, client_id = self.parts(identifier)
        application = f"/applications/{object_id}"
        doing = f"{'change' if entry else 'remove'} {self.what} {client_id} of {application}"
        async with graph.exclusive(object_id):
            live = await graph.get(application, doing=doing)
            before = self._find(live, client_id)
            if before is None and entry is not None:
                raise StandInError(f"could not {doing}: it is gone; run `pulumi refresh`")
            if before is None:
                return
            others = [one for one in self._entries(live) if one is not before]
            body = self._body([*others, *([entry] if entry else [])])
            await graph.patch(application, body, doing=doing, lag=CHANGE)

    def _entries(self, application: Properties) -> list[Properties]:
        *outer, last = self.path
        for name in outer:
            application = child(application, name)
        return items(application, last)

    def _find(self, application: Properties, client_id: str) -> Properties | None:
        for entry in self._entries(application):
            if str(entry[self.named]).lower() == client_id.lower():
                return entry
        return None

    def _body(self, entries: list[Properties]) -> Properties:
        *outer, last = self.path
        body: Properties = {last: entries}
        for name in reversed(outer):
            body = {name: body}
        return body

    def _outputs(self, object_id: str, client_id: str, entry: Properties) -> Properties:
        return {
            "applicationId": f"/applications/{object_id}",
            self.names: client_id,
            **self.state(entry),
        }
