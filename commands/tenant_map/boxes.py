"""The boxes of the picture, and how they are placed in their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from commands.tenant_map.content import Lines

MARGIN: Final = 20
PADDING: Final = 11
GAP: Final = 14
TOP: Final = 108
"""Where the boxes begin, below the title and the headings of the columns."""


@dataclass(frozen=True)
class Column:
    """A column of the picture."""

    heading: str
    x: int
    width: int

    @property
    def room(self) -> int:
        """What a line of text has."""
        return self.width - 2 * PADDING


FLOWS: Final = Column("User flows", MARGIN, 218)
CLIENTS: Final = Column("Clients", 274, 286)
CONSENT: Final = Column("Admin consent", 582, 212)
APIS: Final = Column("APIs", 846, 206)
COLUMNS: Final = (FLOWS, CLIENTS, CONSENT, APIS)
WIDTH: Final = APIS.x + APIS.width + MARGIN


@dataclass(frozen=True)
class Box:
    """A box with its lines of text; `look` names its CSS classes."""

    column: Column
    look: str
    lines: Lines
    y: float = 0
    stretched: float = 0
    """The least height, where what stands beside it needs one."""

    @property
    def height(self) -> float:
        """The height, padding included."""
        return max(2 * PADDING - 4 + sum(one.style.line for one in self.lines), self.stretched)

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return self.y + self.height / 2

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height


def placed(wanted: Sequence[tuple[Box, Sequence[float]]]) -> list[Box]:
    """The boxes near the mean of the heights that each is given, in that order, without overlaps.

    A box that is given none comes last. The result is in the order of `wanted`.
    """
    nowhere = float("inf")
    aims = [sum(at) / len(at) if at else nowhere for _box, at in wanted]
    order = sorted(range(len(wanted)), key=lambda number: (aims[number], number))
    ys: dict[int, float] = {}
    end: float = TOP
    for number in order:
        ys[number] = end if aims[number] == nowhere else max(end, aims[number])
        end = ys[number] + wanted[number][0].height + GAP
    return [replace(box, y=ys[number]) for number, (box, _at) in enumerate(wanted)]
