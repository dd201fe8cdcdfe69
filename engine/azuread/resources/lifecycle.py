"""The lifecycle that all resource types share; a type adds a declaration and its requests."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from engine.azuread import check, compare, plan
from engine.azuread.check import Failure
from engine.azuread.compare import Difference
from engine.azuread.errors import PartlyDoneError, StandInError
from engine.azuread.graph import enduring
from engine.azuread.graph_error import GraphError
from engine.azuread.preview import previewed
from engine.azuread.property_paths import at, covers
from engine.azuread.resources.creation import Creation
from engine.azuread.resources.existence import listed
from engine.azuread.retries import NOT_FOUND
from engine.azuread.schema import Property
from engine.azuread.values import UNKNOWN, Properties

if TYPE_CHECKING:
    from engine.azuread.graph import Graph

T = TypeVar("T")


@dataclass(frozen=True)
class Deployer:
    """The identity that this provider is signed in as."""

    object_id: str
    """Object ID of its service principal."""


@dataclass(frozen=True)
class Created:
    """An object that now exists: its Pulumi id and its outputs."""

    id: str
    outputs: dict[str, Any] = field(repr=False)


class Resource(ABC):
    """One resource type. Subclasses declare the class variables and send the requests."""

    pulumi_type: ClassVar[str]
    """Pulumi's type token."""
    inputs: ClassVar[Mapping[str, Property]]
    """The inputs, all of them outputs as well."""
    outputs: ClassVar[frozenset[str]] = frozenset()
    """The outputs that are no inputs."""
    constants: ClassVar[Mapping[str, str | None]] = {}
    """Outputs that belong to inputs which are not supported, and what they are without these."""
    follows: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Outputs that no preview knows once the property at a path changes, from which they follow."""
    secrets: ClassVar[frozenset[str]] = frozenset()
    """The outputs that are always secret."""
    refused: ClassVar[Mapping[str, str]] = {}
    """Inputs of the real plugin that this stand-in does not support, and what to do instead."""

    def check(self, inputs: Properties) -> tuple[Properties, list[Failure]]:
        """Return the inputs with defaults, and everything that is wrong with them."""
        filled = check.with_defaults(self.inputs, inputs)
        failures = list(check.failures(self.inputs, filled, self.refused))
        return filled, failures or list(self.problems(filled))

    def problems(self, inputs: Properties) -> Iterator[Failure]:
        """Yield what is wrong between properties, each of which is right in itself."""
        del inputs
        yield from ()

    def diff(
        self, state: Properties, inputs: Properties, ignored: Collection[str]
    ) -> list[Difference]:
        """Return how the inputs differ from the state, except at and below the `ignored` paths."""
        return [
            difference
            for difference in compare.differences(self.inputs, state, inputs)
            if not any(covers(path, difference.path) for path in ignored)
        ]

    def plan(
        self, state: Properties, inputs: Properties, ignored: Collection[str] = ()
    ) -> Properties:
        """Return the outputs that the inputs lead to; unknown where only the tenant can tell."""
        outcome = plan.planned(self.inputs, state, inputs, ignored)
        for name in self.outputs:
            outcome.setdefault(name, self.constants.get(name, UNKNOWN))
        return self.derived(state, outcome, inputs)

    def derived(self, state: Properties, planned: Properties, inputs: Properties) -> Properties:
        """Return the planned outputs with those that follow from others brought up to date."""
        del state, inputs
        return planned

    def preview(
        self, state: Properties, inputs: Properties, ignored: Collection[str] = ()
    ) -> Properties:
        """Return the outputs that a preview shows."""
        outcome = previewed(self.inputs, state, inputs, ignored)
        for name in self.outputs:
            outcome.setdefault(name, self.constants.get(name, UNKNOWN))
        for name, path in self.follows.items():
            if not state or at(outcome, path) != at(state, path):
                outcome[name] = UNKNOWN
        return outcome

    async def confirm(self, graph: Graph, old: Properties, new: Properties) -> None:
        """Ask the tenant, also in a preview, whether `new` may be; raise StandInError if not.

        `old` is empty for an object that is yet to be created.
        """
        del graph, old, new

    async def make(self, graph: Graph, deployer: Deployer, inputs: Properties) -> Created:
        """Create the object.

        Raises PartlyDoneError when it was created but a later step failed, so that the object is
        not forgotten.
        """
        wanted = self.plan({}, inputs)
        await self.confirm(graph, {}, wanted)
        created = await self.create(graph, deployer, wanted)
        try:
            outputs = await self.finish(graph, deployer, created, wanted)
        except StandInError as error:
            raise PartlyDoneError(
                f"{created.id} was created, but {error}",
                resource_id=created.id,
                outputs=self._recorded(created.outputs, inputs),
            ) from error
        return Created(created.id, self._recorded(outputs, inputs))

    @abstractmethod
    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Send the request that creates the object.

        `wanted` has every input, empty ones included; unknown are those that the tenant decides.
        """

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Look for what a creation without a clear answer may have made since a moment.

        A type that creates its object by a POST says here how to find it again.
        """
        del graph, deployer, creation, since
        return []

    async def take(self, graph: Graph, creation: Creation, found: Properties) -> Properties | None:
        """Return what stands for the lost answer, given the object that the creation has made.

        None means that the object is of no use without its answer, and removed.
        """
        del graph, creation
        return found

    async def finish(
        self, graph: Graph, deployer: Deployer, created: Created, wanted: Properties
    ) -> Properties:
        """Send what must follow the creation and return the outputs."""
        del graph, deployer, wanted
        return created.outputs

    async def refresh(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Return the outputs as the tenant has them, or None when the object is gone.

        `state` is what was recorded; it is empty in an import.
        """
        try:
            outputs = await self._despite_lag(
                graph, identifier, lambda: self.read(graph, identifier, state)
            )
        except GraphError as error:
            if error.gone:
                return None
            raise
        return None if outputs is None else self._like(outputs, state)

    @abstractmethod
    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Ask for the object and return its outputs.

        None means that it is gone, and so does GraphError (`gone`).
        """

    async def change(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Change the object from `old` to `new`, if the tenant has nothing against it."""
        have, want = plan.completed(self.inputs, old), plan.completed(self.inputs, new)
        await self.confirm(graph, have, want)
        await self._despite_lag(
            graph, identifier, lambda: self.update(graph, identifier, have, want)
        )

    async def update(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Send the requests that bring the object from outputs `old` to outputs `new`."""
        del graph, old, new
        raise StandInError(
            f"{identifier}: objects of type {self.pulumi_type} cannot be changed in place"
        )

    async def remove(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Delete the object; one that is gone already is as good as deleted."""
        try:
            await self._despite_lag(
                graph, identifier, lambda: self.delete(graph, identifier, state)
            )
        except GraphError as error:
            if not error.gone:
                raise

    @abstractmethod
    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Send the request that deletes the object; GraphError (`gone`) is no error."""

    async def _despite_lag(
        self, graph: Graph, identifier: str, operation: Callable[[], Awaitable[T]]
    ) -> T:
        """Run an operation; what Graph's lists show is not gone, whatever a replica says."""
        try:
            return await operation()
        except GraphError as error:
            if not error.gone or not await listed(graph, identifier):
                raise
        with enduring(NOT_FOUND):
            return await operation()

    def _recorded(self, outputs: Properties, inputs: Properties) -> Properties:
        """Return the outputs of a creation as the real plugin records them."""
        return {
            name: plan.recorded(self.inputs[name], value, inputs.get(name))
            if name in self.inputs
            else value
            for name, value in self._like(outputs, inputs).items()
        }

    def _like(self, outputs: Properties, known: Properties) -> Properties:
        """Return outputs with their lists in the order of what is known already."""
        return {
            name: plan.arranged(self.inputs[name], value, known.get(name))
            if name in self.inputs
            else value
            for name, value in outputs.items()
        }
