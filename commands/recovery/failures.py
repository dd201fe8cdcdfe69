"""Creations that failed, as the CLI's log of events tells them.

When a plugin or the tenant dies, the CLI lives on: it calls the creation failed and forgets it, but
the object may exist. Nothing was made by one that was refused; but what the error says depends on
who died and how, so that all of them are told, and the tenant knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

_CREATE: Final = ("create", "create-replacement")
_KEPT: Final = ("urn", "type", "custom", "parent", "provider", "inputs")

Entry = dict[str, Any]


def failed_creates(events: Path) -> list[Entry]:
    """The resources, as a state holds them, whose creation began and did not succeed."""
    begun: dict[str, Entry] = {}
    for event in _events(events):
        before = _metadata(event.get("resourcePreEvent"))
        new = cast("Entry", before.get("new") or {})
        if before.get("op") in _CREATE and new.get("custom"):
            begun[before["urn"]] = {name: new[name] for name in _KEPT if new.get(name)}
        after = _metadata(event.get("resOutputsEvent"))
        begun.pop(after.get("urn", ""), None)
    return list(begun.values())


def _events(file: Path) -> Iterator[Entry]:
    if not file.exists():
        return
    for line in file.read_text("utf-8").splitlines():
        try:
            yield cast("Entry", json.loads(line))
        except json.JSONDecodeError:
            # The last line of a run that was killed while it wrote.
            return


def _metadata(event: Entry | None) -> Entry:
    """What the event tells of a step; empty for that of a preview, which creates nothing."""
    return event["metadata"] if event and not event.get("planning") else {}
