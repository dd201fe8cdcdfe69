"""Takes objects into the state whose creation was cut short: they exist, but have no record.

The CLI notes each operation in the state before it begins (`pending_operations`). A creation that
is found there after a kill may have made its object or not. `pulumi refresh
--import-pending-creates` forgets the ids it is given (3.259), so the state is edited: exported,
completed, imported. What is taken in is marked to be refreshed before the next update, by which its
outputs come.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from rich.console import Console

from commands.asking import ask_tenant
from commands.errors import CommandError
from commands.recovery.failures import Entry
from commands.stack import Stack

_LOOK_UP: Final = "commands.recovery.objects"
_STACK: Final = "pulumi:pulumi:Stack"
_SECRET: Final = "azuread:index/applicationPassword:ApplicationPassword"  # noqa: S105 - a type


def take_in(stack: Stack, failed: Sequence[Entry], console: Console) -> bool:
    """Complete the state of `stack`: by its pending operations, and by creations that `failed`.

    Returns whether there was anything to complete. Raises CommandError when the tenant cannot be
    asked.
    """
    exported = cast("dict[str, Any]", json.loads(stack.answer("stack", "export")))
    deployment = cast("dict[str, Any]", exported["deployment"])
    operations = cast("list[Entry]", deployment.get("pending_operations") or [])
    recorded = cast("list[Entry]", deployment.get("resources") or [])
    creations = interrupted_creations(operations, failed)
    if not operations and not creations:
        return False
    found = _look_up(stack, creations, recorded) if creations else {}
    for line in complete(deployment, creations, found):
        console.print(line)
    _import(stack, exported)
    return True


def interrupted_creations(operations: Sequence[Entry], failed: Sequence[Entry]) -> list[Entry]:
    """The resources whose creation was cut short, each once; a component is none in the tenant."""
    begun = [one["resource"] for one in operations if one["type"] == "creating"]
    return list({one["urn"]: one for one in (*failed, *begun) if one.get("custom")}.values())


def complete(
    deployment: Entry, creations: Sequence[Entry], found: Mapping[str, Entry]
) -> list[str]:
    """Complete a deployment by what the creations were `found` to have made (by URN: id, outputs).

    Returns a line for each creation that says what came of it.
    """
    recorded = cast("list[Entry]", deployment.setdefault("resources", []))
    _refresh_interrupted(recorded, cast("list[Entry]", deployment.pop("pending_operations", [])))
    lines: list[str] = []
    for creation in creations:
        urn, kind = creation["urn"], creation["type"].rpartition(":")[2]
        what = f"Interrupted creation of {kind} {urn.rpartition('::')[2]}"
        if urn not in found:
            lines.append(f"{what}: nothing was made.")
            continue
        entry = {**creation, "id": found[urn]["id"]}
        # The inputs stand for the outputs until the refresh.
        entry["outputs"] = {**creation.get("inputs", {}), **found[urn]["outputs"]}
        if creation["type"] == _SECRET:
            # Graph shows a secret once, and its answer was lost: the next up makes another.
            recorded.append({**entry, "delete": True})
            lines.append(f"{what}: found {entry['id']}, to be deleted, since its value is lost.")
            continue
        _record(recorded, {**entry, "refreshBeforeUpdate": True})
        lines.append(f"{what}: found {entry['id']}, recorded.")
    return lines


def _record(recorded: list[Entry], entry: Entry) -> None:
    """Add the record of an object; one that it replaces is left for the next up to delete."""
    for place, other in enumerate(recorded):
        if other["urn"] == entry["urn"] and not other.get("delete"):
            recorded[place] = {**other, "delete": True}
            # A deletion that was to come first has been: deleting what is gone does nothing.
            recorded[place].pop("pendingReplacement", None)
            # What depends on the resource must come after it.
            recorded.insert(place, entry)
            return
    recorded.append(entry)


def _refresh_interrupted(recorded: Sequence[Entry], operations: Sequence[Entry]) -> None:
    """Have what was being changed or deleted refreshed: only the tenant knows what came of it."""
    urns = {one["resource"]["urn"] for one in operations}
    for entry in recorded:
        if entry["urn"] in urns and entry.get("custom") and not entry.get("delete"):
            entry["refreshBeforeUpdate"] = True


def _look_up(
    stack: Stack, creations: Sequence[Entry], recorded: Sequence[Entry]
) -> dict[str, Entry]:
    """By URN, the objects that the creations have made; asks as the stack's plugins would."""
    asked = {
        "creations": list(creations),
        "recorded": [entry["id"] for entry in recorded if entry.get("id")],
        "since": _at_rest(stack, recorded),
    }
    answer = ask_tenant(stack, _LOOK_UP, asked)
    if not answer.succeeded:
        raise CommandError(
            "A run was interrupted, and what it has made in the tenant cannot be told: "
            f"{answer.reason}"
        )
    return json.loads(answer.output)


def _at_rest(stack: Stack, recorded: Sequence[Entry]) -> str | None:
    """When the stack was last at rest: what is older was not made by the interrupted run.

    A run that failed is in the history, too: it may have made what it does not know of.
    """
    history = stack.answer("stack", "history", "--json", "--page-size", "1", "--non-interactive")
    runs = [
        run.get("endTime" if run.get("result") == "succeeded" else "startTime")
        for run in cast("list[Entry]", json.loads(history))
    ]
    begun = [entry["created"] for entry in recorded if entry["type"] == _STACK]
    return max(filter(None, (*runs, *begun)), key=datetime.fromisoformat, default=None)


def _import(stack: Stack, exported: object) -> None:
    file = _private_file(exported)
    try:
        stack.answer("stack", "import", "--file", str(file), "--non-interactive")
    finally:
        file.unlink()


def _private_file(content: object) -> Path:
    handle, name = tempfile.mkstemp(suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file)
    return Path(name)
