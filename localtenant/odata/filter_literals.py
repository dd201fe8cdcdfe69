"""Constants of a filter, brought into the form in which SQLite compares them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from localtenant.conditions import fold
from localtenant.odata.errors import GraphError, wrong_filter
from localtenant.odata.literals import is_date_time, is_guid, read_enum
from localtenant.odata.types import BOOLEAN, DATE_TIME, GUID, INT32, STRING, EnumType, Primitive

if TYPE_CHECKING:
    from localtenant.odata.filter_scopes import Value
    from localtenant.odata.filter_syntax import Literal
    from localtenant.odata.types import Property

_KINDS = {
    "eq": "Equal",
    "ne": "NotEqual",
    "gt": "GreaterThan",
    "ge": "GreaterThanOrEqual",
    "lt": "LessThan",
    "le": "LessThanOrEqual",
}
_LITERALS = {
    "string": "Edm.String",
    "guid": "Edm.Guid",
    "moment": "Edm.DateTimeOffset",
    "date": "Edm.Date",
    "boolean": "Edm.Boolean",
    "enum": "Edm.String",
}
_NUMBERS = {
    "Edm.Byte",
    "Edm.Decimal",
    "Edm.Double",
    "Edm.Int16",
    "Edm.Int32",
    "Edm.Int64",
    "Edm.SByte",
    "Edm.Single",
}
_LONGEST_INTEGER = 18


@lru_cache(maxsize=4096)
def moment(text: str) -> float | None:
    """The time that an Edm.DateTimeOffset or an Edm.Date names, in seconds; None if it is none."""
    try:
        when = datetime.fromisoformat(text.upper())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def column(value: Value) -> str:
    """SQL of a value in the form in which :func:`constant` gives what it is compared with."""
    if value.key or _is_number(value.prop) or value.prop.type is BOOLEAN:
        return value.sql
    if value.prop.type is DATE_TIME:
        return f"moment({value.sql})"
    return f"fold({value.sql})"


def constant(prop: Property, literal: Literal, operator: str) -> object:
    """A constant that a property is compared with; the gateway's 400 if it is of another type."""
    value = _read(prop, literal)
    if value is None or (prop.type is BOOLEAN and operator not in {"eq", "ne"}):
        raise incompatible(prop.type_name, type_of(literal), operator)
    return value


def _read(prop: Property, literal: Literal) -> object:
    """The value of a constant for a property; None if it is of another type."""
    kind, text = literal.kind, literal.text
    if _is_number(prop):
        return _number(text) if kind == "number" else None
    if prop.type is BOOLEAN:
        return int(text == "true") if kind == "boolean" else None
    if prop.type is DATE_TIME:
        return _moment(literal) if kind in {"moment", "date"} else None
    if isinstance(prop.type, EnumType):
        return _member(prop.type, text) if kind in {"string", "enum"} else None
    if prop.type is GUID:
        return fold(text) if is_guid(text) else None
    fits = kind == "string" or (prop.type is not STRING and kind in {"moment", "date", "guid"})
    return fold(text) if fits else None


def incompatible(left: str, right: str, operator: str) -> GraphError:
    """400 for a comparison of values of two types."""
    return wrong_filter(
        "A binary operator with incompatible types was detected. Found operand types "
        f"'{left}' and '{right}' for operator kind '{_KINDS[operator]}'."
    )


def type_of(literal: Literal) -> str:
    """The type of a constant, as messages name it."""
    if literal.kind == "number":
        whole = literal.text.lstrip("+-").isdigit()
        small = whole and len(literal.text) <= _LONGEST_INTEGER and abs(int(literal.text)) < 2**31
        return "Edm.Int32" if small else "Edm.Int64" if whole else "Edm.Double"
    return _LITERALS.get(literal.kind, "<null>")


def _is_number(prop: Property) -> bool:
    return isinstance(prop.type, Primitive) and prop.type.name in _NUMBERS | {INT32.name}


def _number(text: str) -> int | float:
    if text.lstrip("+-").isdigit() and len(text) <= _LONGEST_INTEGER:
        return int(text)
    return float(text)


def _moment(literal: Literal) -> float:
    found = moment(literal.text)
    if found is None or (literal.kind == "moment" and not is_date_time(literal.text)):
        raise wrong_filter(
            f"The DateTimeOffset text '{literal.text}' should be in format "
            "'yyyy-mm-ddThh:mm:ss('.'s+)?(zzzzzz)?' and each field value is within valid range."
        )
    return found


def _member(type_: EnumType, text: str) -> str:
    try:
        return fold(read_enum(type_, text))
    except GraphError as error:
        message = f"The string '{text}' is not a valid enumeration type constant."
        raise wrong_filter(message) from error
