"""Changes of application registrations, from the engine's call to the tenant."""

from __future__ import annotations

from typing import Any

from tenant_fixture import Tenant

from tests.engine.azuread.api_inputs import scope
from tests.engine.azuread.plugin_client import Plugin, filled


def test_update_sends_what_changed(plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]) -> None:
    """An update in place is one request, and what it does not mention stays."""
    identifier, outputs = plugin.create("Application", inputs)
    changed = {**inputs, "web": {"redirectUris": ["http://localhost:3000/auth/redirect"]}}
    assert plugin.diff("Application", outputs, changed).changes == {"web.redirectUris[0]": "ADD"}
    with tenant.wire() as wire:
        updated = plugin.update("Application", identifier, outputs, changed)

    assert wire.graph() == [f"PATCH {identifier}"]
    _, actual, _ = plugin.read("Application", identifier, updated, changed)
    assert filled(actual) == filled(updated)
    assert actual["web"]["redirectUris"] == ["http://localhost:3000/auth/redirect"]
    assert filled(actual["optionalClaims"]) == filled(outputs["optionalClaims"])


def test_scopes_and_roles_are_disabled_before_they_go(
    plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]
) -> None:
    """Enabled scopes and roles can be removed, because they are disabled first, together."""
    identifier, outputs = plugin.create("Application", inputs)
    changed: dict[str, Any] = {
        **inputs,
        "api": {"oauth2PermissionScopes": [scope("Write")]},
        "appRoles": [],
    }
    with tenant.wire() as wire:
        updated = plugin.update("Application", identifier, outputs, changed)

    assert wire.graph() == [f"GET {identifier}", f"PATCH {identifier}", f"PATCH {identifier}"]
    live = tenant.one(identifier)
    assert [one["value"] for one in live["api"]["oauth2PermissionScopes"]] == ["Write"]
    assert live["appRoles"] == []
    assert updated["oauth2PermissionScopeIds"] == {"Write": scope("Write")["id"]}
    assert updated["appRoleIds"] == {}


def test_adding_a_scope_disables_nothing(
    plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]
) -> None:
    """A scope is added, and a text of another one changed, without disabling any."""
    identifier, outputs = plugin.create("Application", inputs)
    scopes = [scope("Read", adminConsentDescription="Else"), scope("Write")]
    changed = {**inputs, "api": {**inputs["api"], "oauth2PermissionScopes": scopes}}
    with tenant.wire() as wire:
        plugin.update("Application", identifier, outputs, changed)

    assert wire.writes() == [f"PATCH {identifier}"]


def test_drift_shows_after_a_refresh(
    plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]
) -> None:
    """What somebody else changed shows as a difference, also where the program says nothing."""
    identifier, outputs = plugin.create("Application", inputs)
    drift = {"displayName": "renamed", "notes": "by hand", "tags": ["theirs"]}
    assert tenant.admin.patch(identifier, drift).is_success
    _, actual, after = plugin.read("Application", identifier, outputs, inputs)

    assert after["displayName"] == "renamed"
    assert "notes" not in after
    # Tags that the program leaves out are the tenant's own business.
    assert plugin.diff("Application", actual, inputs).changes == {
        "displayName": "UPDATE",
        "notes": "DELETE",
    }
    plugin.update("Application", identifier, actual, inputs)
    live = tenant.one(identifier)
    assert (live["displayName"], live["notes"], live["tags"]) == (
        inputs["displayName"],
        None,
        ["theirs"],
    )


def test_ignored_properties_stay(plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]) -> None:
    """What `ignore_changes` names is neither a difference nor touched by an update."""
    identifier, outputs = plugin.create("Application", inputs)
    uri = f"api://{outputs['clientId']}"
    assert tenant.admin.patch(identifier, {"identifierUris": [uri]}).is_success
    _, actual, _ = plugin.read("Application", identifier, outputs, inputs)
    ignore = ("identifierUris",)

    assert plugin.diff("Application", actual, inputs).changes == {"identifierUris[0]": "DELETE"}
    assert plugin.diff("Application", actual, inputs, ignore).changes == {}
    changed = {**inputs, "notes": "new"}
    updated = plugin.update("Application", identifier, actual, changed, ignore=ignore)
    assert updated["identifierUris"] == [uri]
    assert tenant.one(identifier)["identifierUris"] == [uri]


def test_owners_are_brought_to_what_is_listed(
    plugin: Plugin, strong_plugin: Plugin, tenant: Tenant, inputs: dict[str, Any], deployer: str
) -> None:
    """Owners that are missing are added, and those that are not listed any more are removed."""
    other = tenant.ready.clients["admin"].objectId
    identifier, outputs = plugin.create("Application", inputs)
    both = {**inputs, "owners": [deployer, other]}
    assert plugin.diff("Application", outputs, both).changes == {"owners[1]": "ADD"}
    outputs = strong_plugin.update("Application", identifier, outputs, both)
    assert {one["id"] for one in tenant.all(f"{identifier}/owners")} == {deployer, other}
    strong_plugin.update("Application", identifier, outputs, {**inputs, "owners": [other]})
    assert [one["id"] for one in tenant.all(f"{identifier}/owners")] == [other]


def test_feature_tags_set_tags(plugin: Plugin, tenant: Tenant, inputs: dict[str, Any]) -> None:
    """`featureTags` are written as the tags that they stand for."""
    identifier, outputs = plugin.create("Application", {**inputs, "featureTags": [{"hide": True}]})
    assert tenant.one(identifier)["tags"] == ["HideApp"]
    assert outputs["tags"] == ["HideApp"]
    changed = {**inputs, "featureTags": [{"enterprise": True}]}
    updated = plugin.update("Application", identifier, outputs, changed)
    assert updated["tags"] == ["WindowsAzureActiveDirectoryIntegratedApp"]
    assert tenant.one(identifier)["tags"] == updated["tags"]
