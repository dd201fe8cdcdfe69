"""Creations that make one object, whatever becomes of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from engine.azuread.errors import StandInError
from engine.azuread.retries import Symptom
from engine.azuread.values import Properties

if TYPE_CHECKING:
    from engine.azuread.graph import Graph
    from engine.azuread.resources.lifecycle import Deployer


@dataclass(frozen=True)
class Creation:
    """The request that creates an object: its path, its body, and what `Graph.post` needs."""

    path: str
    body: Properties
    doing: str
    lag: tuple[Symptom, ...] = ()


class Finder(Protocol):
    """What a resource type knows about the objects that a creation may have made."""

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the objects that look as if this creation had made them since a moment."""
        ...

    async def take(self, graph: Graph, creation: Creation, found: Properties) -> Properties | None:
        """Return the answer that got lost, by the object that was found."""
        ...


async def create_once(
    finder: Finder, graph: Graph, deployer: Deployer, creation: Creation
) -> Properties:
    """Send the request until there is one object of it, and return what Graph answers about it.

    What was known before the request, or made by another request of this process, is never taken
    for its work; where that leaves several it is an error, because one of them is another's.
    """
    # Graph's times have whole seconds.
    since = datetime.now(UTC).replace(microsecond=0)

    async def look() -> Properties | None:
        candidates = await finder.find(graph, deployer, creation, since)
        found = [one for one in candidates if _key(one) not in graph.known]
        if len(found) > 1:
            raise StandInError(
                f"could not {creation.doing}: no answer came, and {len(found)} objects could be "
                f"its work ({', '.join(map(_key, found))}). Delete those that nobody needs, then "
                "run pulumi again."
            )
        return await finder.take(graph, creation, found[0]) if found else None

    # One at a time of those that look the same: they could not be told apart.
    async with graph.exclusive(f"{creation.path} {_looks(creation.body)}"):
        made = await graph.post(
            creation.path, creation.body, doing=creation.doing, look=look, lag=creation.lag
        )
        graph.known.add(_key(made))
        return made


def is_since(moment: object, since: datetime) -> bool:
    """Tell whether a time as Graph writes it (`2027-01-02T03:04:05Z`) is not before `since`."""
    try:
        return datetime.fromisoformat(str(moment)) >= since
    except (TypeError, ValueError):
        return False


def _key(made: Properties) -> str:
    return str(made.get("keyId") or made["id"])


def _looks(body: Properties) -> str:
    """What objects have in common that could be taken for each other."""
    return str(body.get("displayName") or sorted(body.items(), key=repr))
