"""``$filter`` as text: parsed by odata-query, of which two limits are worked around here."""

from __future__ import annotations

import re

from odata_query.exceptions import FunctionCallException, ODataSyntaxError, ParsingException
from odata_query.grammar import ODataLexer, ODataParser

from localtenant.odata.errors import gateway

_STRINGS = re.compile(r"('(?:[^']|'')*')")
_CAST = re.compile(r"(?:microsoft\.)?graph\.\w+/", re.IGNORECASE)
_SEPARATOR = re.compile(r"/(?!\s*(?:any|all)\s*\()", re.IGNORECASE)
_FUNCTION = re.compile(r"\b(startswith|endswith|contains|tolower|toupper)\s*\(", re.IGNORECASE)
_SHORT_LIST = re.compile(r"(\bin\s*)\(\s*$", re.IGNORECASE)
_MOST_CHARACTERS = 8_000


def parse(text: str) -> object:
    """The syntax tree of a ``$filter``; 400 of the gateway where it has none."""
    if len(text) > _MOST_CHARACTERS:
        raise gateway("Invalid filter clause: The query is too long.")
    try:
        tree: object = ODataParser().parse(  # pyright: ignore[reportUnknownMemberType] - untyped
            ODataLexer().tokenize(_prepared(text))  # pyright: ignore[reportUnknownMemberType] - untyped
        )
    except FunctionCallException as error:
        raise gateway(f"Invalid filter clause: {error}") from error
    except (ODataSyntaxError, RecursionError, AttributeError) as error:
        token = error.token if isinstance(error, ParsingException) else None
        position = token.index if token is not None else len(text)
        raise _syntax(text, position) from error
    if tree is None:
        raise _syntax(text, len(text))
    return tree


def _syntax(text: str, position: int) -> Exception:
    return gateway(f"Invalid filter clause: Syntax error at position {position} in '{text}'.")


def _prepared(text: str) -> str:
    """``text`` in the dialect of odata-query, which wants lower-case function names and no casts.

    Paths become dotted names, because the library cannot parse a lambda behind three segments, and
    a list of one gets the comma that the library demands.
    """
    parts = _STRINGS.split(text)
    for i in range(0, len(parts), 2):
        part = _CAST.sub("", parts[i])
        part = _SEPARATOR.sub(".", part)
        parts[i] = _FUNCTION.sub(lambda m: m.group().lower(), part)
    for i in range(1, len(parts), 2):
        if _SHORT_LIST.search(parts[i - 1]) and parts[i + 1].lstrip().startswith(")"):
            parts[i] += ","
    return "".join(parts)
