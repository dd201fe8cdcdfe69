"""What belongs to an application beside its properties: its logo and its directory extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
SAME_KEY = "Request_MultipleObjectsWithSameKeyValue"


def put_logo(graph: Graph, path: str, content: bytes, content_type: str = "image/png") -> Any:
    """PUT a logo."""
    headers = {"Content-Type": content_type}
    return graph.http.put(f"/v1.0{path}/logo", content=content, headers=headers)


def extension(**changes: object) -> Json:
    """Build a directory extension of users."""
    return {"name": "skypeId", "dataType": "String", "targetObjects": ["User"], **changes}


def test_logo_is_kept_and_says_where_it_is(graph: Graph) -> None:
    """A logo is read back as it was sent, under the address that the application names."""
    principal = graph.principal()
    path = f"/applications(appId='{principal['appId']}')"
    assert graph.get(f"{path}/logo").status_code == 404

    assert put_logo(graph, path, PNG).status_code == 204

    answer = graph.http.get(graph.read(path)["info"]["logoUrl"])
    assert (answer.headers["content-type"], answer.content) == ("image/png", PNG)
    shown = graph.read(f"/servicePrincipals/{principal['id']}")["info"]["logoUrl"]
    assert shown == str(answer.url)
    assert graph.delete(f"{path}/logo").status_code == 204
    assert graph.read(path)["info"]["logoUrl"] is None
    assert graph.get(f"{path}/logo").status_code == 404


def test_logo_is_a_picture(graph: Graph) -> None:
    """A logo is GIF, JPEG or PNG, and not too large."""
    path = f"/applications/{graph.application()['id']}"

    message = (
        "The content type 'image/svg+xml' is not supported for 'logo': image/gif, image/jpeg, "
        "image/png."
    )
    answer = put_logo(graph, path, PNG, "image/svg+xml")
    refused(answer, 400, "Request_BadRequest", message)
    message = "The content of 'logo' must be of 1 to 102400 bytes."
    for content in (b"", b"x" * 102_401):
        refused(put_logo(graph, path, content), 400, "Request_BadRequest", message)
    assert put_logo(graph, path, b"x" * 102_400).status_code == 204


def test_extension_is_made_listed_read_and_deleted(graph: Graph) -> None:
    """An extension gets the name under which values are written."""
    application = graph.application()
    path = f"/applications/{application['id']}/extensionProperties"

    made = graph.made(path, extension())

    name = f"extension_{application['appId'].replace('-', '')}_skypeId"
    assert {n: made[n] for n in made if n[0] != "@"} == {
        "id": made["id"],
        "deletedDateTime": None,
        "appDisplayName": application["displayName"],
        "dataType": "String",
        "isMultiValued": False,
        "isSyncedFromOnPremises": False,
        "name": name,
        "targetObjects": ["User"],
    }
    assert [e["name"] for e in graph.read(path)["value"]] == [name]
    assert graph.read(f"{path}/{made['id']}")["name"] == name
    refused(
        graph.patch(f"{path}/{made['id']}", {"dataType": "Boolean"}),
        405,
        "Request_BadRequest",
        "Specified HTTP method is not allowed for the request target.",
    )
    assert graph.delete(f"{path}/{made['id']}").status_code == 204
    assert graph.read(path)["value"] == []


def test_extension_holds_values_of_users(graph: Graph) -> None:
    """Users take values of an extension, until its application is deleted for good."""
    application = graph.application()
    path = f"/applications/{application['id']}/extensionProperties"
    name = graph.made(path, extension(dataType="Integer"))["name"]
    user = {
        "accountEnabled": True,
        "displayName": "a",
        "mailNickname": "a",
        "passwordProfile": {"password": f"Aa1!{uuid4()}"},
        "userPrincipalName": f"{uuid4()}@{graph.domain}",
    }

    made = graph.made("/users", user | {name: 3})

    assert graph.read(f"/users/{made['id']}", {"$select": name})[name] == 3
    graph.delete(f"/applications/{application['id']}")
    graph.delete(f"/directory/deletedItems/{application['id']}")
    answer = graph.patch(f"/users/{made['id']}", {name: 4})
    message = f"The following extension properties are not available: {name}."
    refused(answer, 400, "Request_BadRequest", message)


def test_extension_is_defined_once(graph: Graph) -> None:
    """A second extension of a name, in any letter case, is a conflict."""
    path = f"/applications/{graph.application()['id']}/extensionProperties"
    name = graph.made(path, extension())["name"]

    message = f"An extension property exists with the name {name}."
    refused(graph.post(path, extension(name="SKYPEID")), 409, SAME_KEY, message)


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        ("dataType", "Text"),
        ("targetObjects", ["user"]),
        ("targetObjects", []),
        ("name", "with space"),
    ],
)
def test_extension_is_of_a_known_type(graph: Graph, prop: str, value: object) -> None:
    """Types and targets are those that the documentation lists, in its spelling."""
    path = f"/applications/{graph.application()['id']}/extensionProperties"

    answer = graph.post(path, extension(**{prop: value}))

    message = f"Invalid value specified for property '{prop}' of resource 'ExtensionProperty'."
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.parametrize("prop", ["name", "dataType"])
def test_extension_is_described_in_full(graph: Graph, prop: str) -> None:
    """A name and a type are required."""
    path = f"/applications/{graph.application()['id']}/extensionProperties"
    body = {n: v for n, v in extension().items() if n != prop}

    message = f"A value is required for property '{prop}' of resource 'ExtensionProperty'."
    refused(graph.post(path, body), 400, "Request_BadRequest", message)
