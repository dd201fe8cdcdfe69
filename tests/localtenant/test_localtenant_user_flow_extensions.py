"""User flows that call custom authentication extensions, and further handlers of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import FLOWS, refused
from tests.localtenant.flow_bodies import (
    EXTENSIONS,
    OWN,
    SUBMIT,
    calling,
    extension_body,
    extension_path,
    update,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

START = "onAttributeCollectionStart"
each_event = pytest.mark.parametrize("event", [START, SUBMIT])


def made_for(graph: Graph, event: str) -> Json:
    """Make an extension for an event."""
    return graph.made(EXTENSIONS, extension_body(event))


def without_context(answer: Json) -> Json:
    """Leave out where an object was read."""
    return {k: v for k, v in answer.items() if k != "@odata.context"}


@each_event
def test_flow_calls_an_extension(extensible: Graph, event: str) -> None:
    """A PATCH names an extension, which reads show expanded; null clears it."""
    extension = made_for(extensible, event)
    path = f"{FLOWS}/{extensible.flow()['id']}"

    answer = extensible.patch(path, update(**{event: calling(extension["id"], event)}))

    assert answer.status_code == 204
    handler = extensible.read(path)[event]
    assert handler["customExtension"] == without_context(extension)
    assert extensible.patch(path, update(**{event: None})).status_code == 204
    assert extensible.read(path)[event] is None
    assert extensible.delete(f"{EXTENSIONS}/{extension['id']}").status_code == 204


def test_flow_is_made_with_an_extension(extensible: Graph) -> None:
    """An extension may be named at creation, with settings of the flow's own."""
    extension_id = made_for(extensible, SUBMIT)["id"]
    settings = {"behaviorOnError": None, "clientConfiguration": {"timeoutInMilliseconds": 900}}
    handler = calling(extension_id, configuration=settings)

    flow = extensible.flow(onAttributeCollectionSubmit=handler)

    assert "customExtension" not in flow[SUBMIT]
    shown = extensible.read(f"{FLOWS}/{flow['id']}")[SUBMIT]
    assert shown["customExtension"]["id"] == extension_id
    assert shown["configuration"]["clientConfiguration"]["timeoutInMilliseconds"] == 900


def test_change_of_settings_keeps_the_extension(extensible: Graph) -> None:
    """A handler that does not mention its extension keeps it."""
    extension_id = made_for(extensible, SUBMIT)["id"]
    path = f"{FLOWS}/{extensible.flow(onAttributeCollectionSubmit=calling(extension_id))['id']}"
    handler = calling(extension_id, configuration={"clientConfiguration": {"maximumRetries": 0}})
    del handler["customExtension"]

    extensible.patch(path, update(onAttributeCollectionSubmit=handler))

    shown = extensible.read(path)[SUBMIT]
    assert shown["customExtension"]["id"] == extension_id
    assert shown["configuration"]["clientConfiguration"]["maximumRetries"] == 0


@each_event
def test_extension_by_reference(extensible: Graph, event: str) -> None:
    """PUT of a $ref sets the extension and the handler; GET reads it or its reference."""
    first, second = made_for(extensible, event), made_for(extensible, event)
    flow_id = extensible.flow()["id"]
    path = extension_path(flow_id, event)
    message = f"No custom extension is set for '{event}'."
    refused(extensible.get(path), 404, "AADB2C", message)

    for extension in (first, second):
        body = {"@odata.id": f"https://graph.microsoft.com/v1.0{EXTENSIONS}/{extension['id']}"}
        assert extensible.http.put(f"/v1.0{path}/$ref", json=body).status_code == 204

    assert without_context(extensible.read(path)) == without_context(second)
    reference = extensible.read(f"{path}/$ref")["@odata.id"]
    assert reference == f"{extensible.url}/v1.0{EXTENSIONS}/{second['id']}"
    handler = extensible.read(f"{FLOWS}/{flow_id}")[event]
    assert handler["@odata.type"] == f"#microsoft.graph.{event}CustomExtensionHandler"
    assert extensible.delete(f"{EXTENSIONS}/{first['id']}").status_code == 204


def test_extension_of_a_flow_must_exist(graph: Graph) -> None:
    """An extension that the tenant has not is refused, and the flow stays as it was."""
    path, unknown = f"{FLOWS}/{graph.flow()['id']}", str(uuid4())

    answer = graph.patch(path, update(onAttributeCollectionSubmit=calling(unknown)))

    message = f"The custom authentication extension '{unknown}' was not found."
    refused(answer, 404, "AADB2C", message)
    assert graph.read(path)[SUBMIT] is None


def test_extension_of_a_flow_must_fit_the_event(extensible: Graph) -> None:
    """An extension for another event is refused, in a body and as a reference."""
    extension_id = made_for(extensible, START)["id"]
    flow_id = extensible.flow()["id"]
    body = {"@odata.id": f"https://graph.microsoft.com/v1.0{EXTENSIONS}/{extension_id}"}

    answers = (
        extensible.patch(
            f"{FLOWS}/{flow_id}", update(onAttributeCollectionSubmit=calling(extension_id))
        ),
        extensible.http.put(f"/v1.0{extension_path(flow_id)}/$ref", json=body),
    )

    message = (
        f"The custom authentication extension '{extension_id}' is not a "
        "'onAttributeCollectionSubmitCustomExtension'."
    )
    for answer in answers:
        refused(answer, 400, "AADB2C", message)


def test_extension_of_a_flow_is_not_deleted(extensible: Graph) -> None:
    """An extension that a flow calls stays until the flow is gone."""
    extension_id = made_for(extensible, SUBMIT)["id"]
    flow_id = extensible.flow(onAttributeCollectionSubmit=calling(extension_id))["id"]
    path = f"{EXTENSIONS}/{extension_id}"

    message = (
        f"The custom authentication extension '{extension_id}' is in use and cannot be deleted."
    )
    refused(extensible.delete(path), 400, "AADB2C", message)
    extensible.delete(f"{FLOWS}/{flow_id}")
    assert extensible.delete(path).status_code == 204


def test_user_type_to_create(graph: Graph) -> None:
    """A flow says whether a sign-up makes a member or a guest; null clears it."""
    handler = {
        "@odata.type": f"#microsoft.graph.onUserCreateStart{OWN}",
        "userTypeToCreate": "guest",
    }
    path = f"{FLOWS}/{graph.flow(onUserCreateStart=handler)['id']}"

    before = graph.read(path)["onUserCreateStart"]
    graph.patch(path, update(onUserCreateStart=None))

    assert before == handler
    assert graph.read(path)["onUserCreateStart"] is None
