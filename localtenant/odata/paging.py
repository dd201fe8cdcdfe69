"""``$skiptoken``: from where a page goes on.

A token holds what the last object of a page was sorted by, and its place in the order of creation.
So objects that are made or deleted between two pages neither repeat nor hide any other.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from localtenant.conditions import Condition
from localtenant.odata.errors import GraphError
from localtenant.odata.types import is_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localtenant.odata.query import Query, Term
    from localtenant.transaction import Row, Transaction

_HEAD = "RFNwdAoA"
_LARGEST = 2**63
_LONGEST_PLACE = 9


def token_after(tx: Transaction, query: Query, last: Row) -> str:
    """The opaque token for the page behind the row ``last``."""
    sorted_by = tx.values(last.seq, [t.sql for t in query.order]) if query.order else []
    return pack([last.seq, *sorted_by])


def pack(values: Sequence[Any]) -> str:
    """Values as an opaque token."""
    plain = json.dumps(list(values), separators=(",", ":"))
    return _HEAD + base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def unpack(token: str) -> list[Any]:
    """The values in a token; the directory's 400 for what is none. Its text is inferred."""
    try:
        packed = token.removeprefix(_HEAD)
        plain = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        values: Any = json.loads(plain)
    except (ValueError, RecursionError, binascii.Error):
        values = None
    if not token.startswith(_HEAD) or not is_array(values) or not all(map(_is_plain, values)):
        raise GraphError(
            400,
            "Directory_ExpiredPageToken",
            "The specified page token value has expired and can no longer be included in your "
            "request.",
        )
    return values


def place_of(token: str, keys: Sequence[str]) -> int:
    """Where in ``keys`` the page begins whose token holds its place and the key before it.

    That key may be gone: then its place counts.
    """
    values = unpack(token)
    place, _, key = str(values[0]).partition(" ") if values else ("", "", "")
    if not place.isascii() or not place.isdigit() or len(place) > _LONGEST_PLACE:
        unpack("")
    return keys.index(key) + 1 if key in keys else int(place) - 1


def _is_plain(value: object) -> bool:
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    return value is None or isinstance(value, str | float)


def after(token: str, order: Sequence[Term]) -> Condition:
    """The condition of the objects behind the one that a token stands for."""
    values = unpack(token)
    if len(values) != len(order) + 1:
        values = unpack("")
    seq, *sorted_by = values
    sql, parameters = "o.seq > ?", (seq,)
    for term, value in reversed(list(zip(order, sorted_by, strict=True))):
        sql = f"({_behind(term, value)} OR ({term.sql} IS ? AND {sql}))"
        parameters = (*(() if value is None else (value,)), value, *parameters)
    return Condition(sql, parameters)


def _behind(term: Term, value: object) -> str:
    """SQL for what is sorted behind ``value``; SQLite sorts null before everything."""
    if value is None:
        return "0" if term.descending else f"{term.sql} IS NOT NULL"
    if term.descending:
        return f"({term.sql} < ? OR {term.sql} IS NULL)"
    return f"{term.sql} > ?"
