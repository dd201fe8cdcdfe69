"""Owners of applications and service principals.

As the real plugin does it: the deployer is always among the first owners, because a deployer that
holds only `Application.ReadWrite.OwnedBy` could not go on otherwise, and is taken out at the end
unless the program lists it.
"""

from __future__ import annotations

from typing import Final

from engine.azuread.graph import Graph
from engine.azuread.retries import NOT_FOUND, OWNER_ADDED, OWNER_REMOVED
from engine.azuread.values import Properties

_AT_CREATION: Final = 20
"""How many owners Graph takes in the request that creates an object."""


def first(graph: Graph, deployer: str, wanted: list[str]) -> Properties:
    """Return the part of a creation's body that names the first owners, the deployer foremost."""
    chosen = [deployer, *_others(deployer, wanted)][:_AT_CREATION]
    return {"owners@odata.bind": [graph.reference(owner) for owner in chosen]}


async def settle(graph: Graph, path: str, deployer: str, wanted: list[str], name: str) -> list[str]:
    """Bring the owners of the new object at `path` to what is wanted, and return them."""
    for owner in [deployer, *_others(deployer, wanted)][_AT_CREATION:]:
        await _add(graph, path, owner, name)
    if not _among(deployer, wanted):
        await _remove(graph, path, deployer, name)
    return wanted


async def change(graph: Graph, path: str, wanted: list[str], name: str) -> None:
    """Add the owners that are missing, then remove those that are not wanted."""
    actual = await read(graph, path, name)
    for owner in wanted:
        if not _among(owner, actual):
            await _add(graph, path, owner, name)
    for owner in actual:
        if not _among(owner, wanted):
            await _remove(graph, path, owner, name)


async def read(graph: Graph, path: str, name: str) -> list[str]:
    """Return the object IDs of the owners."""
    owners = await graph.list(
        f"{path}/owners", doing=f"read the owners of {name}", lag=(NOT_FOUND,)
    )
    return [str(owner["id"]) for owner in owners]


async def _add(graph: Graph, path: str, owner: str, name: str) -> None:
    async def look() -> Properties | None:
        return {} if _among(owner, await read(graph, path, name)) else None

    await graph.post(
        f"{path}/owners/$ref",
        {"@odata.id": graph.reference(owner)},
        doing=f"make {owner} an owner of {name}",
        look=look,
        lag=OWNER_ADDED,
    )


async def _remove(graph: Graph, path: str, owner: str, name: str) -> None:
    async def look() -> Properties | None:
        return None if _among(owner, await read(graph, path, name)) else {}

    await graph.delete(
        f"{path}/owners/{owner}/$ref",
        doing=f"remove owner {owner} from {name}",
        look=look,
        lag=OWNER_REMOVED,
    )


def _others(deployer: str, wanted: list[str]) -> list[str]:
    return [owner for owner in wanted if not _same(owner, deployer)]


def _among(owner: str, owners: list[str]) -> bool:
    return any(_same(owner, other) for other in owners)


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()
