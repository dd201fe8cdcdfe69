"""The pieces of SQL that conditions of filters are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.conditions import Condition
from localtenant.odata.errors import unsupported_query, wrong_filter
from localtenant.odata.filter_scopes import Scope, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localtenant.odata.filter_scopes import Found

_MOST_CLAUSES = 15
_LONGEST_CHAIN = 100


def joined(word: str, conditions: Sequence[Condition]) -> Condition:
    """Conditions joined by ``AND`` or ``OR``, in groups: SQLite limits how deep a chain is."""
    parameters = tuple(p for c in conditions for p in c.parameters)
    parts = [c.sql for c in conditions]
    while len(parts) > 1:
        groups = [parts[i : i + _LONGEST_CHAIN] for i in range(0, len(parts), _LONGEST_CHAIN)]
        parts = [f"({f' {word} '.join(g)})" for g in groups]
    return Condition(parts[0], parameters)


def negated(inner: Condition) -> Condition:
    """What is true wherever ``inner`` is not, be it false or unknown."""
    return Condition(f"(({inner.sql}) IS NOT 1)", inner.parameters)


def absent(found: Found) -> Condition:
    """The condition that a value, simple or complex, is null."""
    if isinstance(found, Value):
        return Condition(f"{found.sql} IS NULL")
    if isinstance(found, Scope) and found.trail:
        return Condition(f"json_extract({found.document}, '$.{'.'.join(found.trail)}') IS NULL")
    if isinstance(found, Scope):
        return Condition(f"{found.key} IS NULL")
    raise wrong_filter("A collection cannot be compared with null.")


def key_in(looked_up: tuple[str, str, str], values: Sequence[object]) -> Condition:
    """The condition that an indexed property is, or holds, one of ``values``."""
    alias, kind, name = looked_up
    marks = ", ".join("?" * len(values))
    return Condition(
        f"{alias}.seq IN (SELECT seq FROM keys WHERE kind = '{kind}' AND name = '{name}'"  # noqa: S608 - declared names
        f" AND value IN ({marks}))",
        tuple(values),
    )


def key_starts(looked_up: tuple[str, str, str], piece: str) -> Condition:
    """The condition that an indexed property starts with ``piece``, which is folded."""
    alias, kind, name = looked_up
    return Condition(
        f"{alias}.seq IN (SELECT seq FROM keys WHERE kind = '{kind}' AND name = '{name}'"  # noqa: S608 - declared names
        " AND value >= ? AND value < ?)",
        (piece, piece + "\U0010ffff"),
    )


def check_clauses(number: int) -> None:
    """Refuse more alternatives than the directory takes without an advanced query."""
    if number > _MOST_CLAUSES:
        raise unsupported_query(
            "Too many child clauses specified in search filter expression containing 'OR' "
            f"operators: {number}. Max allowed: {_MOST_CLAUSES}."
        )
