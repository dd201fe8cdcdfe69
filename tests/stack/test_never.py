"""What no configuration makes the stack do, tried on the real engine.

Never: touch b2c-extensions-app, a first-party service principal or the identity that deploys;
remove an owner or a credential that the stack did not add; purge deleted items; delete a flow that
was taken over or that applications of others sign in by.
"""

from __future__ import annotations

import json
from typing import Any

from stack_fixture import Stack

FLOWS = "/identity/authenticationEventsFlows"
EXTENSIONS = "b2c-extensions-app"
GRAPH = "00000003-0000-0000-c000-000000000000"
DELETED = "/directory/deletedItems/microsoft.graph.application"
UP = ("up", "--yes", "--skip-preview")
DESTROY = ("destroy", "--yes", "--skip-preview")


def sections(*, secret: dict[str, Any] | None = None, **client: Any) -> dict[str, Any]:
    """A client in a user flow; `client` changes its settings."""
    web = {
        "kind": "webApp",
        "displayName": "never-web",
        "redirectUris": ["https://never.example/auth"],
        "secret": secret or {},
    }
    return {
        "clients": {"web": {**web, **client}},
        "userFlows": {"never": {"attributes": ["displayName"], "clients": ["web"]}},
    }


def made(stack: Stack, **changed: Any) -> dict[str, Any]:
    """The application of the client, after an `up`."""
    stack.configure(**sections(**changed))
    stack.pulumi(*UP)
    (application,) = stack.tenant.admin.named("never-web")
    return application


def flow_of(stack: Stack) -> str:
    """The ID of the stack's user flow."""
    return stack.outputs()["userFlows"]["never"]["id"]


def foreign_application(stack: Stack, flow_id: str) -> dict[str, Any]:
    """An application of somebody else, put into the flow by hand."""
    application = stack.tenant.admin.application()
    client_id = application["appId"]
    stack.tenant.admin.made("/servicePrincipals", {"appId": client_id})
    kind = "#microsoft.graph.authenticationConditionApplication"
    stack.tenant.admin.made(
        f"{FLOWS}/{flow_id}/conditions/applications/includeApplications",
        {"@odata.type": kind, "appId": client_id},
    )
    return application


def included(stack: Stack, flow_id: str) -> list[str]:
    """The client IDs in a flow."""
    path = f"{FLOWS}/{flow_id}/conditions/applications/includeApplications"
    return [one["appId"] for one in stack.tenant.all(path)]


def extensions_app(stack: Stack) -> dict[str, Any]:
    """The tenant's own application that holds every user's custom attributes."""
    applications = stack.tenant.all("/applications")
    (found,) = [one for one in applications if one["displayName"].startswith(EXTENSIONS)]
    return found


def test_no_application_is_named_like_the_extensions_application(stack: Stack) -> None:
    """The settings refuse the name before any write, in whatever letters it is written."""
    name = extensions_app(stack)["displayName"]
    for displayed in (name, EXTENSIONS.upper()):
        stack.configure(**sections(displayName=displayed))
        with stack.tenant.wire() as wire:
            shown = stack.pulumi(*UP, succeeds=False)
        assert f'ciam:clients.web.displayName: given "{displayed}"' in shown
        assert f"allowed: a name that does not begin with {EXTENSIONS}" in shown
        assert wire.writes() == []


def test_the_deployers_application_is_not_taken_over(stack: Stack) -> None:
    """Its name is taken, as any other application's that the stack did not make."""
    admin = stack.tenant.admin
    principal = admin.read(f"/servicePrincipals(appId='{stack.tenant.ready.env['ARM_CLIENT_ID']}')")
    before = admin.named(principal["displayName"])
    stack.configure(**sections(displayName=principal["displayName"]))
    shown = stack.pulumi(*UP, succeeds=False)
    assert f"'{principal['displayName']}' exists already (/applications/{before[0]['id']})" in shown
    stack.pulumi(*DESTROY)
    assert admin.named(principal["displayName"]) == before


def test_a_whole_life_leaves_the_tenants_own_objects_alone(stack: Stack) -> None:
    """Up, change, refresh and destroy: nothing is written to them, exported or kept of them.

    What the stack made is among the deleted items afterwards, from where it can be restored.
    """
    admin = stack.tenant.admin
    client_id = stack.tenant.ready.env["ARM_CLIENT_ID"]
    paths = [
        f"/applications/{extensions_app(stack)['id']}",
        f"/servicePrincipals(appId='{GRAPH}')",
        f"/servicePrincipals(appId='{client_id}')",
        f"/applications(appId='{client_id}')",
    ]
    before = [admin.read(path) for path in paths]
    with stack.tenant.wire() as wire:
        application = made(stack)
        made(stack, redirectUris=["https://never.example/other"])
        stack.pulumi("refresh", "--yes", "--skip-preview")
        state = json.dumps([stack.resources(), stack.outputs()])
        stack.pulumi(*DESTROY)

    assert [admin.read(path) for path in paths] == before
    assert not [one for one in wire.writes() for own in before if own["id"] in one]
    assert extensions_app(stack)["id"] not in state
    assert extensions_app(stack)["appId"] not in state
    assert not [one for one in wire.graph() if "deletedItems" in one]
    assert application["id"] in [one["id"] for one in stack.tenant.all(DELETED)]


def test_owners_and_credentials_of_others_survive(stack: Stack) -> None:
    """Seen by a refresh, and then a change, a rotation that drops the old secret, and an `up`."""
    admin = stack.tenant.admin
    application = made(stack)
    path = f"/applications/{application['id']}"
    principal = admin.read(f"/servicePrincipals(appId='{application['appId']}')")
    other = admin.principal()
    reference = {"@odata.id": f"{stack.tenant.ready.url}/v1.0/directoryObjects/{other['id']}"}
    for owned in (path, f"/servicePrincipals/{principal['id']}"):
        admin.post(f"{owned}/owners/$ref", reference).raise_for_status()
    theirs = admin.made(f"{path}/addPassword", {"passwordCredential": {"displayName": "theirs"}})
    first = {one["keyId"] for one in application["passwordCredentials"]}

    stack.pulumi("refresh", "--yes", "--skip-preview")
    changed = made(
        stack,
        redirectUris=["https://never.example/other"],
        secret={"rotation": 2, "keepPrevious": False},
    )

    keys = {one["keyId"] for one in changed["passwordCredentials"]}
    assert changed["web"]["redirectUris"] == ["https://never.example/other"]
    assert theirs["keyId"] in keys
    assert len(keys) == 2
    assert not keys & first, "the stack's own old secret is gone"
    for owned in (path, f"/servicePrincipals/{principal['id']}"):
        assert other["id"] in [one["id"] for one in stack.tenant.all(f"{owned}/owners")]
    stack.pulumi("preview", "--expect-no-changes")


def test_a_flow_that_others_sign_in_by_is_deleted_only_when_told(stack: Stack) -> None:
    """Destroy says who is in the way; `forceDestroy` is the explicit setting."""
    made(stack)
    flow_id = flow_of(stack)
    foreign = foreign_application(stack, flow_id)
    shown = stack.pulumi(*DESTROY, succeeds=False)
    assert f"1 application(s) sign in by it (client ID {foreign['appId']})" in shown
    assert included(stack, flow_id) == [foreign["appId"]]

    told = sections()
    told["userFlows"]["never"]["forceDestroy"] = True
    stack.configure(**told)
    stack.pulumi(*UP)
    stack.pulumi(*DESTROY)
    assert stack.tenant.all(FLOWS) == []
    assert stack.tenant.one(f"/applications/{foreign['id']}")["appId"] == foreign["appId"]


def test_a_flow_of_others_is_never_deleted(stack: Stack) -> None:
    """One in use is not taken without `adopt`, though it is as wanted; adopted, it is let go of."""
    made(stack)
    theirs = flow_of(stack)
    foreign = foreign_application(stack, theirs)
    stack.pulumi("state", "delete", "--yes", "--target-dependents", _urn(stack, "UserFlow"))
    shown = stack.pulumi(*UP, succeeds=False)
    assert (
        f"the tenant has one of that name (ID {theirs}) in use: 2 application(s) sign in by it"
        in shown
    )

    adopting = sections()
    adopting["userFlows"]["never"]["adopt"] = True
    stack.configure(**adopting)
    stack.pulumi(*UP)
    assert flow_of(stack) == theirs
    stack.pulumi(*DESTROY)
    assert included(stack, theirs) == [foreign["appId"]]


def _urn(stack: Stack, kind: str) -> str:
    (found,) = [one["urn"] for one in stack.resources() if one["type"].endswith(f":{kind}")]
    return found
