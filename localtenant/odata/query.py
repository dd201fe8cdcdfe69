"""What a request's query options come to, once they are read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.conditions import ANYTHING, Condition

if TYPE_CHECKING:
    from localtenant.odata.model import Child, Entity, References, View

PAGE = 100
LARGEST_PAGE = 999


@dataclass(frozen=True)
class Term:
    """One thing to sort by: SQL on ``objects AS o``, and the direction."""

    sql: str
    descending: bool = False

    @property
    def order(self) -> str:
        """The term as it stands behind ``ORDER BY``."""
        return f"{self.sql} DESC" if self.descending else self.sql


@dataclass(frozen=True)
class Expansion:
    """A navigation that ``$expand`` names, what it may lead to, and the options in parentheses."""

    navigation: References | View | Child
    entities: tuple[Entity, ...]
    query: Query


@dataclass(frozen=True)
class Query:
    """A request's query options.

    ``select`` and ``expand`` are empty when not given. ``where`` is what ``$filter`` and
    ``$search`` demand, ``filter`` the former's text. ``after`` is what ``token``, the
    ``$skiptoken``, says of a page that is not the first. ``counted`` asks for ``@odata.count``.
    """

    select: tuple[str, ...] = ()
    expand: tuple[Expansion, ...] = ()
    where: Condition = ANYTHING
    filter: str = ""
    order: tuple[Term, ...] = ()
    top: int = PAGE
    after: Condition = ANYTHING
    token: str | None = None
    counted: bool = False

    @property
    def sorting(self) -> str:
        """What stands behind ``ORDER BY``: the terms, and the order of creation."""
        return ", ".join([*(t.order for t in self.order), "o.seq"])
