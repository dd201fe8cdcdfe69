"""Conditions on stored objects: pieces of SQL with their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


def fold(value: object) -> str:
    """A key's value as it is compared: Graph compares strings without regard to case."""
    return str(value).casefold()


Kinds = str | Sequence[str]
"""What objects are filed as: one kind, or several."""


@dataclass(frozen=True)
class Condition:
    """A condition on the table ``objects AS o``: SQL with ``?`` for each of ``parameters``."""

    sql: str = "1"
    parameters: tuple[Any, ...] = ()

    def also(self, other: Condition) -> Condition:
        """Both this one and ``other``."""
        return Condition(f"({self.sql}) AND ({other.sql})", (*self.parameters, *other.parameters))


ANYTHING = Condition()
"""The condition that every object fulfils."""


def key_is(name: str, value: object) -> Condition:
    """The condition that an indexed property is, or if it is a collection holds, ``value``."""
    return Condition(
        "o.seq IN (SELECT seq FROM keys WHERE kind = o.kind AND name = ? AND value = ?)",
        (name, fold(value)),
    )


def of_kinds(kind: Kinds, where: Condition, *, deleted: bool) -> Condition:
    """The tail of a SELECT over the objects of some kinds.

    The kind of a condition on one kind is written out: as a column of the outer query it would
    have SQLite look keys up anew for each object.
    """
    state = "IS NOT NULL" if deleted else "IS NULL"
    if isinstance(kind, str):
        sql = where.sql.replace("o.kind", f"'{kind}'")
        kinds = f"= '{kind}'"
    else:
        sql = where.sql
        kinds = f"IN ({', '.join(repr(k) for k in kind)})"
    return Condition(
        f"FROM objects AS o WHERE o.kind {kinds} AND o.deleted {state} AND ({sql})",
        where.parameters,
    )
