"""What stands in each box of the picture, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from commands.tenant_map import words
from commands.tenant_map.model import Access, Api, Client, Flow, Permission
from commands.tenant_map.text import (
    CODE,
    GRANTED,
    GRANTED_ON,
    MUTED,
    NAME,
    PLAIN,
    WARNING,
    Style,
    broken,
    fitted,
    wrapped,
)

_MOST_PERMISSIONS: Final = 12


@dataclass(frozen=True)
class Line:
    """A line of text that fits its box; `full` is what had to be cut, else None."""

    text: str
    style: Style
    full: str | None = None


Lines = list[Line]


def flow(one: Flow, room: float) -> Lines:
    """Name, identity providers and attributes of a user flow."""
    lines = _name(one.name, room)
    if not one.exists:
        return [*lines, *_notes(words.existence(one), room)]
    lines += _cut([words.purpose(one)], MUTED, room)
    lines += _list("signs in with", [words.provider(each) for each in one.identity_providers], room)
    lines += _list("asks for", one.attributes, room)
    rest = words.others(one)
    return [*lines, *_cut([rest] if rest else [], MUTED, room)]


def client(one: Client, flows: Sequence[Flow], now: datetime, room: float, *, ids: bool) -> Lines:
    """Name, kind, redirect URIs and secret of a client."""
    lines = [*_name(one.name, room), *_cut([words.kind(one)], MUTED, room)]
    lines += _broken(one.client_id, CODE, room) if ids else []
    if one.redirect_uris:
        lines += _broken(one.redirect_uris[0], CODE, room)
        more = len(one.redirect_uris) - 1
        if more:
            lines += _cut([f"and {words.counted(more, 'more redirect URI')}"], MUTED, room)
    return [*lines, *_notes(words.client_notes(one, flows, now), room)]


def granted(one: Access, api: Api, room: float) -> Lines:
    """What is consented to, of which API."""
    first, *more = _broken(api.name, GRANTED, room)
    name = [first, *(replace(line, style=GRANTED_ON) for line in more)]
    return [*name, *_wrapped(one.granted, CODE, room)]


def missing(one: Access, api: Api, room: float) -> Lines:
    """What is not, though the client asks for it."""
    heading = _cut([words.CONSENT_MISSING], WARNING, room)
    return [*heading, *_broken(api.name, PLAIN, room), *_wrapped(one.missing, CODE, room)]


def api(one: Api, room: float, *, ids: bool) -> Lines:
    """Name, scopes and app roles of an API."""
    lines = [*_name(one.name, room), *(_broken(one.client_id, CODE, room) if ids else [])]
    if not one.exists:
        return [*lines, *_notes(words.existence(one), room)]
    used = "" if one.own else " in use"
    for heading, offered in ((f"scopes{used}", one.scopes), (f"app roles{used}", one.roles)):
        if offered:
            lines += [*_cut([heading], MUTED, room), *_permissions(offered, room)]
    return lines


def _permissions(offered: Sequence[Permission], room: float) -> Iterator[Line]:
    shown = offered if len(offered) <= _MOST_PERMISSIONS else offered[: _MOST_PERMISSIONS - 1]
    yield from _cut([words.permission(each) for each in shown], CODE, room)
    if len(shown) < len(offered):
        yield from _cut([f"and {len(offered) - len(shown)} more"], MUTED, room)


def _name(name: str, room: float) -> Lines:
    return _broken(name, NAME, room, most=3)


def _notes(notes: Sequence[words.Note], room: float) -> Lines:
    return [
        line for note in notes for line in _cut([note.text], WARNING if note.warns else PLAIN, room)
    ]


def _list(heading: str, parts: Sequence[str], room: float) -> Lines:
    return [*_cut([heading], MUTED, room), *_wrapped(parts, PLAIN, room)] if parts else []


def _broken(text: str, style: Style, room: float, most: int = 2) -> Lines:
    lines = broken(text, style, room, most)
    cut = lines[-1].endswith("…") and not text.endswith("…")
    return [Line(each, style, text if cut else None) for each in lines]


def _wrapped(parts: Sequence[str], style: Style, room: float) -> Lines:
    lines = wrapped(parts, style, room)
    whole = not any(each.endswith("…") for each in lines)
    return [Line(each, style, None if whole else ", ".join(parts)) for each in lines]


def _cut(texts: Sequence[str], style: Style, room: float) -> Lines:
    return [
        Line(fit, style, _full(fit, text)) for text in texts for fit in [fitted(text, style, room)]
    ]


def _full(shown: str, text: str) -> str | None:
    return None if shown == text else text
