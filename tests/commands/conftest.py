"""What the tests of commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sign_in import lookup, trust
from tenant_fixture import Tenant

from localtenant.ready import Client
from localtenant.testing_client import Graph
from providers.graph.session import Session
from tests.commands.interrupted_run import Interrupted


@pytest.fixture
def run(own_tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Interrupted]:
    """A run that began before everything that the test makes."""
    trust(monkeypatch, own_tenant)
    environment = own_tenant.ready.env
    client = Client(environment["ARM_CLIENT_ID"], environment["ARM_CLIENT_SECRET"], "")
    graph = Graph(own_tenant.ready, client)
    principal = own_tenant.one(f"/servicePrincipals(appId='{client.clientId}')")
    with closing(graph.http):
        session = Session(lookup(own_tenant))
        yield Interrupted(graph, principal["id"], session, datetime.now(UTC))
