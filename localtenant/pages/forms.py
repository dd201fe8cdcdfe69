"""The fields of a form that a browser sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict

if TYPE_CHECKING:
    from starlette.requests import Request

Form = ImmutableMultiDict[str, str]
_LARGEST = 100_000
"""Bytes."""
_MOST_FIELDS = 1000


async def read(request: Request) -> Form:
    """The fields of a form; none of what is too large, or of another kind."""
    size = request.headers.get("content-length", "0")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    known = size.isdecimal() and int(size) <= _LARGEST
    if kind != "application/x-www-form-urlencoded" or not known:
        return Form()
    text = (await request.body())[:_LARGEST].decode("utf-8", "replace")
    try:
        return Form(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return Form()
