"""The lines of the picture: those of a user flow or an API run together, as wires of a bus do.

Each such hub has a lane of its own between the columns, so that lines which run beside each other
stay apart, and those which only cross do it at right angles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.tenant_map.boxes import Box, Column

Hubs = Sequence[tuple[Box, Sequence[Box]]]
"""Boxes, each with those that it is joined to in the column beside it."""

_BESIDE = (3.5, 8)
"""How far apart lines of two looks are: in the lane, and where they end."""
_INSET = 16
"""How far from its corners a line meets a box."""


@dataclass(frozen=True)
class Edge:
    """A line from left to right, that changes its height in a lane."""

    look: str
    start: tuple[float, float]
    lane: float
    end: tuple[float, float]


def from_hubs(hubs: Hubs) -> list[Edge]:
    """The lines from boxes to those right of them."""
    edges: list[Edge] = []
    for lane, (hub, joined) in _lanes(hubs, left=True):
        right = hub.column.x + hub.column.width
        port = _port(hub, joined)
        edges += [Edge("serves", (right, port), lane, (one.column.x, one.middle)) for one in joined]
    return edges


def to_hubs(hubs: Hubs) -> list[Edge]:
    """The lines to boxes from those left of them; they look as the boxes where they begin.

    Of lines to one box, those of another look run beside the first.
    """
    edges: list[Edge] = []
    for lane, (hub, joined) in _lanes(hubs, left=False):
        looks = sorted({one.look for one in joined})
        for one in joined:
            aside = looks.index(one.look)
            end = (hub.column.x, _port(hub, joined) + aside * _BESIDE[1])
            start = (one.column.x + one.column.width, one.middle)
            edges.append(Edge(one.look, start, lane + aside * _BESIDE[0], end))
    return sorted(edges, key=lambda one: (one.lane, one.look))


def short(pill: Box, left: Column) -> Edge:
    """The line to a box from a taller one beside it."""
    look = "plain" if pill.look == "granted" else "plain missing"
    start = left.x + left.width
    return Edge(look, (start, pill.middle), start, (pill.column.x, pill.middle))


def _lanes(hubs: Hubs, *, left: bool) -> list[tuple[float, tuple[Box, Sequence[Box]]]]:
    """Each hub that is joined to anything, with the place of its lane.

    What is joined to most has the lane next to its ends, so that these cross the fewest others.
    """
    used = sorted((one for one in hubs if one[1]), key=lambda one: -len(one[1]))
    if not used:
        return []
    hub, (end, *_) = used[0]
    first, second = (hub.column, end.column) if left else (end.column, hub.column)
    begin = first.x + first.width
    step = (second.x - begin) / (len(used) + 1)
    ordered = reversed(used) if left else used
    return [(begin + step * (number + 1), one) for number, one in enumerate(ordered)]


def _port(hub: Box, joined: Sequence[Box]) -> float:
    """Where the lines of a hub meet it: as high as their other ends, as far as it reaches."""
    mean = sum(one.middle for one in joined) / len(joined)
    return min(max(mean, hub.y + _INSET), hub.bottom - _INSET)
