"""A run that was interrupted, and how what it has made is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.recovery.objects import FINDERS, LIFECYCLES, find
from commands.recovery.search import Search
from localtenant.testing_client import Graph
from providers.graph.session import Session

TYPES = {name.rpartition(":")[2]: name for name in (*FINDERS, *LIFECYCLES)}


@dataclass(frozen=True)
class Interrupted:
    """A run that was interrupted: the deployer's own client, and how its objects are looked for."""

    deployer: Graph
    object_id: str
    session: Session
    since: datetime

    def found(self, type_name: str, /, *recorded: str, **inputs: Any) -> str | None:
        """The id of what a creation with these inputs has made."""
        creation = {"urn": "one", "type": TYPES[type_name], "inputs": inputs}
        found = self.session.operate(
            "look", lambda graph: find(Search(graph, self.since), [creation], recorded)
        )
        return found["one"].id if found else None
