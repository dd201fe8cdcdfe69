"""Service principals, from the engine's call to the tenant."""

from __future__ import annotations

import uuid

import grpc
import pytest
from tenant_fixture import Tenant

from tests.engine.azuread.plugin_client import Plugin, error_text, filled


@pytest.fixture
def client_id(plugin: Plugin, deployer: str) -> str:
    """The client ID of an application that the deployer owns."""
    name = f"app {uuid.uuid4()}"
    _, outputs = plugin.create("Application", {"displayName": name, "owners": [deployer]})
    return outputs["clientId"]


def test_creation_is_one_request(
    plugin: Plugin, tenant: Tenant, client_id: str, deployer: str
) -> None:
    """A service principal that its deployer keeps owning is there after one request."""
    with tenant.wire() as wire:
        identifier, outputs = plugin.create(
            "ServicePrincipal", {"clientId": client_id, "owners": [deployer]}
        )
    assert wire.graph() == ["POST /servicePrincipals"]
    live = tenant.one(identifier)
    assert identifier == f"/servicePrincipals/{live['id']}"
    assert outputs["objectId"] == live["id"]
    assert outputs["applicationTenantId"] == tenant.ready.tenantId
    assert outputs["displayName"] == live["displayName"]
    assert outputs["type"] == "Application"


def test_what_was_made_does_not_differ(plugin: Plugin, client_id: str, deployer: str) -> None:
    """What is read back differs neither from the outputs nor from the inputs."""
    inputs = {"clientId": client_id, "owners": [deployer], "tags": ["one", "two"]}
    identifier, outputs = plugin.create("ServicePrincipal", inputs)
    _, actual, after = plugin.read("ServicePrincipal", identifier, outputs, inputs)
    assert filled(actual) == filled(outputs)
    assert after == inputs
    assert plugin.diff("ServicePrincipal", actual, inputs).changes == {}


def test_update_sends_what_changed(
    plugin: Plugin, tenant: Tenant, client_id: str, deployer: str
) -> None:
    """An update in place is one request; the application's own properties stay as they are."""
    inputs = {"clientId": client_id, "owners": [deployer]}
    identifier, outputs = plugin.create("ServicePrincipal", inputs)
    changed = {**inputs, "appRoleAssignmentRequired": True, "accountEnabled": False}
    assert plugin.diff("ServicePrincipal", outputs, changed).changes == {
        "accountEnabled": "UPDATE",
        "appRoleAssignmentRequired": "UPDATE",
    }
    with tenant.wire() as wire:
        updated = plugin.update("ServicePrincipal", identifier, outputs, changed)
    assert wire.graph() == [f"PATCH {identifier}"]
    live = tenant.one(identifier)
    assert (live["accountEnabled"], live["appRoleAssignmentRequired"]) == (False, True)
    assert updated["displayName"] == outputs["displayName"]


def test_another_client_is_another_service_principal(plugin: Plugin, client_id: str) -> None:
    """The client ID cannot be changed: a new object takes its place."""
    diff = plugin.diff("ServicePrincipal", {"clientId": str(uuid.uuid4())}, {"clientId": client_id})
    assert diff.changes == {"clientId": "UPDATE_REPLACE"}
    assert diff.replaces == ["clientId"]


def test_one_that_exists_is_not_taken_over_silently(
    plugin: Plugin, client_id: str, deployer: str
) -> None:
    """A second service principal for a client is an error that names both ways out."""
    plugin.create("ServicePrincipal", {"clientId": client_id, "owners": [deployer]})
    with pytest.raises(grpc.RpcError) as failure:
        plugin.create("ServicePrincipal", {"clientId": client_id})
    assert "pulumi import" in error_text(failure.value)
    assert "useExisting" in error_text(failure.value)


def test_use_existing_adopts(plugin: Plugin, tenant: Tenant, client_id: str, deployer: str) -> None:
    """With `useExisting` the one that exists is brought to what the program says."""
    inputs = {"clientId": client_id, "owners": [deployer]}
    identifier, _ = plugin.create("ServicePrincipal", inputs)
    wanted = {**inputs, "useExisting": True, "notes": "adopted"}
    adopted, outputs = plugin.create("ServicePrincipal", wanted)
    assert adopted == identifier
    assert tenant.one(identifier)["notes"] == "adopted"
    assert plugin.diff("ServicePrincipal", outputs, wanted).changes == {}


def test_what_is_gone_is_gone(
    plugin: Plugin, tenant: Tenant, client_id: str, deployer: str
) -> None:
    """A service principal that somebody deleted reads as gone, and deleting it succeeds."""
    inputs = {"clientId": client_id, "owners": [deployer]}
    identifier, outputs = plugin.create("ServicePrincipal", inputs)
    plugin.delete("ServicePrincipal", identifier, outputs)
    assert tenant.admin.get(identifier).status_code == 404
    assert plugin.read("ServicePrincipal", identifier, outputs, inputs) == ("", {}, {})
    plugin.delete("ServicePrincipal", identifier, outputs)


def test_look_up_by_client_id_and_object_id(plugin: Plugin, client_id: str, deployer: str) -> None:
    """`getServicePrincipal` answers the same for either, in one request."""
    inputs = {"clientId": client_id, "owners": [deployer]}
    identifier, outputs = plugin.create("ServicePrincipal", inputs)
    by_client = plugin.invoke("getServicePrincipal", {"clientId": client_id})
    by_object = plugin.invoke("getServicePrincipal", {"objectId": outputs["objectId"]})
    assert by_client == by_object
    assert by_client["id"] == identifier
    assert by_client["samlSingleSignOns"] == [{"relayState": ""}]


def test_microsoft_graph_can_be_looked_up(plugin: Plugin) -> None:
    """The service principal of Microsoft Graph has the scopes that grants need."""
    graph = plugin.invoke(
        "getServicePrincipal", {"clientId": "00000003-0000-0000-c000-000000000000"}
    )
    assert {"openid", "offline_access"} <= set(graph["oauth2PermissionScopeIds"])


def test_look_up_of_nothing_says_so(plugin: Plugin) -> None:
    """An unknown client is an error that names it."""
    missing = str(uuid.uuid4())
    with pytest.raises(grpc.RpcError) as failure:
        plugin.invoke("getServicePrincipal", {"clientId": missing})
    assert missing in error_text(failure.value)


def test_client_config_names_the_deployer(plugin: Plugin, tenant: Tenant) -> None:
    """`getClientConfig` answers who is signed in, without any Graph request."""
    with tenant.wire() as wire:
        config = plugin.invoke("getClientConfig")
    assert wire.graph() == []
    assert config["tenantId"] == tenant.ready.tenantId
    assert config["clientId"] == tenant.ready.env["ARM_CLIENT_ID"]
    live = tenant.one(f"/servicePrincipals/{config['objectId']}")
    assert live["appId"] == config["clientId"]
