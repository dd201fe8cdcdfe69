"""Where an operation of the azuread stand-in meets its faults: objects of one name in a tenant."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tenant_fixture import Tenant

from localtenant.testing_client import FaultKnobs
from tests.engine.azuread.api_inputs import role, scope
from tests.engine.azuread.plugin_client import Plugin

GRANT = "ServicePrincipalDelegatedPermissionGrant"
SECRET = {"displayName": "web app client secret", "endDate": "2099-01-02T03:04:05Z"}
SECONDS = 30.0
"""What one operation may take, whatever happens on the wire."""

Properties = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """An object that the stand-in has made: its type, its id and its outputs."""

    token: str
    id: str
    outputs: Properties


@dataclass
class Bench:
    """The stand-in, its tenant, and the faults that one operation is to meet."""

    plugin: Plugin
    tenant: Tenant
    knobs: FaultKnobs
    deployer: str
    faults: Sequence[str] = ()
    name: str = field(default_factory=lambda: f"cell {uuid.uuid4().hex[:8]}")
    hits: list[int] = field(default_factory=list[int])
    """How many requests met each fault."""

    def made(self, token: str, **inputs: Any) -> Made:
        """Make an object."""
        return Made(token, *self.plugin.create(token, inputs))

    def application(self, suffix: str = "", **inputs: Any) -> Made:
        """Make an application, by default one that the deployer owns."""
        name = self.name + suffix
        wanted = {"displayName": name, "owners": [self.deployer], **api(), **inputs}
        return self.made("Application", **wanted)

    def principal(self, application: Made) -> Made:
        """Make an application's service principal."""
        client = application.outputs["clientId"]
        return self.made("ServicePrincipal", clientId=client, owners=[self.deployer])

    def ends(self) -> tuple[Made, Made]:
        """Make two applications with service principals: a client's and an API's principal."""
        client, called = (self.principal(self.application(end)) for end in (" web", " api"))
        return client, called

    def meeting(self, operation: Callable[[], Any]) -> Any:
        """Run the operation while the faults are there, in the time that it has."""
        self.knobs.set(*self.faults)
        start = time.monotonic()
        try:
            return operation()
        finally:
            assert time.monotonic() - start < SECONDS
            # The looks of the test itself meet no fault.
            self.hits = [one["hits"] for one in self.knobs.report()]
            self.knobs.clear()

    def deleted(self, made: Made) -> None:
        """Delete an object that is there."""
        self.meeting(lambda: self.plugin.delete(made.token, made.id, made.outputs))

    def read(self, made: Made) -> Made:
        """Read an object that is there, as a refresh does."""
        found = self.meeting(
            lambda: self.plugin.read(made.token, made.id, made.outputs, made.outputs)
        )
        return Made(made.token, *found[:2])


def api(*, roles: Sequence[str] = ("Read.All",)) -> Properties:
    """Inputs of an application with a scope and some roles."""
    return {
        "api": {"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [scope("Read")]},
        "appRoles": [role(one) for one in roles],
    }
