"""Attributes that a sign-up can ask for: one's own ones, and the rules about the built-in ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import FLOWS, refused
from tests.localtenant.flow_bodies import ATTRIBUTES, attributes_path, bound, reference

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

EXTENSIONS_APP = "b2c-extensions-app. Do not modify. Used by AADB2C for storing user data."


def body(**properties: Any) -> Json:
    """Build a custom attribute."""
    return {
        "displayName": f"Hobby {uuid4().hex}",
        "description": "Your hobby",
        "dataType": "string",
        **properties,
    }


@pytest.mark.parametrize(
    "kind", [None, "identityUserFlowAttribute", "IdentityCustomUserFlowAttribute"]
)
def test_custom_attribute(graph: Graph, kind: str | None) -> None:
    """Its id is that of a directory extension of the application that holds them."""
    sent = body() if kind is None else body() | {"@odata.type": f"#microsoft.graph.{kind}"}

    made = graph.made(ATTRIBUTES, sent)

    (application,) = graph.named(EXTENSIONS_APP)
    name = sent["displayName"].replace(" ", "")
    assert made["id"] == f"extension_{application['appId'].replace('-', '')}_{name}"
    assert made["@odata.type"] == "#microsoft.graph.identityCustomUserFlowAttribute"
    assert (made["userFlowAttributeType"], made["dataType"]) == ("custom", "string")
    assert graph.read(f"{ATTRIBUTES}/{made['id']}") == made


@pytest.mark.parametrize(
    ("data_type", "stored_as"),
    [
        ("string", ("String", False)),
        ("int64", ("LargeInteger", False)),
        ("stringCollection", ("String", True)),
    ],
)
def test_attribute_is_a_directory_extension(
    graph: Graph, data_type: str, stored_as: tuple[str, bool]
) -> None:
    """The application that holds attributes defines the extension, as long as they are there."""
    made = graph.made(ATTRIBUTES, body(dataType=data_type))
    (application,) = graph.named(EXTENSIONS_APP)
    path = f"/applications/{application['id']}/extensionProperties"

    (found,) = [e for e in graph.read(path)["value"] if e["name"] == made["id"]]

    assert (found["dataType"], found["isMultiValued"]) == stored_as
    assert found["targetObjects"] == ["User"]
    graph.delete(f"{ATTRIBUTES}/{made['id']}")
    assert made["id"] not in {e["name"] for e in graph.read(path)["value"]}


def test_description_is_changed(graph: Graph) -> None:
    """The description is what can be changed, and a deleted attribute is missed."""
    made = graph.made(ATTRIBUTES, body())
    path = f"{ATTRIBUTES}/{made['id']}"

    assert graph.patch(path, {"description": "Your new hobby"}).status_code == 204

    assert graph.read(path) == made | {"description": "Your new hobby"}
    assert graph.delete(path).status_code == 204
    message = f"The user flow attribute '{made['id']}' was not found."
    refused(graph.get(path), 404, "AADB2C", message)


@pytest.mark.parametrize("name", ["displayName", "dataType"])
def test_only_the_description_is_changed(graph: Graph, name: str) -> None:
    """Name and data type stay; a PATCH that repeats them is taken."""
    made = graph.made(ATTRIBUTES, body())
    path = f"{ATTRIBUTES}/{made['id']}"
    assert graph.patch(path, {name: made[name], "description": "x"}).status_code == 204

    answer = graph.patch(path, {name: "boolean"})

    refused(answer, 400, "AADB2C", f"The '{name}' field cannot be changed.")


@pytest.mark.parametrize("name", ["displayName", "dataType"])
def test_what_an_attribute_needs(graph: Graph, name: str) -> None:
    """An attribute without a name or a data type is refused."""
    sent = body()
    del sent[name]

    refused(graph.post(ATTRIBUTES, sent), 400, "AADB2C", f"The '{name}' field is required.")


def test_attribute_needs_its_description(graph: Graph) -> None:
    """A description is demanded under the code that was observed, at creation and at change."""
    made = graph.made(ATTRIBUTES, body())
    message = "The 'description' field is required."

    refused(graph.post(ATTRIBUTES, body(description="")), 400, "AADB2C99089", message)
    answer = graph.patch(f"{ATTRIBUTES}/{made['id']}", {"description": None})
    refused(answer, 400, "AADB2C99089", message)


def test_attribute_is_there_once(graph: Graph) -> None:
    """A name that another attribute has in any letter case is refused."""
    made = graph.made(ATTRIBUTES, body())
    name = made["displayName"].upper()

    answer = graph.post(ATTRIBUTES, body(displayName=name))

    message = f"A user flow attribute with the display name '{name}' already exists."
    refused(answer, 400, "AADB2C", message)
    spaced = name.replace(" ", "  ")
    message = f"A user flow attribute with the display name '{spaced}' already exists."
    refused(graph.post(ATTRIBUTES, body(displayName=spaced)), 400, "AADB2C", message)


def test_built_in_attributes_stay(graph: Graph) -> None:
    """What is built in is neither made, changed nor deleted."""
    path = f"{ATTRIBUTES}/city"
    kind = {"@odata.type": "#microsoft.graph.identityBuiltInUserFlowAttribute"}

    message = "Built-in user flow attributes cannot be created."
    refused(graph.post(ATTRIBUTES, body() | kind), 400, "AADB2C", message)
    refused(graph.post(ATTRIBUTES, body(userFlowAttributeType="builtIn")), 400, "AADB2C", message)
    message = "Built-in user flow attributes cannot be changed or deleted."
    refused(graph.patch(path, {"description": "x"}), 400, "AADB2C", message)
    refused(graph.delete(path), 400, "AADB2C", message)


def test_attribute_in_a_flow_is_not_deleted(graph: Graph) -> None:
    """A custom attribute can be bound to a flow, and stays as long as it is."""
    key = graph.made(ATTRIBUTES, body(dataType="boolean"))["id"]
    flow_id = graph.flow()["id"]
    path = attributes_path(flow_id)

    added = graph.post(f"{path}/$ref", reference("identity/userFlowAttributes", key))

    assert added.status_code == 204
    assert bound(graph.read(f"{FLOWS}/{flow_id}")) == ["email", "city", key]
    message = f"The user flow attribute '{key}' is in a user flow and cannot be deleted."
    refused(graph.delete(f"{ATTRIBUTES}/{key}"), 400, "AADB2C", message)
    assert graph.delete(f"{path}/{key}/$ref").status_code == 204
    assert graph.delete(f"{ATTRIBUTES}/{key}").status_code == 204


def test_flow_is_found_by_its_attribute(graph: Graph) -> None:
    """The documented filter with casts finds the flows that ask for an attribute."""
    key = graph.made(ATTRIBUTES, body())["id"]
    flow_id = graph.flow()["id"]
    graph.post(f"{attributes_path(flow_id)}/$ref", reference("identity/userFlowAttributes", key))

    place = attributes_path(flow_id).removeprefix(f"{FLOWS}/{flow_id}/")
    wanted = {"$filter": f"{place}/any(attribute:attribute/id eq '{key}')"}

    assert [f["id"] for f in graph.read(FLOWS, params=wanted)["value"]] == [flow_id]


@pytest.mark.local_only
def test_attribute_needs_the_application_that_holds_it(graph: Graph) -> None:
    """Without the b2c-extensions-app there is no place for a custom attribute."""
    (application,) = graph.named(EXTENSIONS_APP)
    key = application["id"]
    assert graph.delete(f"/applications/{key}").status_code == 204

    answer = graph.post(ATTRIBUTES, body())

    assert graph.post(f"/directory/deletedItems/{key}/restore").status_code == 200
    refused(answer, 400, "AADB2C", "The tenant has no b2c-extensions-app.")
    assert graph.post(ATTRIBUTES, body()).status_code == 201


@pytest.mark.local_only
def test_number_of_attributes_is_limited(graph: Graph) -> None:
    """A tenant has 100 custom attributes at most; the built-in ones do not count."""
    wanted = {"$filter": "userFlowAttributeType eq 'custom'", "$top": 999}
    present = graph.read(ATTRIBUTES, params=wanted)["value"]

    made = [graph.made(ATTRIBUTES, body())["id"] for _ in range(100 - len(present))]
    answer = graph.post(ATTRIBUTES, body())
    for key in made:
        graph.delete(f"{ATTRIBUTES}/{key}")

    message = "A tenant can have at most 100 custom user flow attributes."
    refused(answer, 400, "AADB2C", message)
