"""The summary that ends `make up`."""

from __future__ import annotations

import json
from typing import Any

from commands import deployment, summary

SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    "ciphertext": "v1:AAAA:BBBB",
}
URL = "https://localhost:8443"
GRAPH = "00000003-0000-0000-c000-000000000000"


def api(key: str, **more: object) -> dict[str, object]:
    """An entry of the output `apis`."""
    identity = {"clientId": f"{key}-client-id", "objectId": f"{key}-object-id"}
    return {**identity, "servicePrincipalId": f"{key}-sp", "scopes": {}, "roles": {}, **more}


def client(key: str, **more: object) -> dict[str, object]:
    """An entry of the output `clients`."""
    identity = {"clientId": f"{key}-client-id", "objectId": f"{key}-object-id"}
    return {**identity, "servicePrincipalId": f"{key}-sp", "redirectUris": [], **more}


def application(key: str, name: str, **more: object) -> dict[str, Any]:
    """An application as it stands in the state."""
    outputs = {"clientId": f"{key}-client-id", "displayName": name, **more}
    return {"type": "azuread:index/application:Application", "id": f"/{key}", "outputs": outputs}


def exported(outputs: dict[str, Any], *resources: dict[str, Any]) -> str:
    """What `pulumi stack export` prints for such a stack."""
    stack = {"type": "pulumi:pulumi:Stack", "outputs": outputs}
    provider = {"type": "pulumi:providers:azuread", "id": "1"}
    return json.dumps({"deployment": {"resources": [stack, provider, *resources]}})


SEED = exported(
    {
        "tenant": {"tenantId": "the-tenant", "subdomain": "contoso"},
        "apis": {
            "todolist": api(
                "todolist",
                scopes={"ToDoList.Read": "api://todolist/ToDoList.Read"},
                roles={"ToDoList.Read.All": "role-id"},
            )
        },
        "clients": {
            "web": client("web", redirectUris=["http://localhost:3000"], secretExpires="2027-05-22")
        },
        "clientSecrets": {"web": SECRET},
        "userFlows": {
            "Sample": {"id": "flow-id", "displayName": "Sample", "applications": ["web-client-id"]}
        },
        "environments": {"web": {"CLIENT_ID": "web-client-id"}},
        "environmentSecrets": {"web": {"CLIENT_SECRET": SECRET}},
    },
    application("todolist", "The API", optionalClaims={"accessTokens": [{"name": "idtyp"}]}),
    application("web", "The app", requiredResourceAccesses=[{"resourceAppId": GRAPH}]),
    {
        "type": "azuread:index/x:ServicePrincipalDelegatedPermissionGrant",
        "id": "1",
        "outputs": {
            "servicePrincipalObjectId": "web-sp",
            "resourceServicePrincipalObjectId": "graph-sp",
            "claimValues": ["openid", "offline_access"],
        },
    },
    {
        "type": "pulumi-python:dynamic/ciam:UserFlow",
        "id": "flow-id",
        "outputs": {
            "identityProviders": ["EmailPassword-OAUTH"],
            "attributes": [{"attribute": "country"}, {"attribute": "postalCode"}],
        },
    },
)


def told(export: str, url: str = URL) -> str:
    """The summary as text."""
    return "\n".join(line.plain.rstrip() for line in summary.lines(deployment.read(export), url))


def test_each_step_shows_what_exists() -> None:
    """The ten steps in their order, with the names and ids that the state holds."""
    text = told(SEED)

    steps = [line for line in text.splitlines() if line[:3].strip().isdigit()]
    assert [int(line.split()[0]) for line in steps] == list(range(1, 11))
    for expected in (
        "     The API\n       client ID          todolist-client-id",
        "       service principal  todolist-sp",
        "api://todolist/ToDoList.Read",
        "ToDoList.Read.All  role-id",
        "idtyp in access tokens for The API",
        "http://localhost:3000 of The app",
        "[secret] of The app, expires 2027-05-22",
        "The app may use Microsoft Graph: openid, offline_access",
        "Sample  flow-id\n       signs in with  EmailPassword-OAUTH\n",
        "       asks for       country, postalCode\n",
        "The app in Sample",
    ):
        assert expected in text


def test_values_and_variables_are_collected_without_secrets() -> None:
    """What the next pages ask for, ready to be copied; secrets only by name."""
    text = told(SEED)

    assert "Tenant ID                   the-tenant" in text
    assert "Client secret of web        [secret]" in text
    assert "  CLIENT_ID=web-client-id\n  CLIENT_SECRET=[secret]" in text
    assert "ciphertext" not in text
    assert "BBBB" not in text


def test_the_tenants_own_page_is_named() -> None:
    """On a line of its own, to be opened or copied."""
    assert f"\n  {URL}/\n" in told(SEED)


def test_what_comes_next_is_on_the_same_port() -> None:
    """Another port than the usual one is said where a command may start the tenant."""
    usual, moved = told(SEED), told(SEED, "https://localhost:9444")

    assert "PORT" not in usual
    assert "  make preview PORT=9444    what a change" in moved
    assert "  make down PORT=9444       delete it all" in moved


def test_secrets_are_masked_wherever_they_stand() -> None:
    """What was encrypted in the state never gets further than its reader."""
    state = deployment.read(SEED)

    assert state.outputs["clientSecrets"] == {"web": "[secret]"}
    assert state.outputs["environmentSecrets"] == {"web": {"CLIENT_SECRET": "[secret]"}}


def test_other_configurations_are_shown_by_their_keys() -> None:
    """Several APIs and clients, a client without a secret, and no user flow."""
    state = exported(
        {
            "apis": {"one": api("one"), "two": api("two")},
            "clients": {"spa": client("spa")},
            "environments": {"spa": {"CLIENT_ID": "spa-client-id"}},
            "environmentSecrets": SECRET,
        }
    )

    text = told(state)

    assert "     one\n" in text
    assert "     two\n" in text
    assert "Client ID of client spa" in text
    assert "Client secret" not in text
    assert "  9  Create a user flow\n     -\n" in text


def test_a_client_of_another_kind_is_called_what_it_is() -> None:
    """The page's words are for its web app."""
    web, jobs = client("web", kind="webApp"), client("jobs", kind="daemonApp")

    of_page = told(exported({"clients": {"web": web}}))
    several = told(exported({"clients": {"web": web, "jobs": jobs}}))

    assert "  5  Register the web app\n     web\n" in of_page
    assert "  5  Register the clients\n     web\n" in several
    assert "     jobs, a daemon, which signs nobody in\n" in several
    assert " 10  Associate the clients with the user flow\n" in several


def test_a_consented_api_that_the_stack_has_not_made_is_named_by_its_id() -> None:
    """Microsoft Graph is named only where it can be no other."""
    grant = {
        "servicePrincipalObjectId": "web-sp",
        "resourceServicePrincipalObjectId": "other-sp",
        "claimValues": ["Read"],
    }
    state = exported(
        {"clients": {"web": client("web")}},
        application("web", "The app", requiredResourceAccesses=[{"resourceAppId": "other"}]),
        {"type": ":ServicePrincipalDelegatedPermissionGrant", "id": "1", "outputs": grant},
    )

    assert "The app may use the API with service principal other-sp: Read" in told(state)


def test_an_empty_stack_has_a_summary_too() -> None:
    """Nothing is invented where nothing is deployed."""
    state = deployment.read(json.dumps({"deployment": {}}))

    assert state.is_empty
    assert [line.plain for line in summary.lines(state, URL)].count("     -") == 10
