"""What the real plugin sends, records and previews, seen beside the stand-in on the same tenant."""

from __future__ import annotations

import json
import uuid
from typing import Any

import grpc
import pytest
from tenant_fixture import Tenant

from engine.azuread.values import UNKNOWN
from tests.engine.azuread.api_inputs import role, scope
from tests.engine.azuread.plugin_client import Plugin, error_text


@pytest.fixture
def named(deployer: str) -> dict[str, Any]:
    """An application of which the program says next to nothing."""
    return {"displayName": f"app {uuid.uuid4()}", "owners": [deployer]}


def test_only_true_defaults_are_recorded_as_inputs(plugin: Plugin) -> None:
    """A default that is false is none of the inputs."""
    claims = {"accessTokens": [{"name": "idtyp"}]}
    inputs, _ = plugin.check("Application", {"displayName": "a", "optionalClaims": claims})
    assert inputs == {
        "displayName": "a",
        "optionalClaims": claims,
        "signInAudience": "AzureADMyOrg",
    }


def test_lists_never_mentioned_are_null_until_a_refresh(
    plugin: Plugin, named: dict[str, Any]
) -> None:
    """A creation records null for a list that was left out, a refresh an empty list."""
    inputs = {**named, "web": {"homepageUrl": "https://example.com/"}}
    identifier, outputs = plugin.create("Application", inputs)
    _, refreshed, _ = plugin.read("Application", identifier, outputs, inputs)
    # Blocks and what the tenant decides are never null.
    assert (outputs["identifierUris"], outputs["web"]["redirectUris"]) == (None, None)
    assert (outputs["appRoles"], outputs["tags"]) == ([], [])
    assert outputs["publicClient"] == {"redirectUris": []}
    assert (refreshed["identifierUris"], refreshed["web"]["redirectUris"]) == ([], [])
    assert plugin.diff("Application", outputs, inputs).changes == {}
    assert plugin.diff("Application", refreshed, inputs).changes == {}


def test_lists_of_texts_are_sorted(plugin: Plugin, named: dict[str, Any]) -> None:
    """Sets of the real plugin come sorted, whatever the program and the tenant say."""
    uris = ["https://example.com/b", "https://example.com/a"]
    identifier, outputs = plugin.create("Application", {**named, "web": {"redirectUris": uris}})
    assert outputs["web"]["redirectUris"] == sorted(uris)
    _, refreshed, _ = plugin.read("Application", identifier, outputs, named)
    assert refreshed["web"]["redirectUris"] == sorted(uris)


def test_a_preview_has_null_for_what_is_left_out(plugin: Plugin, named: dict[str, Any]) -> None:
    """A program that relies on more in a preview would fail with the real plugin."""
    inputs = {**named, "web": {"redirectUris": [UNKNOWN]}, "appRoles": [role("All")]}
    _, outputs = plugin.create("Application", inputs, preview=True)
    assert (outputs["api"], outputs["description"], outputs["groupMembershipClaims"]) == (None,) * 3
    assert (outputs["web"]["logoutUrl"], outputs["web"]["redirectUris"]) == (None, UNKNOWN)
    assert outputs["appRoles"] == [{**role("All"), "enabled": True}]
    assert (outputs["appRoleIds"], outputs["tags"], outputs["id"]) == (UNKNOWN,) * 3


def test_a_preview_of_an_update_knows_what_does_not_change(
    plugin: Plugin, inputs: dict[str, Any]
) -> None:
    """The ids of scopes are unknown again as soon as any scope changes."""
    identifier, outputs = plugin.create("Application", inputs)
    changed: dict[str, Any] = {**inputs, "appRoles": [], "notes": "n"}
    shown = plugin.update("Application", identifier, outputs, changed, preview=True)
    assert shown["oauth2PermissionScopeIds"] == outputs["oauth2PermissionScopeIds"]
    assert (shown["appRoleIds"], shown["clientId"]) == (UNKNOWN, outputs["clientId"])
    assert (shown["notes"], shown["appRoles"]) == ("n", [])


def test_texts_left_out_of_scopes_and_roles_are_empty(
    plugin: Plugin, tenant: Tenant, named: dict[str, Any]
) -> None:
    """Graph is sent an empty text for them, not null, and false and empty objects as well."""
    inputs = {**named, "appRoles": [{**role("All"), "value": None}]}
    identifier, _ = plugin.create(
        "Application", {**inputs, "api": {"oauth2PermissionScopes": [scope("Read")]}}
    )
    live = tenant.one(identifier)
    (made,) = live["api"]["oauth2PermissionScopes"]
    assert (made["userConsentDescription"], live["appRoles"][0]["value"]) == ("", "")
    assert live["api"]["acceptMappedClaims"] is False
    assert live["optionalClaims"] == {"accessToken": [], "idToken": [], "saml2Token": []}


def test_an_adopted_service_principal_loses_its_tags(
    plugin: Plugin, tenant: Tenant, named: dict[str, Any], deployer: str
) -> None:
    """With `useExisting` tags that the program does not mention are taken away."""
    _, application = plugin.create("Application", named)
    inputs = {"clientId": application["clientId"], "owners": [deployer]}
    identifier, first = plugin.create("ServicePrincipal", {**inputs, "tags": ["theirs"]})
    _, outputs = plugin.create("ServicePrincipal", {**inputs, "useExisting": True})
    assert tenant.one(identifier)["tags"] == outputs["tags"] == []
    assert tenant.one(identifier)["samlSingleSignOnSettings"] == {"relayState": None}
    assert outputs["featureTags"][0]["hide"] is False
    assert (first["useExisting"], outputs["useExisting"]) == (None, True)


@pytest.mark.parametrize(
    ("name", "value"), [("featureTags", "[]"), ("featureTags", "[{}]"), ("tags", "[]")]
)
def test_no_tags_are_no_difference(
    plugin: Plugin, named: dict[str, Any], name: str, value: str
) -> None:
    """However a program says that there are no tags, the tenant agrees."""
    inputs = {**named, name: json.loads(value)}
    identifier, outputs = plugin.create("Application", inputs)
    _, refreshed, _ = plugin.read("Application", identifier, outputs, inputs)
    assert plugin.diff("Application", outputs, inputs).changes == {}
    assert plugin.diff("Application", refreshed, inputs).changes == {}


def test_imported_feature_tags_leave_other_tags_alone(
    plugin: Plugin, tenant: Tenant, named: dict[str, Any]
) -> None:
    """An import names `featureTags`; a later change of something else writes no tags."""
    identifier, _ = plugin.create("Application", {**named, "tags": ["HideApp", "own"]})
    _, outputs, imported = plugin.read("Application", identifier, {}, {})
    assert imported["featureTags"] == [{"hide": True}]
    assert plugin.diff("Application", outputs, imported).changes == {}
    plugin.update("Application", identifier, outputs, {**imported, "notes": "n"})
    assert sorted(tenant.one(identifier)["tags"]) == ["HideApp", "own"]


def test_a_look_up_takes_one_argument(plugin: Plugin) -> None:
    """`getServicePrincipal` refuses two, even if they agree."""
    arguments = {"clientId": str(uuid.uuid4()), "displayName": "a"}
    with pytest.raises(grpc.RpcError) as failure:
        plugin.invoke("getServicePrincipal", arguments)
    assert "takes one of displayName, clientId" in error_text(failure.value)


def test_no_saml_settings_are_none(plugin: Plugin) -> None:
    """Microsoft Graph's service principal has none, where others have empty ones."""
    client_id = "00000003-0000-0000-c000-000000000000"
    assert plugin.invoke("getServicePrincipal", {"clientId": client_id})["samlSingleSignOns"] == []


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"api": {"requestedAccessTokenVersion": 3}}, "api.requestedAccessTokenVersion"),
        (
            {"optionalClaims": {"idTokens": [{"name": "a", "additionalProperties": ["b"]}]}},
            "optionalClaims.idTokens[0].additionalProperties[0]",
        ),
    ],
)
def test_values_that_the_plugin_refuses(plugin: Plugin, inputs: dict[str, Any], path: str) -> None:
    """What passes here passes there."""
    _, failures = plugin.check("Application", {"displayName": "a", **inputs})
    assert list(failures) == [path]
