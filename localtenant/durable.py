"""Files that are there whole or not at all, whenever the process or the machine dies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PARTIAL = ".partial"
"""How the name of a file ends that is not whole yet."""


def partial(path: Path) -> Path:
    """Where the file ``path`` is written before it takes its place."""
    return path.with_name(path.name + PARTIAL)


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Give the file ``path`` this content; readers see the old one until the new one is whole."""
    unfinished = partial(path)
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    put_in_place(unfinished, path)


def put_in_place(unfinished: Path, path: Path) -> None:
    """Let the file ``unfinished``, which is whole now, become ``path``."""
    _to_disk(unfinished, os.O_RDWR)
    unfinished.replace(path)
    _to_disk(path.parent, os.O_RDONLY)


def _to_disk(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
