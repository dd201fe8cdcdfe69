"""What a lifecycle is: how one kind of Graph object is made, read, changed and removed.

A lifecycle knows Graph and nothing of Pulumi, so that anything can host it. Its inputs and outputs
are plain properties: JSON values under Graph's own camelCase names. An input that is left out is
left alone in the tenant and is not among the outputs; an empty one is made empty.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    # Only named here: importing it imports httpx, for which a program need not wait.
    from providers.graph.session import Graph

Properties = Mapping[str, object]


class Unknown:
    """The value of an input that is not known before the resources it depends on are made."""

    def __repr__(self) -> str:
        """Name it as Pulumi's previews do."""
        return "<unknown>"


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: its name, and what is wrong in a sentence."""

    property: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What has to happen to an object: the inputs that change, and those that replace it."""

    changes: Sequence[str] = ()
    replaces: Sequence[str] = ()
    delete_before_replace: bool = False


@dataclass(frozen=True)
class Made:
    """A created or adopted object: its ID and all of its outputs."""

    id: str
    outputs: dict[str, object] = field(default_factory=dict[str, object])


class Lifecycle(ABC):
    """One kind of Graph object. Instances hold no state; every method may be called again.

    ``outputs`` are the inputs that were given, as Graph has them, and always ``tenantId``, the
    tenant in which the object is. Every method that sends requests raises ``ProviderError`` and
    nothing else.
    """

    inputs: ClassVar[frozenset[str]]
    """The names of all inputs."""
    permission: ClassVar[str]
    """The Graph permission that all its requests need, application or delegated."""

    @abstractmethod
    def name(self, properties: Properties) -> str:
        """Name the object for a person: "user flow 'X'"."""

    @abstractmethod
    def validate(self, inputs: Properties) -> list[Problem]:
        """Everything that Graph would surely refuse; unknown values are passed over."""

    @abstractmethod
    def normalise(self, inputs: Properties) -> dict[str, object]:
        """The same inputs with their defaults filled in, in the form in which outputs are told."""

    @abstractmethod
    def plan(self, outputs: Properties, inputs: Properties) -> Plan:
        """Compare what is there with what is wanted."""

    @abstractmethod
    async def find(self, graph: Graph, inputs: Properties) -> Made | None:
        """The object that a creation with these inputs has made, ``None`` where there is none.

        One that was there before, or that differs from what is wanted, is not the creation's.
        """

    @abstractmethod
    async def create(self, graph: Graph, inputs: Properties) -> Made:
        """Make the object, or find the one that an interrupted run has made."""

    @abstractmethod
    async def read(self, graph: Graph, object_id: str, outputs: Properties) -> Made | None:
        """What Graph says now; ``None`` when the object is gone."""

    @abstractmethod
    async def update(
        self, graph: Graph, object_id: str, outputs: Properties, inputs: Properties
    ) -> dict[str, object]:
        """Change the object with the fewest requests; return all of its outputs."""

    @abstractmethod
    async def delete(self, graph: Graph, object_id: str, outputs: Properties) -> None:
        """Remove the object; one that is gone already is fine."""
