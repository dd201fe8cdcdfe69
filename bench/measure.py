"""Rates, percentiles and sizes."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MEGABYTE = 1_000_000
_TOLD_APART = 2
_WARMING_UP = 50
_SECONDS = 5.0


@dataclass(frozen=True)
class Figure:
    """One measured figure: what it is, its value and unit, and the target that it is held to.

    ``at_least`` says on which side of the target it has to be. ``of_cpu`` is, for a rate, how many
    the server does in a second of its own processor time, which others on the machine do not slow.
    """

    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    of_cpu: float | None = None

    @property
    def met(self) -> bool:
        """Whether it is on the right side of its target."""
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target


def seconds_of(act: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def rate(
    what: str,
    act: Callable[[], object],
    server: int,
    *,
    target: float | None = None,
    count: int | None = None,
) -> Figure:
    """How often a second it can be done, tried for some seconds or ``count`` times.

    ``server`` is the process that does it.
    """
    for _ in range(_WARMING_UP):
        act()
    start, used = time.perf_counter(), _processor_seconds(server)
    done = 0
    while (time.perf_counter() - start < _SECONDS) if count is None else done < count:
        act()
        done += 1
    passed, used = time.perf_counter() - start, _processor_seconds(server) - used
    return Figure(what, done / passed, "/s", target, at_least=True, of_cpu=done / used)


def _processor_seconds(server: int) -> float:
    top = psutil.Process(server)
    times = [one.cpu_times() for one in (top, *top.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def spread(acts: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """The median and the 99th percentile of the milliseconds that they take."""
    times = [seconds_of(act) * 1000 for act in acts]
    return median(times), quantiles(times, n=100)[98]


def resident(process: int) -> float:
    """The megabytes of memory that a process and its children hold."""
    top = psutil.Process(process)
    processes = [top, *top.children(recursive=True)]
    return sum(one.memory_info().rss for one in processes) / _MEGABYTE


def apart(server: int) -> bool:
    """Give a server one core and this process another; False where that cannot be done."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < _TOLD_APART:
        return False
    for process in (psutil.Process(server), *psutil.Process(server).children(recursive=True)):
        for thread in process.threads():
            os.sched_setaffinity(thread.id, {cores[0]})
    os.sched_setaffinity(0, {cores[1]})
    return True


def together() -> None:
    """Let this process, and what it starts, use every core again."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
