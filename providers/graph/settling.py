"""Telling an object that is gone from one that has not reached every replica yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, TypeVar

from providers.graph.lag import SETTLE_SECONDS, Lag

if TYPE_CHECKING:
    from providers.graph.session import Graph

T = TypeVar("T")


async def find_settled(
    graph: Graph,
    object_id: str,
    what: str,
    request: Callable[[], Awaitable[T]],
    listed: Callable[[], Awaitable[Collection[str]]],
) -> T | None:
    """Send a request about an object; ``None`` where Graph has no such object.

    One that was just made may not have reached the replica that answers; ``listed``, the IDs of its
    collection, tells whether it is there, and then it is waited for. Taken for gone, it would be
    forgotten.
    """
    found = await graph.find(what, request)
    if found is None and object_id in await graph.send(what, listed):
        return await graph.send(what, request, lag=(Lag(404),), seconds=SETTLE_SECONDS)
    return found
