"""Writes a map as an SVG picture that stands alone: no script, no font, nothing to be fetched.

The standard library's ElementTree writes it: what a drawing library would add is the layout, which
is the map's own, and shapes, of which there are three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from commands.tenant_map import words
from commands.tenant_map.boxes import COLUMNS, CONSENT, MARGIN, PADDING, TOP, WIDTH, Box
from commands.tenant_map.layout import Picture, laid_out
from commands.tenant_map.lines import Edge
from commands.tenant_map.look import CSS
from commands.tenant_map.model import Map
from commands.tenant_map.text import MUTED, PLAIN, TITLE, WARNING, Style, fitted, printable, width

_ICONS: Final = {
    "warn": "M6 1 L11.6 11 H0.4 Z M6 4.4 V7.4 M6 9 V9.4",
    "check": "M1.5 6.5 L4.5 9.5 L10.5 2.5",
}
"""Paths in a square of 12 pixels."""

_ROOM: Final = WIDTH - 2 * MARGIN
_HEADINGS: Final = TOP - 12
_FOOT: Final = 44
_BEND: Final = 6
_WITHOUT_HEAD: Final = ("plain", "plain missing")
_EMPTY: Final = "Nothing is in it: no user flow, no client, no API."


def svg(shown: Map, now: datetime, *, ids: bool = False) -> str:
    """The picture as the text of an SVG file; `ids` puts client IDs into it."""
    picture = laid_out(shown, now, ids=ids)
    height = round(picture.bottom + (_FOOT if picture.edges else MARGIN))
    if not picture.boxes:
        height += 30
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height}",
            "width": str(WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "map-title map-description",
        },
    )
    _child(root, "title", printable(f"External ID tenant {shown.tenant}"), id="map-title")
    _child(root, "desc", printable(words.description(shown, now)), id="map-description")
    _child(root, "style", CSS)
    _child(
        root, "rect", x=0.5, y=0.5, width=WIDTH - 1, height=height - 1, rx=10, **{"class": "paper"}
    )
    _heading(root, shown, now)
    if picture.boxes:
        _columns(root, picture)
    else:
        _text(root, MARGIN, TOP, _EMPTY, PLAIN)
    for look, edges in groupby(picture.edges, key=lambda one: (one.look, one.lane)):
        _edges(root, look[0], list(edges))
    for box in picture.boxes:
        _box(root, box)
    _legend(root, picture, height - 18)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def _heading(root: ET.Element, shown: Map, now: datetime) -> None:
    _text(root, MARGIN, 36, fitted(f"External ID tenant {shown.tenant}", TITLE, _ROOM), TITLE)
    contents = words.contents(shown)
    _text(root, MARGIN, 57, contents, MUTED)
    told = words.warnings(shown, now)
    if told:
        after = MARGIN + width(contents, MUTED) + 16
        _text(root, after, 57, words.counted(len(told), "warning"), WARNING)


def _columns(root: ET.Element, picture: Picture) -> None:
    for column in COLUMNS:
        empty = not any(box.column == column for box in picture.boxes)
        heading = f"{column.heading}: none" if empty else column.heading
        _text(root, column.x, _HEADINGS, heading, Style("heading", 13, 17))


def _box(root: ET.Element, box: Box) -> None:
    group = _child(root, "g", **{"class": f"box {box.look}"})
    _child(
        group,
        "rect",
        x=box.column.x,
        y=box.y,
        width=box.column.width,
        height=box.height,
        rx=7,
    )
    y = box.y + PADDING - 3
    for line in box.lines:
        y += line.style.line
        drawn = _text(group, box.column.x + PADDING, y - 4, line.text, line.style)
        if line.full is not None:
            _child(drawn, "title", printable(line.full))


def _edges(root: ET.Element, look: str, edges: Sequence[Edge]) -> None:
    """Lines of one look in one lane: one path, so that what runs together is drawn once."""
    ways = " ".join(map(_way, edges))
    _child(root, "path", d=ways, **{"class": f"edge {look}"})
    if look in _WITHOUT_HEAD:
        return
    ends = sorted({edge.end for edge in edges})
    heads = " ".join(f"M{_number(x)} {_number(y)} l-7 -3.5 v7 Z" for x, y in ends)
    _child(root, "path", d=heads, **{"class": f"head {look}"})


def _way(edge: Edge) -> str:
    """The path of a line: along, up or down in its lane with round corners, and along."""
    (x1, y1), (x2, y2) = edge.start, edge.end
    bend = min(_BEND, abs(y2 - y1) / 2)
    down = bend if y2 > y1 else -bend
    lane = edge.lane
    corners = (
        (f"M{_number(x1)} {_number(y1)} H{_number(lane - bend)}"),
        (f"q{_number(bend)} 0 {_number(bend)} {_number(down)}"),
        (f"V{_number(y2 - down)}"),
        (f"q0 {_number(down)} {_number(bend)} {_number(down)}"),
    )
    return " ".join((*(corners if bend else corners[:1]), f"H{_number(x2)}"))


def _legend(root: ET.Element, picture: Picture, y: float) -> None:
    x: float = CONSENT.x
    looks = {edge.look for edge in picture.edges}
    for look, meaning in (("granted", "consent granted"), ("missing", words.CONSENT_MISSING)):
        if look in looks:
            _child(root, "path", d=f"M{_number(x)} {_number(y)} h34", **{"class": f"edge {look}"})
            _text(root, x + 42, y + 4, meaning, MUTED)
            x += 160


def _text(parent: ET.Element, x: float, y: float, text: str, style: Style) -> ET.Element:
    if style.icon:
        place = f"translate({_number(x)} {_number(y - 10)})"
        icon = {"class": f"icon {style.icon}"}
        _child(parent, "path", d=_ICONS[style.icon], transform=place, **icon)
    return _child(parent, "text", text, x=x + style.indent, y=y, **{"class": style.name})


def _child(
    parent: ET.Element, tag: str, text: str | None = None, **attributes: str | float
) -> ET.Element:
    made = ET.SubElement(parent, tag, dict(_written(attributes)))
    made.text = text
    return made


def _written(attributes: dict[str, str | float]) -> Iterator[tuple[str, str]]:
    for name, value in attributes.items():
        yield name, value if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    """A number of pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
