"""Tenants for tests: one per worker for tests that clean up, one of its own for those that do not.

Each comes with a client of Graph that is not our providers' (plain HTTPS with every permission),
and with a record of the requests that it has answered.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from passcode import EMAIL_METHOD, PASSCODE_ALLOWED

from localtenant.seed_clients import EVERY_PERMISSION
from localtenant.testing import Ready, running_tenant
from localtenant.testing_client import FaultKnobs, Graph

EVERYTHING = (
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.ReadWrite.All",
    "EventListener.ReadWrite.All",
    "IdentityProvider.ReadWrite.All",
    "IdentityUserFlow.ReadWrite.All",
    "Organization.Read.All",
    "Policy.Read.All",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.ConditionalAccess",
    "OrganizationalBranding.ReadWrite.All",
    "SignInIdentifier.ReadWrite.All",
    "User.ReadWrite.All",
)


PROGRAM = "program"
"""A client with every permission that any setting of the program needs."""


@dataclass
class Wire:
    """The requests that a tenant answered within a block, oldest first."""

    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def graph(self) -> list[str]:
        """Graph's requests as ``METHOD path``, without the version and the query."""
        return [
            f"{one['method']} {one['path'].removeprefix('/v1.0').split('?')[0]}"
            for one in self.requests
            if one["path"].startswith(("/v1.0/", "/beta/"))
        ]

    def writes(self) -> list[str]:
        """Those that change something."""
        return [one for one in self.graph() if not one.startswith("GET ")]


@dataclass(frozen=True)
class Tenant:
    """A running local tenant and the client that looks into it independently."""

    ready: Ready
    log: Path
    admin: Graph

    def all(self, path: str) -> list[dict[str, Any]]:
        """Every object of a collection."""
        body = self.admin.read(path)
        assert "@odata.nextLink" not in body
        return body["value"]

    def one(self, path: str) -> dict[str, Any]:
        """One object."""
        return self.admin.read(path)

    @contextmanager
    def wire(self) -> Generator[Wire]:
        """Record the requests of others than the independent client within the block."""
        self._mark()
        start = self._position
        wire = Wire()
        yield wire
        self._mark()
        lines = self.log.read_text().splitlines()[start:]
        client = self.ready.clients["admin"].clientId
        wire.requests += [
            one for one in map(json.loads, lines) if one["clientAppId"] not in (None, client)
        ]

    def _mark(self) -> None:
        """Return once the log holds a request made now, and so everything answered before it."""
        mark = uuid.uuid4().hex
        self.admin.get("/organization", params={"$select": "id", "mark": mark})
        while mark not in self.log.read_text():
            pass

    @property
    def _position(self) -> int:
        return len(self.log.read_text().splitlines())


@contextmanager
def tenant_in(folder: Path, *extra: str) -> Generator[Tenant]:
    """Run a tenant that keeps all it writes in ``folder``; ``extra`` are options of its command."""
    folder.mkdir(exist_ok=True)
    log = folder / "requests.jsonl"
    with running_tenant(
        folder / "state",
        log=log,
        messages=folder / "messages.log",
        clients={"admin": EVERYTHING, PROGRAM: (EVERY_PERMISSION,)},
        extra_args=extra,
    ) as ready:
        admin = Graph(ready, ready.clients["admin"])
        with closing(admin.http):
            admin.patch(EMAIL_METHOD, PASSCODE_ALLOWED).raise_for_status()
            yield Tenant(ready, log, admin)


@pytest.fixture(scope="session")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    """The tenant that the tests of one worker share."""
    with tenant_in(tmp_path_factory.mktemp("tenant")) as running:
        yield running


@pytest.fixture(scope="session")
def fault_knobs(tenant: Tenant) -> FaultKnobs:
    """The faults of the shared tenant; a test that sets some ends them."""
    return FaultKnobs(tenant.ready)


@pytest.fixture
def own_tenant(tmp_path: Path) -> Iterator[Tenant]:
    """A tenant for one test alone."""
    with tenant_in(tmp_path / "tenant") as running:
        yield running
