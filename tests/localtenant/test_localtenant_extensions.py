"""Directory extensions: properties that applications add to users and groups."""

from __future__ import annotations

from typing import Any

import pytest

from localtenant.testing_client import Graph, refused

UNKNOWN = "extension_00000000000000000000000000000000_Shoe"


@pytest.fixture(scope="module")
def application(graph: Graph) -> dict[str, Any]:
    """Make the application that registers the extensions."""
    return graph.application()


def register(
    graph: Graph,
    application: dict[str, Any],
    name: str,
    data_type: str,
    *targets: str,
    several: bool = False,
) -> str:
    """Register an extension property: its full name."""
    body = {"name": name, "dataType": data_type, "targetObjects": list(targets or ("User",))}
    body |= {"isMultiValued": several}
    return graph.made(f"/applications/{application['id']}/extensionProperties", body)["name"]


@pytest.mark.parametrize(
    ("data_type", "value", "wrong"),
    [
        ("String", "42 wide", 42),
        ("Boolean", False, "no"),
        ("Integer", 42, 2**31),
        ("LargeInteger", 2**40, "many"),
        ("DateTime", "2026-01-02T03:04:05Z", "yesterday"),
    ],
)
def test_values_of_each_type(
    graph: Graph, application: dict[str, Any], data_type: str, value: object, wrong: object
) -> None:
    """A value is set at creation or later, read when selected, and must be of its type."""
    name = register(graph, application, f"Typed{data_type}", data_type)
    user = graph.user(**{name: value})
    path = f"/users/{user['id']}"

    assert name not in user
    assert name not in graph.read(path)
    assert graph.read(path, {"$select": f"id,{name}"})[name] == value
    assert graph.patch(path, {name: wrong}).status_code == 400
    assert graph.patch(path, {"jobTitle": "Clerk"}).status_code == 204
    assert graph.read(path, {"$select": name})[name] == value
    assert graph.patch(path, {name: None}).status_code == 204
    assert graph.read(path, {"$select": name})[name] is None


def test_collection(graph: Graph, application: dict[str, Any]) -> None:
    """An extension of several values holds an array."""
    name = register(graph, application, "Colours", "String", several=True)
    user = graph.user(**{name: ["red", "blue"]})

    assert graph.read(f"/users/{user['id']}", {"$select": name})[name] == ["red", "blue"]


def test_filter(graph: Graph, application: dict[str, Any]) -> None:
    """Users are found by the value of an extension."""
    name = register(graph, application, "Badge", "String")
    user = graph.user(**{name: "A-17"})
    graph.user(**{name: "A-18"})

    found = graph.read("/users", {"$filter": f"{name} eq 'a-17'"})["value"]

    assert [u["id"] for u in found] == [user["id"]]


def test_longest_text(graph: Graph, application: dict[str, Any]) -> None:
    """A text has 256 characters at most."""
    name = register(graph, application, "Long", "String")

    answer = graph.patch(f"/users/{graph.user()['id']}", {name: "x" * 257})

    message = f"Invalid value specified for property '{name}' of resource 'User'."
    refused(answer, 400, "Request_BadRequest", message)


def test_unregistered_in_a_body(graph: Graph, application: dict[str, Any]) -> None:
    """What nobody registered, or only for groups, is not available; all such names are told."""
    of_groups = register(graph, application, "Level", "Integer", "Group")
    path = f"/users/{graph.user()['id']}"

    answer = graph.patch(path, {UNKNOWN: 1, of_groups: 2, "jobTitle": "Clerk"})

    message = f"The following extension properties are not available: {UNKNOWN},{of_groups}."
    refused(answer, 400, "Request_BadRequest", message)
    group = graph.group(**{of_groups: 3})
    assert graph.read(f"/groups/{group['id']}", {"$select": of_groups})[of_groups] == 3


@pytest.mark.parametrize("option", ["$select", "$filter"])
def test_unregistered_in_a_query(graph: Graph, option: str) -> None:
    """What nobody registered cannot be asked for."""
    wanted = UNKNOWN if option == "$select" else f"{UNKNOWN} eq 'x'"

    answer = graph.get("/users", params={option: wanted})

    message = f"Property '{UNKNOWN}' does not exist as a declared property or extension property."
    refused(answer, 400, "Request_UnsupportedQuery", message)


def test_names_in_texts_are_none(graph: Graph) -> None:
    """A text that looks like an extension's name is only a text."""
    user = graph.user(jobTitle=UNKNOWN)

    found = graph.read("/users", {"$filter": f"jobTitle eq '{UNKNOWN}'"})["value"]

    assert user["id"] in [u["id"] for u in found]


def test_available_extensions(graph: Graph, application: dict[str, Any]) -> None:
    """The extensions of the tenant's applications are listed; none is synchronized."""
    name = register(graph, application, "Listed", "String")
    path = "/directoryObjects/getAvailableExtensionProperties"

    assert name in {e["name"] for e in graph.made(path, {})["value"]}
    assert graph.made(path, {"isSyncedFromOnPremises": True})["value"] == []
