"""The seed's tenant on the real engine, seen in the tenant by a client that is not ours."""

from __future__ import annotations

from typing import Any

import pytest
from stack_fixture import Stack

FLOWS = "/identity/authenticationEventsFlows"
GRAPH = "00000003-0000-0000-c000-000000000000"


def principal(stack: Stack, client_id: str) -> dict[str, Any]:
    """The service principal of that client ID."""
    return stack.tenant.one(f"/servicePrincipals(appId='{client_id}')")


def deployer(stack: Stack) -> str:
    """The object ID of the deployer's service principal."""
    return principal(stack, stack.tenant.ready.env["ARM_CLIENT_ID"])["id"]


@pytest.fixture
def up(stack: Stack) -> Stack:
    """The seed's tenant, made."""
    stack.pulumi("up", "--yes", "--skip-preview")
    return stack


def test_up_makes_the_ten_steps(up: Stack) -> None:
    """Every value of the how-to is in the tenant, exactly once."""
    api, web = up.application("ciam-ToDoList-api"), up.application("ciam-client-app")
    # 1, 5: registrations in this directory only, each with a service principal
    assert {one["signInAudience"] for one in (api, web)} == {"AzureADMyOrg"}
    api_principal, web_principal = principal(up, api["appId"]), principal(up, web["appId"])
    # 2: identifier URI and scopes
    assert api["identifierUris"] == [f"api://{api['appId']}"]
    assert api["api"]["requestedAccessTokenVersion"] == 2
    scopes = {one["value"]: one for one in api["api"]["oauth2PermissionScopes"]}
    assert {value: (one["type"], one["isEnabled"]) for value, one in scopes.items()} == {
        "ToDoList.Read": ("Admin", True),
        "ToDoList.ReadWrite": ("Admin", True),
    }
    read = scopes["ToDoList.Read"]
    assert read["adminConsentDisplayName"] == "Read users ToDo list using the 'TodoListApi'"
    assert read["adminConsentDescription"] == (
        "Allow the app to read the user's ToDo list using the 'TodoListApi'"
    )
    # 3: app roles
    assert {
        one["value"]: (one["displayName"], one["allowedMemberTypes"]) for one in api["appRoles"]
    } == {
        value: (value, ["Application"]) for value in ("ToDoList.Read.All", "ToDoList.ReadWrite.All")
    }
    # 4: idtyp
    assert [one["name"] for one in api["optionalClaims"]["accessToken"]] == ["idtyp"]
    # 6: redirect URI
    assert web["web"]["redirectUris"] == ["http://localhost:3000/auth/redirect"]
    # 7: a secret that signs in
    assert len(web["passwordCredentials"]) == 1
    # 8: required and granted
    required = {
        one["resourceAppId"]: {access["id"] for access in one["resourceAccess"]}
        for one in web["requiredResourceAccess"]
    }
    assert required[api["appId"]] == {one["id"] for one in scopes.values()}
    granted = {
        one["resourceId"]: set(one["scope"].split())
        for one in up.tenant.all("/oauth2PermissionGrants")
        if one["clientId"] == web_principal["id"] and one["consentType"] == "AllPrincipals"
    }
    assert granted == {
        api_principal["id"]: {"ToDoList.Read", "ToDoList.ReadWrite"},
        principal(up, GRAPH)["id"]: {"openid", "offline_access"},
    }
    # 9, 10: the flow, with the application in it
    (flow,) = up.tenant.all(FLOWS)
    assert flow["displayName"] == "SignInSignUpSample"
    methods, collection = flow["onAuthenticationMethodLoadStart"], flow["onAttributeCollection"]
    assert [one["id"] for one in methods["identityProviders"]] == ["EmailPassword-OAUTH"]
    (view,) = collection["attributeCollectionPage"]["views"]
    asked = [one["attribute"] for one in view["inputs"] if not one["hidden"]]
    assert asked == ["country", "displayName", "postalCode"]
    included = up.tenant.all(f"{FLOWS}/{flow['id']}/conditions/applications/includeApplications")
    assert [one["appId"] for one in included] == [web["appId"]]
    # the deployer keeps what it made
    for path in (f"/applications/{api['id']}", f"/servicePrincipals/{web_principal['id']}"):
        assert [one["id"] for one in up.tenant.all(f"{path}/owners")] == [deployer(up)]


def test_the_outputs_are_the_contract(up: Stack) -> None:
    """The names and values that other stacks rely on, and a secret that really signs in."""
    api, web = up.application("ciam-ToDoList-api"), up.application("ciam-client-app")
    outputs, ready = up.outputs(), up.tenant.ready
    uri = f"api://{api['appId']}"
    secret = outputs["clientSecrets"]["web"]
    assert outputs == {
        "contractVersion": 1,
        "tenant": {
            "tenantId": ready.tenantId,
            "subdomain": "contoso",
            "authority": f"{ready.url}/{ready.tenantId}/v2.0",
            "issuer": f"{ready.url}/{ready.tenantId}/v2.0",
            "openIdConfiguration": (
                f"{ready.url}/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration"
            ),
        },
        "apis": {
            "todolist": {
                "clientId": api["appId"],
                "objectId": api["id"],
                "servicePrincipalId": principal(up, api["appId"])["id"],
                "identifierUri": uri,
                "scopes": {
                    "ToDoList.Read": f"{uri}/ToDoList.Read",
                    "ToDoList.ReadWrite": f"{uri}/ToDoList.ReadWrite",
                },
                "roles": {one["value"]: one["id"] for one in api["appRoles"]},
            }
        },
        "clients": {
            "web": {
                "kind": "webApp",
                "clientId": web["appId"],
                "objectId": web["id"],
                "servicePrincipalId": principal(up, web["appId"])["id"],
                "redirectUris": ["http://localhost:3000/auth/redirect"],
                "secretExpires": web["passwordCredentials"][0]["endDateTime"],
            }
        },
        "clientSecrets": {"web": secret},
        "previousClientSecrets": {},
        "apiSecrets": {},
        "previousApiSecrets": {},
        "userFlows": {
            "SignInSignUpSample": {
                "id": up.tenant.all(FLOWS)[0]["id"],
                "displayName": "SignInSignUpSample",
                "applications": [web["appId"]],
            }
        },
        "attributes": {},
        "identityProviders": {},
        "apiEnvironments": {
            "todolist": {
                "TENANT_SUBDOMAIN": "contoso",
                "CLIENT_ID": api["appId"],
                "AUTHORITY": f"{ready.url}/",
            }
        },
        "environments": {
            "web": {
                "TENANT_SUBDOMAIN": "contoso",
                "CLIENT_ID": web["appId"],
                "REDIRECT_URI": "http://localhost:3000/auth/redirect",
                "POST_LOGOUT_REDIRECT_URI": "http://localhost:3000",
                "AUTHORITY": f"{ready.url}/",
                "TODOLIST_READ": f"{uri}/ToDoList.Read",
                "TODOLIST_READWRITE": f"{uri}/ToDoList.ReadWrite",
            }
        },
        "environmentSecrets": {"web": {"CLIENT_SECRET": secret}},
    }
    answer = up.tenant.admin.http.post(
        f"{ready.url}/{ready.tenantId}/oauth2/v2.0/token",
        data={
            "grant_type": "client_credentials",
            "client_id": web["appId"],
            "client_secret": secret,
            "scope": f"{ready.url}/.default",
        },
    )
    assert answer.status_code == 200, answer.text


def test_a_second_up_changes_nothing(up: Stack) -> None:
    """Preview, up and refresh without a change send no write, and take no one object twice."""
    with up.tenant.wire() as wire:
        up.pulumi("preview", "--expect-no-changes")
        up.pulumi("up", "--yes", "--expect-no-changes")
    assert wire.writes() == []
    assert not [one for one in wire.graph() if FLOWS in one], "our providers read only on refresh"

    with up.tenant.wire() as wire:
        up.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert wire.writes() == []
    (flow,) = up.outputs()["userFlows"].values()
    item = f"GET {FLOWS}/{flow['id']}"
    assert [one for one in wire.graph() if FLOWS in one].count(item) == 1
    up.pulumi("preview", "--expect-no-changes")


def test_destroy_leaves_the_tenant_as_it_was(stack: Stack) -> None:
    """Everything that the stack made is gone, and nothing else."""
    before = {path: _ids(stack, path) for path in _COLLECTIONS}
    stack.pulumi("up", "--yes", "--skip-preview")
    assert _ids(stack, "/applications") != before["/applications"]
    stack.pulumi("destroy", "--yes", "--skip-preview")
    assert {path: _ids(stack, path) for path in _COLLECTIONS} == before
    assert stack.resources() == []


_COLLECTIONS = ("/applications", "/servicePrincipals", "/oauth2PermissionGrants", FLOWS)


def _ids(stack: Stack, path: str) -> list[str]:
    return sorted(one["id"] for one in stack.tenant.all(path))
