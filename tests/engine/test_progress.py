"""Long steps show that they move, on a terminal and in a log."""

from __future__ import annotations

import io
import threading

import pytest
from rich.console import Console

from engine.progress import duration, shown


def test_a_log_gets_a_line_now_and_then() -> None:
    """Without a terminal a line tells how far it is; the total grows with what turns up."""
    output = io.StringIO()
    console = Console(file=output, width=200)

    with shown(console, "compiling", "packages", 2, every=0.05) as advance:
        for _ in range(3):
            advance()
        threading.Event().wait(0.2)

    assert "compiling: 3 of 3 packages, 0 s" in output.getvalue()


def test_a_terminal_gets_a_bar() -> None:
    """On a terminal the bar shows the step, the count and the time."""
    output = io.StringIO()
    console = Console(file=output, force_terminal=True, width=120)

    with shown(console, "fetching", "modules", 4) as advance:
        advance()

    assert "fetching" in output.getvalue()
    assert "1/4" in output.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s")]
)
def test_durations_are_readable(seconds: float, text: str) -> None:
    """Seconds below a minute, minutes and seconds above."""
    assert duration(seconds) == text
