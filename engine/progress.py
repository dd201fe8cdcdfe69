"""Shows that a step of minutes moves: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_SECONDS_BETWEEN_LINES: Final = 15.0

Advance = Callable[[], None]
"""Counts one more piece of the work as done."""


@contextmanager
def shown(
    console: Console, doing: str, pieces: str, total: int, *, every: float = _SECONDS_BETWEEN_LINES
) -> Generator[Advance]:
    """Show the step `doing` while the block runs; it consists of `total` pieces.

    `pieces` is their name, a plural. The total may be an estimate: it grows when more turn up.
    """
    if console.is_terminal:
        with _bar(console, doing, pieces, total) as advance:
            yield advance
    else:
        with _lines(console, doing, pieces, total, every) as advance:
            yield advance


@contextmanager
def _bar(console: Console, doing: str, pieces: str, total: int) -> Generator[Advance]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(pieces),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(doing, total=total)
        done = 0

        def advance() -> None:
            nonlocal done
            done += 1
            progress.update(task, completed=done, total=max(total, done))

        yield advance


@contextmanager
def _lines(
    console: Console, doing: str, pieces: str, total: int, every: float
) -> Generator[Advance]:
    done = 0
    started = time.monotonic()
    finished = threading.Event()

    def advance() -> None:
        nonlocal done
        done += 1

    def report() -> None:
        while not finished.wait(every):
            elapsed = duration(time.monotonic() - started)
            console.print(f"  {doing}: {done} of {max(total, done)} {pieces}, {elapsed}")

    reporter = threading.Thread(target=report, name="progress", daemon=True)
    reporter.start()
    try:
        yield advance
    finally:
        finished.set()
        reporter.join()


def duration(seconds: float) -> str:
    """`45 s` or `3 min 20 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
