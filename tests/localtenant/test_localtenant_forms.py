"""Forms of one answer, and of one path: annotations, prices, and URLs that mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import Graph, refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json


@pytest.fixture(scope="module")
def application(graph: Graph) -> Json:
    """Make an application."""
    return graph.application()


@pytest.mark.parametrize("by", ["Accept", "$format"])
def test_metadata_none(graph: Graph, application: Json, by: str) -> None:
    """odata.metadata=none leaves out every annotation but the count and the next link."""
    wanted = "application/json;odata.metadata=none"
    headers = {"Accept": wanted} if by == "Accept" else {}
    params = {"$format": wanted} if by == "$format" else {}

    answer = graph.http.get(
        f"/v1.0/applications/{application['id']}/owners", params=params, headers=headers
    )
    page = graph.http.get("/v1.0/applications", params={"$top": "1", **params}, headers=headers)

    assert "odata.metadata=none" in answer.headers["Content-Type"]
    assert set(answer.json()) == {"value"}
    assert not [k for k in answer.json()["value"][0] if "@" in k]
    assert [k for k in page.json() if "@" in k] == ["@odata.nextLink"]


def test_metadata_full(graph: Graph, application: Json) -> None:
    """odata.metadata=full adds types and the object's own address."""
    headers = {"Accept": "application/json;odata.metadata=full;IEEE754Compatible=true"}
    path = f"/v1.0/applications/{application['id']}"

    answer = graph.http.get(path, headers=headers)
    body = answer.json()

    assert answer.headers["Content-Type"] == (
        "application/json;odata.metadata=full;odata.streaming=true;IEEE754Compatible=true;"
        "charset=utf-8"
    )
    assert body["@odata.type"] == "#microsoft.graph.application"
    place = f"directoryObjects/{application['id']}/Microsoft.DirectoryServices.Application"
    assert body["@odata.editLink"] == place
    assert body["@odata.id"] == f"{graph.url}/v2/{graph.ready.tenantId}/{place}"
    assert body["tags@odata.type"] == "#Collection(String)"
    assert body["createdDateTime@odata.type"] == "#DateTimeOffset"
    assert body["appRoles@odata.type"] == "#Collection(microsoft.graph.appRole)"


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ("/applications", "2"),
        ("/applications?$top=5", "1"),
        ("/applications?$select=id&$top=5", "1"),
        ("/applications?$expand=owners", "3"),
        ("/oauth2PermissionGrants", "2"),
        ("/servicePrincipals/nonsense", "1"),
        ("/identityProviders", None),
    ],
)
def test_requests_have_a_price(graph: Graph, path: str, units: str | None) -> None:
    """x-ms-resource-unit says what a request costs, a failed one as well, of the directory's."""
    assert graph.http.get(f"/v1.0{path}").headers.get("x-ms-resource-unit") == units


@pytest.mark.parametrize(
    "form",
    [
        "/applications/{id}",
        "/applications/{id}/",
        "//applications//{id}",
        "/applications('{id}')",
        "/applications(%27{id}%27)",
        "/applications({id})",
        "/applications(id='{id}')",
        "/applications(appId='{appId}')",
        "/applications(appId={appId})",
        "/Applications/{ID}",
        "/APPLICATIONS('{ID}')",
        "/applications/microsoft.graph.application/{id}",
        "/applications/{id}/microsoft.graph.application",
        "/applications%28%27{id}%27%29",
        "/directoryObjects/{id}",
    ],
)
def test_urls_that_mean_the_same(graph: Graph, application: Json, form: str) -> None:
    """Keys in parentheses or not, quoted or not, and any letter case name the same object."""
    path = form.replace("{id}", application["id"]).replace("{ID}", application["id"].upper())
    answer = graph.http.get("/v1.0" + path.replace("{appId}", application["appId"]))

    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == application["id"]


def test_what_is_encoded_separates_nothing(graph: Graph) -> None:
    """An encoded slash belongs to the key."""
    answer = graph.http.get("/v1.0/applications/a%2Fb")

    refused(answer, 400, "Request_BadRequest", "Invalid object identifier 'a/b'.")


@pytest.mark.parametrize(
    "body",
    [
        b'{"displayName": NaN}',
        b'{"displayName": -Infinity}',
        b'{"displayName": 1e999}',
        b'{"displayName": "a", "displayName": "b"}',
        b'{"displayName": "\\ud800"}',
        b'{"displayName": "\xff"}',
        '{"displayName": "a"}'.encode("utf-16"),
        b"[" * 100_000,
    ],
)
def test_bodies_that_are_no_json(graph: Graph, body: bytes) -> None:
    """What JSON's grammar, UTF-8 or a single reading does not allow is refused as unreadable."""
    answer = graph.http.post(
        "/v1.0/applications", content=body, headers={"Content-Type": "application/json"}
    )

    refused(
        answer,
        400,
        "BadRequest",
        "Unable to read JSON request payload. Please ensure Content-Type header is set and "
        "payload is of valid JSON format.",
    )


def test_methods_that_nothing_has(graph: Graph) -> None:
    """A method of which HTTP knows and Graph does not gets Graph's 405."""
    refused(
        graph.http.request("OPTIONS", "/v1.0/applications"),
        405,
        "Request_BadRequest",
        "Specified HTTP method is not allowed for the request target.",
    )
