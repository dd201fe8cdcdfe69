"""How wide a text is on a picture, and how to make it fit.

The viewer's fonts are not known, so widths are those of the widest that are common: DejaVu's. With
any other the text ends earlier. No font is read: the table is for people, and no machine has the
same fonts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_ELLIPSIS: Final = "…"
_BREAKS: Final = " -_./"

_MONOSPACE: Final = 0.605
_SANS: Final = {
    character: width
    for width, characters in (
        (0.35, " 'ijl"),
        (0.40, ",./:;I\\|·"),
        (0.45, "-f"),
        (0.50, "!()[]`rt"),
        (0.55, '"*'),
        (0.60, "J_csz"),
        (0.65, "?Lx"),
        (0.70, "$0123456789EFTaekovy"),
        (0.75, "CPSYZbdghnpqu{}"),
        (0.80, "ABKRVX"),
        (0.85, "#+<=>DGHNU^~"),
        (0.90, "&OQ"),
        (0.95, "w"),
        (1.00, "@M…"),
        (1.05, "%m"),
        (1.15, "W"),
    )
    for character in characters
}
"""Advance widths in em of DejaVu Sans Bold, rounded up."""
_WIDE: Final = 1.4
"""Anything else: other scripts, ideographs and pictographs."""
_NOTHING: Final = ("Mn", "Me", "Cf")


@dataclass(frozen=True)
class Style:
    """A way to set text: the name of its CSS class, its size and the height of a line in pixels."""

    name: str
    size: float
    line: int
    monospace: bool = False
    icon: str | None = None
    """What is drawn before the text."""
    indent: int = 0
    """The room for an icon."""


TITLE: Final = Style("title", 20, 26)
NAME: Final = Style("name", 14, 19)
PLAIN: Final = Style("plain", 13, 18)
MUTED: Final = Style("muted", 12, 17)
CODE: Final = Style("code", 12, 17, monospace=True)
WARNING: Final = Style("warning", 12.5, 18, icon="warn", indent=16)
GRANTED: Final = Style("plain", 13, 18, icon="check", indent=16)
GRANTED_ON: Final = Style("plain", 13, 17, indent=16)
"""The further lines of a text that began with an icon."""


def width(text: str, style: Style) -> float:
    """An upper bound of the width in pixels, icon included."""
    return style.indent + style.size * sum(_advance(one, style) for one in text)


def fitted(text: str, style: Style, room: float) -> str:
    """The text, or as much of its beginning as leaves room for an ellipsis."""
    clean = printable(text)
    if width(clean, style) <= room:
        return clean
    while clean and width(clean + _ELLIPSIS, style) > room:
        clean = clean[:-1]
    return clean.rstrip() + _ELLIPSIS


def broken(text: str, style: Style, room: float, most: int) -> list[str]:
    """At most so many lines of a text; broken after a space or a sign where there is one."""
    rest, lines = printable(text), list[str]()
    while len(lines) < most - 1 and width(rest, style) > room:
        end = next(n for n in range(len(rest), 0, -1) if n == 1 or width(rest[:n], style) <= room)
        sign = max(rest.rfind(one, 0, end) for one in _BREAKS) + 1
        # A line that is nearly empty is worse than a word that is broken.
        end = sign if sign > end // 2 else end
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*lines, fitted(rest, style, room)]


def wrapped(parts: Sequence[str], style: Style, room: float) -> list[str]:
    """Lines that list the parts, with commas; a part too long for a line is cut."""
    lines: list[str] = []
    for number, part in enumerate(map(printable, parts)):
        ending = "," if number < len(parts) - 1 else ""
        joined = f"{lines[-1]} {part}{ending}" if lines else ""
        if lines and width(joined, style) <= room:
            lines[-1] = joined
        else:
            lines.append(part + ending)
    return [fitted(line, style, room) for line in lines]


def printable(text: str) -> str:
    """The text without what XML cannot hold or a terminal might obey."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _advance(character: str, style: Style) -> float:
    if unicodedata.category(character) in _NOTHING:
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    if style.monospace:
        narrow = unicodedata.east_asian_width(base) not in ("W", "F")
        return _MONOSPACE if narrow else _WIDE
    return _SANS.get(base, _WIDE)
