"""The tenant as a picture: a map of what a stack has made and what the tenant has of it today."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from rich.console import Console

from commands.asking import ask_tenant
from commands.errors import CommandError
from commands.stack import Stack
from commands.tenant_map.mermaid import mermaid
from commands.tenant_map.model import MAP, Map
from commands.tenant_map.svg import svg
from engine.places import LOCAL

_READ: Final = "commands.tenant_map.tenant"
_FORMS: Final = (".svg", ".mmd", ".md")
_BY_DEFAULT: Final = (LOCAL / "map.svg", LOCAL / "map.mmd")


def check(file: Path | None) -> None:
    """Raise CommandError for a file whose name does not tell which form it should have."""
    if file is not None and file.suffix.lower() not in _FORMS:
        raise CommandError(
            f"{file}: a map is a picture (.svg), Mermaid (.mmd), or Mermaid in Markdown (.md)."
        )


def outputs(stack: Stack) -> dict[str, Any]:
    """The stack's outputs, secrets masked. Raises CommandError when nothing is deployed."""
    found = cast("dict[str, Any]", json.loads(stack.answer("stack", "output", "--json")))
    if "tenant" not in found:
        raise CommandError(f"Nothing is deployed to the stack {stack.name}, so there is no map.")
    return found


def read(stack: Stack) -> Map:
    """What the tenant has of the stack. Raises CommandError when it cannot be told."""
    answer = ask_tenant(stack, _READ, {"outputs": outputs(stack)})
    if not answer.succeeded:
        raise CommandError(f"What the tenant has cannot be told: {answer.reason}")
    return MAP.validate_json(answer.output)


def write(shown: Map, file: Path | None, console: Console, *, ids: bool) -> None:
    """Write a map to a file, or to `.local/map.svg` and `.local/map.mmd`, and say where.

    The name of the file tells the form: `.svg`, `.mmd`, or `.md` for Mermaid in Markdown. `ids`
    puts client IDs into it. Raises CommandError when the file cannot be written.
    """
    now = datetime.now(UTC)
    for one in _BY_DEFAULT if file is None else (file,):
        try:
            one.parent.mkdir(parents=True, exist_ok=True)
            one.write_text(_written(shown, one.suffix.lower(), now, ids=ids), "utf-8")
        except OSError as error:
            raise CommandError(f"The map cannot be written to {one}: {error.strerror}.") from None
        console.print(f"Wrote {one}")


def _written(shown: Map, form: str, now: datetime, *, ids: bool) -> str:
    if form == ".svg":
        return svg(shown, now, ids=ids)
    chart = mermaid(shown, now, ids=ids)
    return f"```mermaid\n{chart}```\n" if form == ".md" else chart
