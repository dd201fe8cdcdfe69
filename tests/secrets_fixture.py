"""Watching for secrets: what one looks like, where it may not be, and who has it in its memory.

Every secret that a local tenant ever issues is known by its form, so that a leak is found whether
or not a test has seen the secret: client secrets have Entra's mark in their middle, access tokens
are signed JSON web tokens.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CLIENT_SECRET = re.compile(r"[A-Za-z0-9_-]{3}8Q~[A-Za-z0-9_-]{34}")
ACCESS_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")
_FORMS: Mapping[str, re.Pattern[str]] = {
    "client secret": CLIENT_SECRET,
    "access token": ACCESS_TOKEN,
}

PACE = 0.05
"""Seconds between two looks at the processes: plugins and programs live for a second and more."""


@dataclass(frozen=True)
class Secret:
    """A secret that was found: its kind, itself, and what stands before it."""

    kind: str
    value: str
    before: str


def secrets_in(text: str) -> list[Secret]:
    """Each secret in a text, as often as it is there."""
    return [
        Secret(kind, found[0], text[max(0, found.start() - 80) : found.start()])
        for kind, form in _FORMS.items()
        for found in form.finditer(text)
    ]


def secrets_below(folder: Path) -> dict[str, list[Secret]]:
    """The secrets in the files below a folder, by file, databases and logs included."""
    files = [one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()]
    found = {
        str(one.relative_to(folder)): secrets_in(one.read_bytes().decode("latin-1"))
        for one in files
    }
    return {name: secrets for name, secrets in found.items() if secrets}


@dataclass
class Watched:
    """What processes below this one showed: their arguments, and variables that hold a secret."""

    arguments: set[str] = field(default_factory=set[str])
    variables: set[str] = field(default_factory=set[str])


def _look(watched: Watched) -> None:
    for pid in _descendants(os.getpid()):
        with suppress(OSError):
            folder = Path(f"/proc/{pid}")
            watched.arguments.add(_text(folder / "cmdline").replace("\0", " "))
            for entry in _text(folder / "environ").split("\0"):
                name, _, value = entry.partition("=")
                if secrets_in(value):
                    watched.variables.add(name)


def _text(file: Path) -> str:
    return file.read_bytes().decode("latin-1")


def _descendants(root: int) -> Iterator[int]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                parents[int(folder.name)] = int(
                    _text(folder / "stat").rpartition(")")[2].split()[1]
                )
    for pid in parents:
        if root in _ancestors(pid, parents):
            yield pid


def _ancestors(pid: int, parents: Mapping[int, int]) -> Iterator[int]:
    while (pid := parents.get(pid, 0)) > 0:
        yield pid


@pytest.fixture
def watched() -> Iterator[Watched]:
    """All processes below this one, watched until the test ends; Linux tells about them."""
    if not Path("/proc/self/environ").exists():
        pytest.skip("this machine does not show the arguments of its processes in /proc")
    result, ended = Watched(), threading.Event()

    def watch() -> None:
        while not ended.wait(PACE):
            _look(result)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield result
    ended.set()
    watcher.join()
