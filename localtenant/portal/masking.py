"""What of a request and its answer may be kept: all of it but what gives access.

Nothing is kept that is not understood: bodies are JSON, forms or pages, and of any other kind, or
of one that only claims to be of these, there is but the size.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_plus

from localtenant.odata.types import is_array, is_object
from localtenant.portal.secret_names import (
    ADDRESSES,
    PROPERTIES,
    is_secret,
    may_hold_secrets,
    of_header,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "***"
KEPT = 16 * 1024
"""Bytes of a body."""
READ = 256 * 1024
"""Bytes of a body that is read to find its secrets; a larger one is not kept if it may hold any."""

# Each pattern passes over a text once, whatever somebody has put into it.
_RUN = re.compile(r"[\w.-]{12,}")
_PLACE = re.compile(r"(/signin/)[\w-]{20,}")
_INPUT = re.compile(r"<input\b[^<>]*>", re.IGNORECASE)
_NAME = re.compile(r'\bname="([^"]*)"', re.IGNORECASE)
_VALUE = re.compile(r'(\bvalue=)"[^"]*"', re.IGNORECASE)
_FIELD = re.compile(r"[\w.$:/\[\]-]{1,100}")
_SHORTEST = 6
_MOST_VALUES = 50
_DEEPEST = 3
"""How many addresses within addresses are read."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is kept of a body: text without secrets, its whole size in bytes, and what is missing.

    ``note`` says why there is no text, or not all.
    """

    text: str = ""
    size: int = 0
    note: str = ""


NOTHING = Body()


def address(text: str, depth: int = 0) -> str:
    """A path or a URL, with its query and its fragment, without secrets.

    ``depth`` is how many addresses it stands in.
    """
    rest, hashed, fragment = text.partition("#")
    path, asked, query = rest.partition("?")
    if "/signin/" in path:
        path = _PLACE.sub(rf"\1{HIDDEN}", path)
    return _known(f"{path}{asked}{_pairs(query, depth)}{hashed}{_pairs(fragment, depth)}")


def headers(found: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Headers without secrets; of a cookie the name stays, of credentials their kind."""
    kept: list[tuple[str, str]] = []
    for name, value in found:
        (named, close), text = of_header(name), value.decode("latin-1")
        kept.append((named, _header(named, text) if close or "eyJ" in text else text))
    return kept


def body(kind: str, raw: bytes, size: int) -> Body:
    """What may be kept of a body of a content type; ``raw`` may be but its first bytes."""
    if not size:
        return NOTHING
    whole = len(raw) == size
    if b"\0" in raw[:KEPT]:
        return Body("", size, "binary")
    if raw[:64].lstrip()[:1] in {b"{", b"["}:
        return _json(raw, size, whole=whole)
    if "x-www-form-urlencoded" in kind and whole:
        return _cut(_known(_pairs(raw.decode("utf-8", "replace"))), size)
    if "html" in kind and whole:
        return _cut(_page(raw.decode("utf-8", "replace")), size)
    return Body("", size, f"{kind or 'no content type'}: not kept")


def _header(name: str, value: str) -> str:
    if name in ADDRESSES:
        return address(value)
    if not is_secret(name):
        return _known(value)
    if name == "cookie":
        return "; ".join(f"{c.partition('=')[0].strip()}={HIDDEN}" for c in value.split(";"))
    if name == "set-cookie":
        first, semicolon, rest = value.partition(";")
        return f"{first.partition('=')[0]}={HIDDEN}{semicolon}{rest}"
    if name.endswith("authorization"):
        scheme, space, _ = value.partition(" ")
        return f"{scheme if space else ''}{space}{HIDDEN}"
    return HIDDEN


def _pairs(text: str, depth: int = 0) -> str:
    """A query, a fragment or a form."""
    return "&".join(_pair(one, depth) for one in text.split("&")) if text else ""


def _pair(text: str, depth: int) -> str:
    encoded, equals, value = text.partition("=")
    name = unquote_plus(encoded)
    if not equals or not _FIELD.fullmatch(name):
        return HIDDEN if text else ""
    if value and is_secret(name):
        return f"{encoded}={HIDDEN}"
    # An address in a parameter may have parameters of its own.
    decoded = unquote_plus(value) if "%" in value else value
    if "?" not in decoded and "#" not in decoded:
        return text
    if depth == _DEEPEST:
        return f"{encoded}={HIDDEN}"
    return f"{encoded}={quote(address(decoded, depth + 1), safe='/:*')}"


def _known(text: str) -> str:
    """Text without what has the form of a token."""
    return _RUN.sub(_shorn, text) if "eyJ" in text else text


def _shorn(found: re.Match[str]) -> str:
    run = found[0]
    start = run.find("eyJ")
    return f"{run[:start]}eyJ{HIDDEN}" if start >= 0 and run.find(".", start + 8) > 0 else run


def _page(text: str) -> str:
    def hide(found: re.Match[str]) -> str:
        name = _NAME.search(found[0])
        secret = name is None or is_secret(unescape(name[1]))
        return _VALUE.sub(rf'\1"{HIDDEN}"', found[0]) if secret else found[0]

    return _known(_PLACE.sub(rf"\1{HIDDEN}", _INPUT.sub(hide, text)))


def _json(raw: bytes, size: int, *, whole: bool) -> Body:
    # What stands in the part that is kept has its name there, too.
    if not may_hold_secrets(raw[:KEPT]):
        return _cut(raw[: KEPT + 4].decode("utf-8", "replace"), size)
    if not whole:
        return Body("", size, "too large to take out what is secret: not kept")
    values: set[str] = set()
    try:
        found = _without(json.loads(raw), values)
    except (ValueError, RecursionError):
        return Body("", size, "no JSON, though it begins like it: not kept")
    if len(values) > _MOST_VALUES:
        return Body("", size, "too much in it is secret: not kept")
    text = json.dumps(found, ensure_ascii=False)
    # A device's message to its user repeats the code.
    for value in values:
        text = text.replace(json.dumps(value, ensure_ascii=False)[1:-1], HIDDEN)
    return _cut(_known(text).encode("utf-8", "replace").decode(), size)


def _without(
    value: Any,  # noqa: ANN401 - any JSON
    values: set[str],
    *,
    secret: bool = False,
    error: bool = False,
) -> Any:  # noqa: ANN401 - as above
    """JSON with all hidden that is secret; ``values`` gathers what was."""
    if is_object(value):
        return {
            name: _without(
                one,
                values,
                secret=secret or _is_property(name, error=error),
                error=error or name == "error",
            )
            for name, one in value.items()
        }
    if is_array(value):
        return [_without(one, values, secret=secret, error=error) for one in value]
    if value is None or not secret:
        return value
    if isinstance(value, str) and len(value) >= _SHORTEST:
        values.add(value)
    return HIDDEN


def _is_property(name: str, *, error: bool) -> bool:
    folded = name.lower()
    return folded in PROPERTIES and not (error and folded == "code")


def _cut(text: str, size: int) -> Body:
    if len(text) <= KEPT:
        return Body(text, size)
    return Body(text[:KEPT], size, f"cut after {KEPT // 1024} KiB")
