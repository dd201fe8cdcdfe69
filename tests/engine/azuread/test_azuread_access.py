"""Identifier URIs, client secrets, grants and role assignments, from the engine to the tenant."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from pulumi.runtime import rpc
from tenant_fixture import Tenant

from tests.engine.azuread.plugin_client import Plugin

GRANT = "ServicePrincipalDelegatedPermissionGrant"


@dataclass(frozen=True)
class App:
    """An application with its service principal: their outputs."""

    application: dict[str, Any]
    principal: dict[str, Any]

    @property
    def path(self) -> str:
        """The application's resource id."""
        return f"/applications/{self.application['objectId']}"


def _app(plugin: Plugin, deployer: str) -> App:
    ids = [str(uuid.uuid4()) for _ in range(3)]
    scopes = [
        {
            "id": one,
            "value": value,
            "adminConsentDescription": value,
            "adminConsentDisplayName": value,
        }
        for one, value in zip(ids, ("Read", "Write"), strict=False)
    ]
    role = {
        "id": ids[2],
        "value": "All",
        "displayName": "All",
        "description": "All",
        "allowedMemberTypes": ["Application"],
    }
    inputs = {
        "displayName": f"app {ids[0]}",
        "owners": [deployer],
        "api": {"oauth2PermissionScopes": scopes, "requestedAccessTokenVersion": 2},
        "appRoles": [role],
    }
    _, application = plugin.create("Application", inputs)
    _, principal = plugin.create(
        "ServicePrincipal", {"clientId": application["clientId"], "owners": [deployer]}
    )
    return App(application, principal)


@pytest.fixture
def api(plugin: Plugin, deployer: str) -> App:
    """An API with two scopes and a role."""
    return _app(plugin, deployer)


@pytest.fixture
def web(plugin: Plugin, deployer: str) -> App:
    """A client of the API."""
    return _app(plugin, deployer)


def test_identifier_uris_share_one_list(plugin: Plugin, tenant: Tenant, api: App) -> None:
    """Each URI is a resource of its own; adding and removing one leaves the others alone."""
    uris = [f"api://{api.application['clientId']}{end}" for end in ("", "/v2")]
    made = [
        plugin.create("ApplicationIdentifierUri", {"applicationId": api.path, "identifierUri": uri})
        for uri in uris
    ]
    assert set(tenant.one(api.path)["identifierUris"]) == set(uris)
    identifier, outputs = made[0]
    assert identifier.startswith(f"{api.path}/identifierUris/")
    found = plugin.read("ApplicationIdentifierUri", identifier, {}, {})
    inputs = {name: value for name, value in outputs.items() if name != "id"}
    assert outputs["id"] == identifier
    assert found == (identifier, outputs, inputs)
    plugin.delete("ApplicationIdentifierUri", identifier, outputs)
    plugin.delete("ApplicationIdentifierUri", identifier, outputs)
    assert tenant.one(api.path)["identifierUris"] == [uris[1]]
    assert plugin.read("ApplicationIdentifierUri", identifier, outputs, outputs)[0] == ""


def test_client_secret_is_secret_and_dated(plugin: Plugin, tenant: Tenant, web: App) -> None:
    """A secret has the dates that were asked for, and its value is marked as a secret."""
    inputs = {
        "applicationId": web.path,
        "displayName": "web app client secret",
        "endDate": "2027-01-02T03:04:05Z",
        "rotateWhenChanged": {"rotation": "1"},
    }
    with tenant.wire() as wire:
        identifier, outputs = plugin.create("ApplicationPassword", inputs)

    assert wire.graph() == [f"POST {web.path}/addPassword"]
    (live,) = tenant.one(web.path)["passwordCredentials"]
    assert identifier == f"{web.application['objectId']}/password/{live['keyId']}"
    assert outputs["keyId"] == live["keyId"]
    assert outputs["endDate"] == inputs["endDate"]
    assert outputs["value"]["4dabf18193072939515e22adb298388d"] == rpc._special_secret_sig
    assert plugin.diff("ApplicationPassword", outputs, inputs).changes == {}


def test_client_secret_survives_a_refresh(plugin: Plugin, web: App) -> None:
    """Graph does not show a secret again: a refresh keeps the recorded value, still secret."""
    inputs = {"applicationId": web.path, "displayName": "one"}
    identifier, outputs = plugin.create("ApplicationPassword", inputs)
    recorded = {**outputs, "value": outputs["value"]["value"]}
    _, actual, after = plugin.read("ApplicationPassword", identifier, recorded, inputs)
    assert actual == outputs
    assert after == inputs


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("endDate", "2028-01-02T03:04:05Z", "endDate"),
        ("displayName", "other", "displayName"),
        ("rotateWhenChanged", {"rotation": "2"}, "rotateWhenChanged.rotation"),
    ],
)
def test_changing_a_client_secret_makes_a_new_one(
    plugin: Plugin, name: str, value: object, path: str
) -> None:
    """Nothing of a secret can be changed in place, and the new one is made before the old goes."""
    inputs: dict[str, Any] = {
        "applicationId": f"/applications/{uuid.uuid4()}",
        "displayName": "one",
        "endDate": "2027-01-02T03:04:05Z",
        "rotateWhenChanged": {"rotation": "1"},
    }
    diff = plugin.diff("ApplicationPassword", inputs, {**inputs, name: value})
    assert diff.changes == {path: "UPDATE_REPLACE"}
    assert diff.replaces == [name]


def test_the_same_instant_in_another_spelling_is_a_change(plugin: Plugin) -> None:
    """The real plugin compares dates as texts."""
    state = {"applicationId": f"/applications/{uuid.uuid4()}", "endDate": "2027-01-02T03:04:05Z"}
    inputs = {**state, "endDate": "2027-01-02T03:04:05.000Z"}
    diff = plugin.diff("ApplicationPassword", state, inputs)
    assert diff.changes == {"endDate": "UPDATE_REPLACE"}


def test_client_secret_lives_for_whole_seconds(plugin: Plugin, tenant: Tenant, web: App) -> None:
    """The real plugin drops fractions of a second, and so replaces the secret at the next run."""
    inputs = {"applicationId": web.path, "endDate": "2027-01-02T03:04:05.123Z"}
    _, outputs = plugin.create("ApplicationPassword", inputs)
    (live,) = tenant.one(web.path)["passwordCredentials"]
    assert live["endDateTime"] == outputs["endDate"] == "2027-01-02T03:04:05Z"


def test_client_secret_cannot_be_imported(plugin: Plugin, web: App) -> None:
    """Graph does not tell its value, so an import finds nothing."""
    identifier, _ = plugin.create("ApplicationPassword", {"applicationId": web.path})
    assert plugin.read("ApplicationPassword", identifier, {}, {}) == ("", {}, {})


def test_removed_client_secret_is_gone(plugin: Plugin, tenant: Tenant, web: App) -> None:
    """A secret is removed once; a second removal finds nothing to do."""
    identifier, outputs = plugin.create("ApplicationPassword", {"applicationId": web.path})
    plugin.delete("ApplicationPassword", identifier, outputs)
    assert tenant.one(web.path)["passwordCredentials"] == []
    assert plugin.read("ApplicationPassword", identifier, outputs, {})[0] == ""
    plugin.delete("ApplicationPassword", identifier, outputs)


def test_grant_changes_in_place(plugin: Plugin, tenant: Tenant, api: App, web: App) -> None:
    """The scopes of a grant are added and removed without a new grant."""
    inputs = {
        "servicePrincipalObjectId": web.principal["objectId"],
        "resourceServicePrincipalObjectId": api.principal["objectId"],
        "claimValues": ["Read"],
    }
    with tenant.wire() as wire:
        identifier, outputs = plugin.create(GRANT, inputs)
    assert wire.graph() == ["POST /oauth2PermissionGrants"]
    live = tenant.one(identifier)
    assert identifier == f"/oauth2PermissionGrants/{live['id']}"
    assert (live["scope"], live["consentType"]) == ("Read", "AllPrincipals")

    more = {**inputs, "claimValues": ["Write", "Read"]}
    assert plugin.diff(GRANT, outputs, more).changes == {"claimValues[0]": "ADD"}
    updated = plugin.update(GRANT, identifier, outputs, more)
    assert tenant.one(identifier)["scope"] == "Read Write"
    assert updated["claimValues"] == ["Read", "Write"]
    _, actual, after = plugin.read(GRANT, identifier, updated, more)
    assert (actual, after) == (updated, more)
    plugin.delete(GRANT, identifier, updated)
    assert plugin.read(GRANT, identifier, updated, more)[0] == ""


def test_grant_to_another_resource_is_another_grant(plugin: Plugin) -> None:
    """Who may use what is not changed in place."""
    one, other, third = (str(uuid.uuid4()) for _ in range(3))
    inputs = {
        "servicePrincipalObjectId": one,
        "resourceServicePrincipalObjectId": other,
        "claimValues": ["Read"],
    }
    changed = {**inputs, "resourceServicePrincipalObjectId": third}
    assert plugin.diff(GRANT, inputs, changed).replaces == ["resourceServicePrincipalObjectId"]


def test_role_assignment_comes_and_goes(
    strong_plugin: Plugin, tenant: Tenant, api: App, web: App
) -> None:
    """A role is assigned to a client's service principal and taken away again."""
    inputs = {
        "appRoleId": api.application["appRoleIds"]["All"],
        "principalObjectId": web.principal["objectId"],
        "resourceObjectId": api.principal["objectId"],
    }
    identifier, outputs = strong_plugin.create("AppRoleAssignment", inputs)
    path = f"/servicePrincipals/{api.principal['objectId']}/appRoleAssignedTo"
    (live,) = tenant.all(path)
    assert identifier == f"{path}/{live['id']}"
    assert outputs["principalDisplayName"] == web.principal["displayName"]
    assert outputs["principalType"] == "ServicePrincipal"
    found = strong_plugin.read("AppRoleAssignment", identifier, outputs, inputs)
    assert found == (identifier, outputs, inputs)
    strong_plugin.delete("AppRoleAssignment", identifier, outputs)
    assert tenant.all(path) == []
    strong_plugin.delete("AppRoleAssignment", identifier, outputs)
    assert strong_plugin.read("AppRoleAssignment", identifier, outputs, inputs)[0] == ""
