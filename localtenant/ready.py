"""What the tenant says when it is ready to serve: one line of JSON, and the same as a dataclass."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Client:
    """An application that may sign in: client ID, client secret, object ID of its principal."""

    clientId: str  # noqa: N815 - the names of the JSON line
    clientSecret: str = field(repr=False)  # noqa: N815
    objectId: str  # noqa: N815


@dataclass(frozen=True)
class Ready:
    """The line of JSON that a tenant prints on stdout when it is ready.

    ``env`` holds the environment variables that a client needs to reach the tenant, signed in as
    the deployer. ``clients`` are the applications that ``--client`` asked for, by name.
    """

    url: str
    metadataHost: str  # noqa: N815
    tenantId: str  # noqa: N815
    subdomain: str
    caFile: str  # noqa: N815
    caBundleFile: str  # noqa: N815
    env: dict[str, str] = field(repr=False)
    clients: dict[str, Client]

    def line(self) -> str:
        """The line, without its end."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, line: str) -> Ready:
        """The dataclass for a line."""
        values: dict[str, Any] = json.loads(line)
        values["clients"] = {n: Client(**c) for n, c in values["clients"].items()}
        return cls(**values)
