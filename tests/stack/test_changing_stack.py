"""Changes, replacement, rotation and refusals, on the real engine."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from stack_fixture import Stack
from tenant_fixture import tenant_in

FLOWS = "/identity/authenticationEventsFlows"
APIS: dict[str, Any] = {
    "notes": {
        "displayName": "notes-api",
        "scopes": [
            {
                "value": value,
                "adminConsentDisplayName": value,
                "adminConsentDescription": f"Allow the app to {value}",
            }
            for value in ("Notes.Read", "Notes.Write")
        ],
        "roles": [{"value": "Notes.Read.All", "description": "Read every user's notes"}],
    }
}
CLIENTS: dict[str, Any] = {
    "web": {
        "kind": "webApp",
        "displayName": "notes-web",
        "redirectUris": ["https://notes.example/auth"],
        "apiPermissions": {"notes": ["Notes.Read", "Notes.Write"]},
        "secret": {"lifetime": "90d"},
    }
}
FLOW: dict[str, Any] = {
    "customers": {
        "displayName": "Customers",
        "identityProviders": ["EmailPassword-OAUTH"],
        "attributes": ["displayName"],
        "clients": ["web"],
    }
}


def sections(**changed: Any) -> dict[str, Any]:
    """The configuration of these tests, with some sections replaced."""
    return copy.deepcopy({"apis": APIS, "clients": CLIENTS, "userFlows": FLOW, **changed})


def test_every_property_of_a_flow_changes_in_place(stack: Stack) -> None:
    """Name, attributes, identity providers and sign-up switch: the flow keeps its ID."""
    stack.configure(**sections())
    stack.pulumi("up", "--yes", "--skip-preview")
    before = stack.outputs()["userFlows"]["customers"]
    changed = {
        "displayName": "Members",
        "identityProviders": ["EmailOtpSignup-OAUTH"],
        "attributes": ["city", {"attribute": "displayName", "label": "Your name"}],
        "signUpAllowed": False,
        "clients": ["web"],
    }
    stack.configure(**sections(userFlows={"customers": changed}))
    shown = stack.pulumi("up", "--yes", "--diff")

    assert "Your name" in shown
    after = stack.outputs()["userFlows"]["customers"]
    assert after == {**before, "displayName": "Members"}
    flow = stack.tenant.one(f"{FLOWS}/{after['id']}")
    methods, collection = flow["onAuthenticationMethodLoadStart"], flow["onAttributeCollection"]
    assert [one["id"] for one in methods["identityProviders"]] == ["EmailOtpSignup-OAUTH"]
    (view,) = collection["attributeCollectionPage"]["views"]
    assert [one["label"] for one in view["inputs"]] == ["Email Address", "City", "Your name"]
    assert flow["onInteractiveAuthFlowStart"]["isSignUpAllowed"] is False
    stack.pulumi("preview", "--expect-no-changes")


def test_scopes_roles_and_redirect_uris_change_in_place(stack: Stack) -> None:
    """A scope is taken out (disabled first), one comes in, consent follows; IDs of others stay."""
    stack.configure(**sections())
    stack.pulumi("up", "--yes", "--skip-preview")
    before = stack.application("notes-api")
    ids = {one["value"]: one["id"] for one in before["api"]["oauth2PermissionScopes"]}
    changed = sections()
    scope = changed["apis"]["notes"]["scopes"][1]
    scope.update(value="Notes.Share", adminConsentDisplayName="Share notes")
    changed["clients"]["web"]["apiPermissions"]["notes"] = ["Notes.Read", "Notes.Share"]
    changed["clients"]["web"]["redirectUris"] = ["https://notes.example/signed-in"]
    stack.configure(**changed)
    stack.pulumi("up", "--yes", "--skip-preview")

    after = stack.application("notes-api")
    scopes = {one["value"]: one["id"] for one in after["api"]["oauth2PermissionScopes"]}
    assert after["id"] == before["id"]
    assert set(scopes) == {"Notes.Read", "Notes.Share"}
    assert scopes["Notes.Read"] == ids["Notes.Read"]
    assert stack.application("notes-web")["web"]["redirectUris"] == [
        "https://notes.example/signed-in"
    ]
    granted = [set(one["scope"].split()) for one in stack.tenant.all("/oauth2PermissionGrants")]
    assert {"Notes.Read", "Notes.Share"} in granted
    stack.pulumi("preview", "--expect-no-changes")


def test_moving_a_client_to_another_flow_replaces_by_deleting_first(stack: Stack) -> None:
    """An application is in one flow at most, so it leaves the old one before it joins the new."""
    stack.configure(**sections())
    stack.pulumi("up", "--yes", "--skip-preview")
    old = stack.outputs()["userFlows"]["customers"]["id"]
    flows = copy.deepcopy(FLOW)
    flows["customers"]["clients"] = []
    flows["members"] = {"displayName": "Members", "clients": ["web"]}
    stack.configure(**sections(userFlows=flows))
    stack.pulumi("up", "--yes", "--skip-preview")

    new = stack.outputs()["userFlows"]["members"]
    assert stack.included(old) == []
    assert stack.included(new["id"]) == [stack.application("notes-web")["appId"]]
    stack.pulumi("preview", "--expect-no-changes")


def test_a_secret_rotates_with_an_overlap(stack: Stack) -> None:
    """The new secret comes beside the old one; the old one goes when the configuration says so."""
    stack.configure(**sections())
    stack.pulumi("up", "--yes", "--skip-preview")
    first = stack.outputs()["clientSecrets"]["web"]

    changed = sections()
    changed["clients"]["web"]["secret"].update(rotation=2, keepPrevious=True)
    stack.configure(**changed)
    stack.pulumi("up", "--yes", "--skip-preview")
    outputs = stack.outputs()
    assert outputs["clientSecrets"]["web"] != first
    assert outputs["previousClientSecrets"] == {"web": first}
    assert outputs["environmentSecrets"]["web"]["CLIENT_SECRET"] != first
    assert len(stack.application("notes-web")["passwordCredentials"]) == 2

    changed["clients"]["web"]["secret"].update(keepPrevious=False)
    stack.configure(**changed)
    stack.pulumi("up", "--yes", "--skip-preview")
    again = stack.outputs()
    assert again["clientSecrets"] == outputs["clientSecrets"]
    assert again["previousClientSecrets"] == {}
    assert len(stack.application("notes-web")["passwordCredentials"]) == 1


def test_mistakes_in_the_configuration_are_told_at_once_and_change_nothing(stack: Stack) -> None:
    """Each mistake has its path; no request is sent and nothing is made."""
    wrong = sections()
    wrong["clients"]["web"]["apiPermissions"]["notes"] = ["Notes.Reed"]
    wrong["clients"]["web"]["redirectUri"] = "https://notes.example"
    wrong["userFlows"]["customers"]["clients"] = ["app"]
    stack.configure(**wrong)
    with stack.tenant.wire() as wire:
        shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False)

    for path in (
        "ciam:clients.web.apiPermissions.notes[0]",
        "ciam:clients.web.redirectUri",
        "ciam:userFlows.customers.clients[0]",
    ):
        assert path in shown
    assert wire.writes() == []


@pytest.mark.parametrize("command", ["up", "refresh", "destroy"])
def test_a_stack_is_pinned_to_its_tenant(stack: Stack, tmp_path: Path, command: str) -> None:
    """With another tenant's credentials nothing is sent there, and the state stays as it is."""
    stack.configure(**sections())
    stack.pulumi("up", "--yes", "--skip-preview")
    before = {one["urn"]: one.get("id") for one in stack.resources()}
    with tenant_in(tmp_path / "other") as other:
        with other.wire() as wire:
            foreign = other.ready.env
            stack.pulumi(command, "--yes", "--skip-preview", succeeds=False, **foreign)
        assert wire.graph() == []
    assert {one["urn"]: one.get("id") for one in stack.resources()} == before


def test_a_stack_that_names_no_tenant_is_refused(stack: Stack) -> None:
    """Nothing but the configuration could keep such a stack's refresh from another tenant."""
    written = yaml.safe_load(stack.configuration.read_text())
    del written["config"]["azuread:tenantId"]
    stack.configuration.write_text(yaml.safe_dump(written))
    with stack.tenant.wire() as wire:
        shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False)
    assert f"pulumi config set azuread:tenantId {stack.tenant.ready.tenantId}" in shown
    assert wire.writes() == []


def test_a_flow_that_is_there_already_is_refused_then_adopted(stack: Stack) -> None:
    """The refusal is one line that says how to go on; adopting writes nothing until the next up."""
    theirs = stack.tenant.admin.flow(displayName="Customers")
    stack.configure(**sections())
    shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False)
    assert "error: ObjectError: Could not create the user flow 'Customers': the tenant has" in shown
    assert "adopt: true" in shown

    adopting = sections()
    adopting["userFlows"]["customers"]["adopt"] = True
    stack.configure(**adopting)
    with stack.tenant.wire() as wire:
        stack.pulumi("up", "--yes", "--skip-preview")
    assert stack.outputs()["userFlows"]["customers"]["id"] == theirs["id"]
    assert f"PATCH {FLOWS}/{theirs['id']}" not in wire.writes()

    stack.pulumi("up", "--yes", "--skip-preview")
    flow = stack.tenant.one(f"{FLOWS}/{theirs['id']}")
    asked = [one["id"] for one in flow["onAttributeCollection"]["attributes"]]
    assert sorted(asked) == ["displayName", "email"]
    stack.pulumi("destroy", "--yes", "--skip-preview")
    assert [one["id"] for one in stack.tenant.all(FLOWS)] == [theirs["id"]]
