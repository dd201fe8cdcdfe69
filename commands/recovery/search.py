"""A look into the tenant for what an interrupted run has made, and what all looks share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from providers.graph.session import Graph

Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Search:
    """A look into the tenant for what was made after `since`, when the stack had been at rest."""

    graph: Graph
    since: datetime | None


Finder = Callable[[Search, Inputs], Awaitable[list[str]]]
"""The ids, in the azuread plugin's form, of what a creation with these inputs may have made."""


class Dated(Protocol):
    """An object that Graph tells the creation of."""

    created_date_time: datetime | None


def is_new(one: Dated, since: datetime | None) -> bool:
    """Whether an object was made after a moment; Graph's times have whole seconds."""
    made = one.created_date_time
    return since is not None and made is not None and made >= since.replace(microsecond=0)


def quoted(value: object) -> str:
    """A text as it stands in a filter."""
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"
