"""Observing: what the engine tells of a write that succeeded, to whom a model names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localtenant.odata.answers import Answer
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.route import Route
    from localtenant.odata.types import Json


@dataclass(frozen=True)
class Written:
    """A request that changed something.

    ``target`` is the object at the request's path as it was before, or as it is if the request made
    it; empty if there is no such object. ``entity`` declares it.
    """

    route: Route
    entity: Entity
    target: Json
    answer: Answer


Observer = Callable[["Call", Written], None]
"""It may write; if it raises, the write that it hears of is undone."""
