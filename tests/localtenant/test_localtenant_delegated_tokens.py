"""Tokens that act for a user, made for tests by the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from token_requests import claims_of

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


@pytest.fixture(scope="module")
def user(graph: Graph) -> Json:
    """Make a user."""
    return graph.user(displayName="Ada")


@pytest.mark.parametrize("named_by", ["id", "userPrincipalName"])
def test_delegated_token(ready: Ready, graph: Graph, user: Json, named_by: str) -> None:
    """It has the claims of a user's token for Graph, and no roles."""
    client = graph.client.clientId
    body = {"user": user[named_by], "client": client, "scopes": ["User.Read", "Group.Read.All"]}

    answer = graph.http.post("/-/tokens", json=body).json()

    claims = claims_of(ready, answer["access_token"])
    assert (answer["token_type"], answer["scope"]) == ("Bearer", "User.Read Group.Read.All")
    assert claims["scp"] == answer["scope"]
    assert (claims["aud"], claims["tid"], claims["ver"]) == (ready.url, ready.tenantId, "1.0")
    assert (claims["oid"], claims["appid"], claims["idtyp"]) == (user["id"], client, "user")
    assert (claims["name"], claims["upn"]) == ("Ada", user["userPrincipalName"])
    assert claims["sub"] != claims["oid"]
    assert "roles" not in claims


def test_delegated_token_does_on_graph_what_its_scopes_say(graph: Graph, user: Json) -> None:
    """Graph takes the scopes of the token, and not the roles of its client."""
    body = {"user": user["id"], "client": graph.client.clientId, "scopes": ["Application.Read.All"]}
    token = graph.http.post("/-/tokens", json=body).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    read = graph.http.get("/v1.0/applications?$top=1", headers=headers)
    written = graph.http.post("/v1.0/applications", json={"displayName": "a"}, headers=headers)

    assert read.status_code == 200
    refused(
        written,
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )


WANTED = (
    'POST wants a JSON object {"user": "object ID or user principal name", "client": "client ID", '
    '"scopes": ["User.Read", …]}.'
)


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        (
            {"user": "nobody@contoso.onmicrosoft.com"},
            404,
            "The tenant has no user 'nobody@contoso.",
        ),
        (
            {"client": "nothing"},
            404,
            "The tenant has no application with a service principal 'nothing'.",
        ),
        (
            {"scopes": ["User.Read", "User.Think"]},
            400,
            "Microsoft Graph has no delegated permission 'User.Think'.",
        ),
        ({"scopes": []}, 400, WANTED),
        ({"scopes": "User.Read"}, 400, WANTED),
        ({"scopes": [7]}, 400, WANTED),
        ({"user": None}, 400, WANTED),
        ({"more": 1}, 400, WANTED),
    ],
)
def test_delegated_token_that_is_not_made(
    graph: Graph, user: Json, changes: dict[str, Any], status: int, message: str
) -> None:
    """The answer says in a sentence what is not there, or what is wanted."""
    body = {"user": user["id"], "client": graph.client.clientId, "scopes": ["User.Read"], **changes}

    answer = graph.http.post("/-/tokens", json=body)

    assert answer.status_code == status
    assert answer.json()["error"]["message"].startswith(message)


def test_body_that_is_no_json(graph: Graph) -> None:
    """Whatever is sent, the answer says what is wanted."""
    half = rb'{"user": "\ud800", "client": "a", "scopes": ["User.Read"]}'
    for content in (b"", b"[]", b"\xff", b"[" * 90_000, half):
        answer = graph.http.post("/-/tokens", content=content)
        assert (answer.status_code, answer.json()["error"]["message"]) == (400, WANTED)


@pytest.mark.parametrize("header", ["Host", "Origin"])
def test_delegated_tokens_are_for_this_machine(graph: Graph, user: Json, header: str) -> None:
    """A page of the web is refused, whatever name it gives this machine's address."""
    body = {"user": user["id"], "client": graph.client.clientId, "scopes": ["User.Read"]}

    answer = graph.http.post("/-/tokens", json=body, headers={header: "https://evil.example"})

    refused(answer, 403, "Refused", "Only this machine administers the local tenant.")
