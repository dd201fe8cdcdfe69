"""The requests that a measured command has sent, out of the tenant's own log."""

from __future__ import annotations

import json
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from localtenant.testing_client import Graph

AZUREAD: Final = "azuread"
OURS: Final = "providers"

_AGENTS: Final = {"pulumi-azuread-stand-in": AZUREAD, "HashiCorp Terraform": AZUREAD}


@dataclass(frozen=True)
class Request:
    """A request to Graph: when it came (seconds of the clock), who asked, for what, the answer."""

    came: float
    milliseconds: float
    sender: str
    method: str
    path: str
    """Below the version, with its query."""
    status: int

    @property
    def words(self) -> str:
        """The method and the path without its query."""
        return f"{self.method} {self.path.partition('?')[0]}"


@dataclass
class Wire:
    """The requests to Graph within a block, oldest first."""

    requests: list[Request] = field(default_factory=list[Request])

    def of(self, sender: str) -> int:
        """How many one of the two has sent."""
        return sum(one.sender == sender for one in self.requests)


class Log:
    """The log of a running tenant, read from outside."""

    def __init__(self, file: Path, graph: Graph) -> None:
        """Read ``file``; ``graph`` is a client of its own, whose requests do not count."""
        self._file = file
        self._graph = graph

    @contextmanager
    def during(self) -> Generator[Wire]:
        """Collect what is asked of Graph within the block."""
        start = self._mark()
        wire = Wire()
        yield wire
        end = self._mark()
        own = self._graph.client.clientId
        wire.requests += graph_requests(self._lines()[start : end - 1], own)

    def _mark(self) -> int:
        """How many lines the log has once everything answered so far is in it."""
        mark = uuid.uuid4().hex
        self._graph.get("/organization", params={"$select": "id", "mark": mark})
        while True:
            lines = self._lines()
            if any(mark in line for line in lines[-5:]):
                return len(lines)

    def _lines(self) -> list[str]:
        return self._file.read_text("utf-8").splitlines()


def graph_requests(lines: Sequence[str], own: str = "") -> list[Request]:
    """The requests to Graph that lines of a log tell of, without those of the client ``own``."""
    found: list[Request] = []
    for line in lines:
        entry = cast("dict[str, Any]", json.loads(line))
        path = str(entry["path"])
        if not path.startswith(("/v1.0/", "/beta/")) or entry["clientAppId"] == own:
            continue
        agent = str(entry["userAgent"] or "")
        sender = next((name for start, name in _AGENTS.items() if agent.startswith(start)), OURS)
        below = path.removeprefix("/v1.0").removeprefix("/beta")
        came = datetime.fromisoformat(str(entry["time"])).timestamp()
        found.append(
            Request(came, entry["ms"], sender, str(entry["method"]), below, entry["status"])
        )
    return found
