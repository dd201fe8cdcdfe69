"""What the tests of the azuread stand-in share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tenant_fixture import Tenant

from tests.engine.azuread.api_inputs import api_inputs
from tests.engine.azuread.plugin_client import Plugin, plugin_process
from tests.engine.azuread.scripted_server import ScriptedServer, scripted_server


@pytest.fixture(scope="session")
def plugin(tenant: Tenant) -> Iterator[Plugin]:
    """A plugin that is configured for the tenant, by variables as a user would do it."""
    with plugin_process(tenant.ready.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure()
        yield plugin


@pytest.fixture(scope="session")
def strong_plugin(tenant: Tenant) -> Iterator[Plugin]:
    """A plugin that signs in as a client with every permission, by configuration."""
    admin = tenant.ready.clients["admin"]
    with plugin_process(tenant.ready.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure(clientId=admin.clientId, clientSecret=admin.clientSecret)
        yield plugin


@pytest.fixture
def deployer(plugin: Plugin) -> str:
    """The deployer's object ID, which a program lists among the owners to keep it there."""
    return plugin.invoke("getClientConfig")["objectId"]


@pytest.fixture
def inputs(deployer: str) -> dict[str, Any]:
    """Inputs of an API application."""
    return api_inputs(deployer)


@pytest.fixture(scope="session")
def scripted_tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    """The scripted server of one worker."""
    with scripted_server(tmp_path_factory.mktemp("scripted")) as running:
        yield running


@pytest.fixture
def server(scripted_tenant: ScriptedServer) -> ScriptedServer:
    """A tenant that answers what the test tells it to answer, and nothing yet."""
    scripted_tenant.reset()
    return scripted_tenant


@pytest.fixture(scope="session")
def plugin_of_server(scripted_tenant: ScriptedServer) -> Iterator[Plugin]:
    """A plugin whose tenant is the scripted server, shared because starting it takes a second."""
    scripted_tenant.reset()
    with plugin_process(scripted_tenant.env) as (_, port):
        plugin = Plugin(port)
        plugin.configure()
        yield plugin


@pytest.fixture
def scripted(plugin_of_server: Plugin, server: ScriptedServer) -> Plugin:
    """A plugin whose tenant is the scripted server, which has no answers from other tests."""
    del server
    return plugin_of_server
