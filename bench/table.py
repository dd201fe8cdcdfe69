"""The figures as a table for the terminal and for pages in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.measure import Figure

_TEN = 10


def head() -> str:
    """The head of the table."""
    cells = _line("", "measured", "per second of its CPU", "target", "")
    return f"{cells}\n|---|---:|---:|---:|---|"


def row(who: str, figure: Figure) -> str:
    """A row of the table; ``who`` did it, empty where that goes without saying."""
    target = ""
    if figure.target is not None:
        sign = "≥" if figure.at_least else "≤"
        target = f"{sign} {_number(figure.target)} {figure.unit}".replace(" /s", "/s")
    value = f"{_number(figure.value)} {figure.unit}".replace(" /s", "/s")
    verdict = "" if figure.target is None else "met" if figure.met else "**missed**"
    of_cpu = "" if figure.of_cpu is None else _number(figure.of_cpu)
    what = f"{who}: {figure.what}" if who else figure.what
    return _line(what, value, of_cpu, target, verdict)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < _TEN else f"{value:,.0f}"


def missed(figures: Iterable[Figure]) -> list[str]:
    """The targets that are missed, in words."""
    return [figure.what for figure in figures if not figure.met]
