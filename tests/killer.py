"""Kills a part of a run at one of its writes: a point that is the same on every machine.

The tenant holds the write until the victim is dead: before it has carried it out, or after that and
before it answers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import psutil
from stack_fixture import Stack
from tenant_fixture import Tenant

from localtenant.testing_client import FaultKnobs

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "program": "engine.language_host.executor",
        "language host": "engine.language_host",
        "azuread": "engine.azuread",
        "dynamic": "engine.dynamic_host",
    }
)
"""Victims below the CLI: the word of its command that tells each from the others."""

VICTIMS = ("cli", *WORDS, "tenant", "run", "machine")
"""Who may die: `run` is the CLI with all it has started, `machine` that and the tenant."""

HELD = 1.5
"""Seconds for which the tenant holds the write: those who live on then lose its answer."""


@dataclass(frozen=True)
class Point:
    """Where a run is killed: who dies, at which write of the run, counted from 1, and when."""

    victim: str
    write: int
    when: str
    """`before` the tenant carries it out, or `after` that."""

    def __str__(self) -> str:
        """The name of a test."""
        return f"{self.victim} {self.when} write {self.write}"


class Killer(threading.Thread):
    """Waits for the point and kills the victim."""

    def __init__(self, stack: Stack, point: Point) -> None:
        """Watch the requests from now on."""
        super().__init__(daemon=True)
        self.struck = False
        self._tenant = stack.tenant
        self._point = point
        self._knobs = FaultKnobs(stack.tenant.ready)
        self._over = threading.Event()
        self._knobs.set(
            f"timeout,when={point.when},seconds={HELD},method=POST+PATCH+PUT+DELETE,"
            f"after={point.write - 1},times=1"
        )
        self.start()

    def run(self) -> None:
        """Look for the victim early, since looking takes longer than the tenant may wait."""
        victims: list[psutil.Process] = []
        while not self._over.is_set():
            (fault,) = self._knobs.report()
            if fault["seen"]:
                victims = victims or self._find()
            if fault["hits"]:
                break
        else:
            return
        if self._point.when == "after":
            # The tenant works on one request at a time: that one is done when this one is.
            self._tenant.one("/organization")
        # One that has not been started yet dies as soon as it is.
        while not victims and not self._over.is_set():
            victims = self._find()
        for process in victims:
            with suppress(psutil.NoSuchProcess):
                process.kill()
                self.struck = True

    def over(self) -> None:
        """The run is over."""
        self._over.set()
        self.join()

    def _find(self) -> list[psutil.Process]:
        mine = psutil.Process().children(recursive=True)
        tenants = [one for one in mine if is_of(one, self._tenant)]
        cli = [one for one in mine if Path(commanded(one).split(" ")[0]).name == "pulumi"]
        below = [child for one in cli for child in one.children(recursive=True)]
        match self._point.victim:
            case "cli":
                return cli
            case "tenant":
                return tenants
            case "run":
                return [*cli, *below]
            case "machine":
                return [*cli, *below, *tenants]
            case victim:
                return [one for one in below if WORDS[victim] in commanded(one).split(" ")]


def is_of(process: psutil.Process, tenant: Tenant) -> bool:
    """Whether a process is that of the tenant."""
    return str(tenant.log.parent / "state") in commanded(process)


def commanded(process: psutil.Process) -> str:
    """The command of a process; empty when it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def spread(victims: Iterable[str], writes: int, of_each: int) -> list[Point]:
    """Points at every write, before and after it, with ``of_each`` victims in turn at each."""
    names = list(victims)
    moments = [(write, when) for write in range(1, writes + 1) for when in ("before", "after")]
    return [
        Point(names[(at * of_each + turn) % len(names)], write, when)
        for at, (write, when) in enumerate(moments)
        for turn in range(of_each)
    ]
