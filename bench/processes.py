"""A command with all that it starts: how long it took, and what it used of the machine."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_LOOK_EVERY = 0.05
_MEGABYTE = 1_000_000
_SHOWN = 4_000


class CommandFailedError(Exception):
    """A measured command ended with an error; the text holds the end of what it said."""


@dataclass(frozen=True)
class Usage:
    """What a command took.

    ``seconds`` by the clock, ``processor`` seconds of it and of everything that it has waited for,
    ``megabytes`` at most at one moment: all of its processes together, shared pages counted once
    where the system tells. ``by_process`` has the most of each program that ran, and
    ``processor_by`` the processor seconds at the last look at each.
    """

    seconds: float
    processor: float
    megabytes: float
    by_process: Mapping[str, float] = field(default_factory=dict[str, float])
    processor_by: Mapping[str, float] = field(default_factory=dict[str, float])


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Usage:
    """Run a command to its end. Raises CommandFailedError."""
    used = os.times()
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - the engine's own CLI
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        memory = _Memory(process.pid)
        said, _ = process.communicate()
        passed = time.perf_counter() - start
        memory.stop()
    now = os.times()
    if process.returncode != 0:
        raise CommandFailedError(f"{' '.join(map(str, command))}:\n{said[-_SHOWN:]}")
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    return Usage(passed, processor, memory.most / _MEGABYTE, memory.each, memory.processor())


class _Memory:
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, process: int) -> None:
        self.most = 0.0
        self.each: dict[str, float] = {}
        self._used: dict[int, tuple[str, float]] = {}
        self._top = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def processor(self) -> dict[str, float]:
        """The processor seconds of each program."""
        sums: dict[str, float] = {}
        for name, seconds in self._used.values():
            sums[name] = sums.get(name, 0.0) + seconds
        return sums

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            held: dict[str, float] = {}
            try:
                top = psutil.Process(self._top)
                processes = [top, *top.children(recursive=True)]
            except psutil.Error:
                continue
            for one in processes:
                try:
                    # One that has ended and is not waited for yet has no command any more.
                    known = self._used.get(one.pid, ("other", 0.0))[0]
                    name = _name(command) if (command := one.cmdline()) else known
                    held[name] = held.get(name, 0.0) + _held(one)
                    times = one.cpu_times()
                    self._used[one.pid] = name, times.user + times.system
                except psutil.Error:
                    continue  # It has ended meanwhile.
            self.most = max(self.most, sum(held.values()))
            for name, size in held.items():
                self.each[name] = max(self.each.get(name, 0.0), size / _MEGABYTE)


def _held(process: psutil.Process) -> float:
    memory = process.memory_full_info() if hasattr(process, "memory_maps") else None
    share = getattr(memory, "pss", None) or getattr(memory, "uss", None)
    return float(share or process.memory_info().rss)


_MODULES = {
    "engine.language_host.executor": "program",
    "engine.language_host": "language host",
    "engine.dynamic_host": "providers",
    "engine.azuread": "azuread plugin",
}
"""What the interpreters run, by the module that they were started with."""


def _name(command: Sequence[str]) -> str:
    for module, name in _MODULES.items():
        if module in command:
            return name
    name = Path(command[0]).name
    return {"pulumi": "CLI", "pulumi-resource-azuread": "azuread plugin"}.get(name, "other")
