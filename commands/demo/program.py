"""The demo's programs: each is started, heard, waited for, and stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.text import Text

from commands.errors import CommandError
from engine.places import PROJECT

_LAST_WORDS = 10
_STOPPED_WITHIN = 10.0
_HEARD_WITHIN = 2.0
_LOOKS = 0.5
"""Every so many seconds it is looked whether the programs still run."""


class Program:
    """A program that runs below a keeper of its own; see `commands.demo.keeper`.

    Its lines go to the console behind its name. It is up as soon as one of them begins with
    `up_when`.
    """

    def __init__(self, name: str, folder: Path, up_when: str, console: Console) -> None:
        """Name a program of a folder; nothing is started."""
        self.name = name
        self._folder = folder
        self._up_when = up_when
        self._console = console
        self._heard = threading.Event()
        self._is_up = False
        self._last: deque[str] = deque(maxlen=_LAST_WORDS)
        self._kept: subprocess.Popen[str] | None = None
        self._listening: threading.Thread | None = None

    def start(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """Start it."""
        # The keeper is a module of this checkout, wherever the program itself runs.
        keeper = [sys.executable, "-m", "commands.demo.keeper", *map(str, command)]
        self._kept = subprocess.Popen(  # noqa: S603 - the command is the project's own
            keeper,
            cwd=self._folder,
            env={**environment, "PYTHONPATH": str(PROJECT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        if self._kept.stdout:
            self._listening = threading.Thread(
                target=self._listen, args=[self._kept.stdout], daemon=True
            )
            self._listening.start()

    def is_up_within(self, seconds: float) -> bool:
        """Wait until it is up, or has ended without it; whether it is up."""
        self._heard.wait(seconds)
        return self._is_up

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self._kept is None or self._kept.poll() is not None

    @property
    def last_words(self) -> str:
        """What it said last; where it has ended, up to its end."""
        if self.has_ended and self._listening:
            self._listening.join(_HEARD_WITHIN)
        return "\n".join(f"  {line}" for line in self._last) or "  (it said nothing)"

    def stop(self) -> None:
        """Stop it, and return when it has ended."""
        if self._kept is None:
            return
        self._kept.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._kept.wait(_STOPPED_WITHIN)
        if self._kept.returncode in (None, -signal.SIGKILL):
            # Its keeper could not end it; both are of the keeper's own group.
            with suppress(ProcessLookupError):
                os.killpg(self._kept.pid, signal.SIGKILL)
            self._kept.wait()

    def _listen(self, output: IO[str]) -> None:
        with output:
            for line in output:
                said = line.rstrip()
                self._last.append(said)
                if said.startswith(self._up_when):
                    self._is_up = True
                    self._heard.set()
                self._console.print(Text.assemble((f"{self.name:<8}", "dim"), said))
        self._heard.set()


def stay(programs: Sequence[Program], over: threading.Event) -> None:
    """Return when it is `over`; raise CommandError with its last words when a program has ended."""
    while not over.wait(_LOOKS):
        ended = next((one for one in programs if one.has_ended), None)
        if ended:
            raise CommandError(f"The {ended.name} has ended:\n{ended.last_words}")
