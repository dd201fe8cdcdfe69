"""The functions of ``$filter``: which there are, and what they are in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.conditions import Condition, fold
from localtenant.odata.errors import not_implemented, unsupported_query, wrong_filter
from localtenant.odata.filter_conditions import key_starts
from localtenant.odata.filter_scopes import Value
from localtenant.odata.types import BOOLEAN, EnumType, Primitive

if TYPE_CHECKING:
    from localtenant.odata.errors import GraphError
    from localtenant.odata.filter_scopes import Found

_NOT_HERE = {
    "concat", "date", "day", "hour", "indexof", "length", "matchespattern", "minute", "month",
    "now", "round", "second", "substring", "time", "tolower", "toupper", "trim", "year",
}  # fmt: skip


def check_function(name: str, *, restricted: bool) -> None:
    """Refuse a function that there is not, or that a ``restricted`` query does not take.

    The directory has no ``contains``.
    """
    if name in _NOT_HERE:
        raise not_implemented(f"{name}() in $filter")
    if name not in {"startswith", "endswith", "contains"} or (restricted and name == "contains"):
        raise wrong_filter(
            f"An unknown function with name '{name}' was found. This may also be a key lookup on "
            "a navigation property, which is not allowed."
        )
    if restricted and name == "endswith":
        raise unsupported_query("Unsupported Query.")


def text_function(name: str, found: Found, text: str) -> Condition:
    """``startswith``, ``endswith`` or ``contains`` of a property and a constant."""
    if not isinstance(found, Value) or not _is_text(found):
        raise no_signature(name)
    piece = fold(text)
    if not piece:
        return Condition(f"{found.sql} IS NOT NULL")
    folded = f"fold({found.sql})"
    if name == "startswith":
        if found.looked_up:
            return key_starts(found.looked_up, piece)
        return Condition(f"substr({folded}, 1, ?) = ?", (len(piece), piece))
    if name == "endswith":
        return Condition(f"substr({folded}, -?) = ?", (len(piece), piece))
    return Condition(f"instr({folded}, ?) > 0", (piece,))


def no_signature(name: str) -> GraphError:
    """400 for a function with arguments that it does not take."""
    arguments = "Edm.String Nullable=true, Edm.String Nullable=true"
    return wrong_filter(
        f"No function signature for the function with name '{name}' matches the specified "
        f"arguments. The function signatures considered are: {name}({arguments})."
    )


def _is_text(value: Value) -> bool:
    type_ = value.prop.type
    return isinstance(type_, EnumType | Primitive) and type_ is not BOOLEAN
