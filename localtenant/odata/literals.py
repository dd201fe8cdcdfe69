"""Literals: JSON values of primitive types and enumerations, checked and brought into one form."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from uuid import UUID

from localtenant.odata.errors import bad_request
from localtenant.odata.types import (
    BINARY,
    BOOLEAN,
    DATE_TIME,
    GUID,
    INT32,
    INT64,
    EnumType,
    Primitive,
)

_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE
)
_FRACTION = re.compile(r"\.\d+")
_WHOLE_NUMBERS = {INT32: range(-(2**31), 2**31), INT64: range(-(2**63), 2**63)}


def read_enum(type_: EnumType, value: object) -> str:
    """The member of an enumeration that a JSON value names, as Graph spells it."""
    member = None
    if isinstance(value, str):
        member = _flags(type_, value) if type_.flags else type_.member(value)
    if member is None:
        raise _bad_literal(value, f"microsoft.graph.{type_.name}")
    return member


def _flags(type_: EnumType, text: str) -> str | None:
    """The members that a text joins by commas, in declared order; None if one is unknown."""
    named = {type_.member(part.strip()) for part in text.split(",")}
    return None if None in named else ",".join(m for m in type_.members if m in named)


def read_primitive(type_: Primitive, value: object) -> object:
    """A JSON value of a primitive type; 400 for one that cannot be read as such."""
    if type_ is BOOLEAN:
        fits = isinstance(value, bool)
    elif type_ in _WHOLE_NUMBERS:
        whole = isinstance(value, int) and not isinstance(value, bool)
        fits = whole and value in _WHOLE_NUMBERS[type_]
    else:
        fits = isinstance(value, str) and _fits_text(type_, value)
    if not fits:
        raise _bad_literal(value, type_.name)
    if isinstance(value, str) and type_ in {GUID, DATE_TIME}:
        return value.lower() if type_ is GUID else _in_utc(value)
    return value


def _fits_text(type_: Primitive, value: str) -> bool:
    if type_ is GUID:
        return is_guid(value)
    if type_ is DATE_TIME:
        return is_date_time(value)
    if type_ is BINARY:
        try:
            base64.b64decode(value, validate=True)
        except binascii.Error:
            return False
    return True


def is_guid(value: str) -> bool:
    """Whether a text is a GUID in Graph's form, with dashes and without braces."""
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False


def is_date_time(value: str) -> bool:
    """Whether a text is an Edm.DateTimeOffset that exists in the calendar."""
    if _DATE_TIME.fullmatch(value) is None:
        return False
    try:
        _in_utc(value)
    except (ValueError, OverflowError):
        return False
    return True


def _in_utc(value: str) -> str:
    """A date as Graph shows it: in UTC, which its pages say of every date, else as it was sent."""
    moment = datetime.fromisoformat(_FRACTION.sub("", value.upper())).astimezone(UTC)
    if value.endswith(("Z", "z")):
        return value
    fraction = _FRACTION.search(value)
    return f"{moment.replace(tzinfo=None).isoformat()}{fraction[0] if fraction else ''}Z"


def _bad_literal(value: object, expected: str) -> Exception:
    text = value if isinstance(value, str) else json.dumps(value)
    return bad_request(f"Cannot convert the literal '{text}' to the expected type '{expected}'.")
