"""Shell lines that choose the stack `local` in a shell, and lines that take it back."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping

from commands.variables import SAVED, Changes, original, undone


def choose(changed: Changes, environ: Mapping[str, str]) -> list[str]:
    """Lines that make the changes and remember what was there before `make env` was first used."""
    before = original(environ)
    remembered = {name: before.get(name) for name in changed if name != "PATH"}
    return _lines({**changed, SAVED: json.dumps(remembered)})


def take_back(environ: Mapping[str, str]) -> list[str]:
    """Lines that restore what `choose` replaced; none when nothing was chosen."""
    return _lines(undone(environ))


def _lines(changed: Changes) -> list[str]:
    return [
        f"unset {name}" if value is None else f"export {name}={shlex.quote(value)}"
        for name, value in changed.items()
    ]
