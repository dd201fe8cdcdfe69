"""Application registrations that come and go, from the engine's call to the tenant."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from tenant_fixture import Tenant

from engine.azuread.values import UNKNOWN
from tests.engine.azuread.api_inputs import role, scope
from tests.engine.azuread.plugin_client import Plugin, error_text, filled


def test_creation_is_one_request(plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]) -> None:
    """An application that its deployer keeps owning is there, with its outputs, at once."""
    with tenant.wire() as wire:
        identifier, outputs = plugin.create("Application", inputs)

    assert wire.graph() == ["POST /applications"]
    live = tenant.one(identifier)
    assert identifier == f"/applications/{live['id']}"
    assert live["api"]["requestedAccessTokenVersion"] == 2
    assert live["optionalClaims"]["accessToken"][0]["name"] == "idtyp"
    assert outputs["clientId"] == live["appId"]
    assert outputs["objectId"] == live["id"]
    assert outputs["publisherDomain"] == live["publisherDomain"]
    assert outputs["oauth2PermissionScopeIds"] == {"Read": scope("Read")["id"]}
    assert outputs["appRoleIds"] == {"Read.All": role("Read.All")["id"]}


def test_deployer_is_no_owner_unless_listed(plugin: Plugin, tenant: Tenant) -> None:
    """A program that lists no owners leaves the application without any, as the plugin does."""
    with tenant.wire() as wire:
        identifier, outputs = plugin.create("Application", {"displayName": "unowned"})

    assert len(wire.graph()) == 2
    assert outputs["owners"] is None
    assert tenant.all(f"{identifier}/owners") == []


def test_reading_finds_what_was_made(
    plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]
) -> None:
    """What is read back differs neither from the outputs nor from the inputs."""
    identifier, outputs = plugin.create("Application", inputs)
    with tenant.wire() as wire:
        found, actual, after = plugin.read("Application", identifier, outputs, inputs)

    assert wire.graph() == [f"GET {identifier}", f"GET {identifier}/owners"]
    assert found == identifier
    assert filled(actual) == filled(outputs)
    assert after == inputs
    assert plugin.diff("Application", actual, inputs).changes == {}


def test_owners_besides_the_deployer_are_set_at_creation(
    plugin: Plugin, tenant: Tenant, inputs: dict[str, Any], deployer: str
) -> None:
    """Owners that the program lists are owners from the first request on."""
    other = tenant.ready.clients["admin"].objectId
    with tenant.wire() as wire:
        identifier, _ = plugin.create("Application", {**inputs, "owners": [other, deployer]})
    assert wire.graph() == ["POST /applications"]
    assert {one["id"] for one in tenant.all(f"{identifier}/owners")} == {deployer, other}


def test_duplicate_names_are_refused_in_the_preview(plugin: Plugin, inputs: dict[str, Any]) -> None:
    """With `preventDuplicateNames` a taken name fails before anything is created."""
    identifier, _ = plugin.create("Application", inputs)
    twin = {**inputs, "preventDuplicateNames": True}
    with pytest.raises(grpc.RpcError) as failure:
        plugin.create("Application", twin, preview=True)
    assert identifier in error_text(failure.value)
    assert "pulumi import" in error_text(failure.value)


def test_preview_knows_what_does_not_depend_on_the_tenant(
    plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]
) -> None:
    """A preview sends nothing to the tenant, and repeats the inputs."""
    with tenant.wire() as wire:
        identifier, outputs = plugin.create("Application", inputs, preview=True)

    assert wire.graph() == []
    assert identifier == ""
    assert outputs["clientId"] == UNKNOWN
    assert outputs["displayName"] == inputs["displayName"]
    assert outputs["signInAudience"] == "AzureADMyOrg"


def test_unknown_inputs_make_unknown_outputs(plugin: Plugin, inputs: dict[str, Any]) -> None:
    """What depends on something that does not exist yet is unknown in the preview."""
    unknown = {**inputs, "api": {"oauth2PermissionScopes": UNKNOWN}, "displayName": UNKNOWN}
    _, outputs = plugin.create("Application", unknown, preview=True)
    assert outputs["displayName"] == UNKNOWN
    assert outputs["oauth2PermissionScopeIds"] == UNKNOWN


def test_import_makes_the_fewest_inputs(plugin: Plugin, inputs: dict[str, Any]) -> None:
    """Inputs that an import reads describe the object and lead to no difference."""
    identifier, _ = plugin.create("Application", {**inputs, "tags": ["a"]})
    _, outputs, imported = plugin.read("Application", identifier, {}, {})
    assert set(imported) == {*inputs, "featureTags"}
    assert imported["api"]["oauth2PermissionScopes"] == [scope("Read")]
    assert plugin.diff("Application", outputs, imported).changes == {}


def test_what_is_gone_is_gone(plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]) -> None:
    """An application that somebody deleted reads as gone, and deleting it succeeds."""
    identifier, outputs = plugin.create("Application", inputs)
    assert tenant.admin.delete(identifier).is_success
    assert plugin.read("Application", identifier, outputs, inputs) == ("", {}, {})
    plugin.delete("Application", identifier, outputs)


def test_deletion_is_one_request(plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]) -> None:
    """Deleting an application sends one request and waits for nothing."""
    identifier, outputs = plugin.create("Application", inputs)
    with tenant.wire() as wire:
        plugin.delete("Application", identifier, outputs)
    assert wire.graph() == [f"DELETE {identifier}"]
    assert tenant.admin.get(identifier).status_code == 404
