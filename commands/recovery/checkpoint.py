"""The file that holds a stack's state, as a CLI that was killed while it wrote may have left it.

The CLI writes the state to a new file that takes the place of the old one, which stays as `.bak`.
But the file of attributes beside it (`.attrs`) is written in place: half of one, and the CLI reads
no state at all ("failed to load checkpoint: EOF"). It reads one that has no such file. The state
itself can be cut short by a power failure only.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from rich.console import Console

from commands.errors import CommandError


def repair(backend: Path, stack: str, console: Console) -> bool:
    """Make the state of `stack` (`ciam/local`) readable again; says so where it is an older one.

    Returns whether it is an older one. Raises CommandError when neither the state nor the one
    before it is whole.
    """
    for attributes in (backend / ".pulumi").rglob("*.attrs"):
        if not _is_whole(attributes):
            attributes.unlink(missing_ok=True)
    state = backend / ".pulumi" / "stacks" / f"{stack}.json"
    for partial in state.parent.glob(f"{state.name}*.tmp"):
        partial.unlink(missing_ok=True)
    if not state.exists() or _is_whole(state):
        return False
    before = state.with_name(f"{state.name}.bak")
    if not _is_whole(before):
        raise CommandError(
            f"The state of the stack {stack} cannot be read, and neither can the one before it: "
            f"{state}, {before}. `make clean` forgets the stack and its tenant."
        )
    copy = state.with_name(f"{state.name}.repaired")
    shutil.copyfile(before, copy)
    copy.replace(state)
    console.print("The state was not whole: took the one before the last change.")
    return True


def _is_whole(file: Path) -> bool:
    try:
        json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return False
    return True
