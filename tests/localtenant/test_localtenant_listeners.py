"""Event listeners of one's own: what they hold, and what is refused of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import refused
from tests.localtenant.flow_bodies import (
    APPS,
    EXTENSIONS,
    LISTENERS,
    NO_TYPE,
    calling,
    extension_body,
    listener_body,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

TOKEN = "onTokenIssuanceStart"


def token_listener(graph: Graph, **properties: Any) -> Json:
    """Make a listener that calls an extension of its own."""
    extension_id = graph.made(EXTENSIONS, extension_body(TOKEN))["id"]
    return graph.made(LISTENERS, listener_body(calling(extension_id, TOKEN), **properties))


def test_listener_is_made_with_its_applications_and_extension(extensible: Graph) -> None:
    """The answer has what the body said, with the extension expanded, and so has a read."""
    client_id = str(uuid4())
    applications = {"includeApplications": [{"appId": client_id}]}
    extension = extensible.made(EXTENSIONS, extension_body(TOKEN))

    made = extensible.made(
        LISTENERS,
        listener_body(calling(extension["id"], TOKEN), conditions={"applications": applications}),
    )

    assert made["@odata.type"] == "#microsoft.graph.onTokenIssuanceStartListener"
    assert made["authenticationEventsFlowId"] is None
    assert made["handler"]["customExtension"]["displayName"] == extension["displayName"]
    assert made["handler"]["configuration"] is None
    assert made["conditions"]["applications"]["includeApplications"] == [{"appId": client_id}]
    assert extensible.read(f"{LISTENERS}/{made['id']}") == made
    by_application = f"conditions/applications/includeApplications/any(a:a/appId eq '{client_id}')"
    found = extensible.read(LISTENERS, params={"$filter": by_application})["value"]
    assert [one["id"] for one in found] == [made["id"]]


def test_listener_is_changed(extensible: Graph) -> None:
    """A PATCH replaces the applications and the extension, and keeps what it does not name."""
    listener = token_listener(extensible, displayName="before")
    path = f"{LISTENERS}/{listener['id']}"
    other = extensible.made(EXTENSIONS, extension_body(TOKEN))["id"]
    client_ids = [str(uuid4()), str(uuid4())]
    applications = {"includeApplications": [{"appId": c} for c in client_ids]}
    kind = {"@odata.type": listener["@odata.type"]}

    answers = [
        extensible.patch(path, kind | {"conditions": {"applications": applications}}),
        extensible.patch(path, kind | {"handler": calling(other, TOKEN)}),
    ]

    after = extensible.read(path)
    assert [(a.status_code, a.content) for a in answers] == [(204, b"")] * 2
    shown = after["conditions"]["applications"]["includeApplications"]
    assert [a["appId"] for a in shown] == client_ids
    assert after["handler"]["customExtension"]["id"] == other
    assert after["displayName"] == "before"


def test_listener_is_deleted(extensible: Graph) -> None:
    """A deleted listener is missed, and its extension is free."""
    listener = token_listener(extensible)
    path = f"{LISTENERS}/{listener['id']}"

    assert extensible.delete(path).status_code == 204

    message = f"The authentication event listener '{listener['id']}' was not found."
    refused(extensible.get(path), 404, "AADB2C", message)
    extension = listener["handler"]["customExtension"]["id"]
    assert extensible.delete(f"{EXTENSIONS}/{extension}").status_code == 204


def test_listeners_applications_have_a_path_of_their_own(extensible: Graph) -> None:
    """Applications are listed, added and removed below the listener's conditions."""
    listener = token_listener(extensible)
    path = f"{LISTENERS}/{listener['id']}/{APPS}"
    client_id = str(uuid4())
    body = {"appId": client_id}

    added = extensible.post(path, body)

    assert (added.status_code, added.json()["appId"]) == (201, client_id)
    assert extensible.read(path)["value"] == [body]
    message = f"The application '{client_id}' is already in this event listener."
    refused(extensible.post(path, body), 400, "AADB2C", message)
    assert extensible.delete(f"{path}/{client_id}").status_code == 204
    message = f"'{client_id}' is not among the includeApplications of this event listener."
    refused(extensible.delete(f"{path}/{client_id}"), 404, "AADB2C", message)


def test_listener_names_its_type(extensible: Graph) -> None:
    """A body without a type is refused, at creation and at change."""
    listener = token_listener(extensible)

    refused(extensible.post(LISTENERS, {"displayName": "x"}), 400, "Request_BadRequest", NO_TYPE)
    answer = extensible.patch(f"{LISTENERS}/{listener['id']}", {"displayName": "x"})
    refused(answer, 400, "Request_BadRequest", NO_TYPE)


@pytest.mark.local_only
def test_fraud_protection_is_not_implemented(graph: Graph) -> None:
    """The one type of listener that the tenant does not have is answered with 501."""
    answer = graph.post(
        LISTENERS, {"@odata.type": "#microsoft.graph.onFraudProtectionLoadStartListener"}
    )

    assert answer.status_code == 501


def test_extension_of_a_listener_must_exist(graph: Graph) -> None:
    """A handler that names an extension which the tenant has not is refused."""
    unknown = str(uuid4())

    answer = graph.post(LISTENERS, listener_body(calling(unknown, TOKEN)))

    message = f"The custom authentication extension '{unknown}' was not found."
    refused(answer, 404, "AADB2C", message)


def test_extension_of_a_listener_must_fit_the_event(extensible: Graph) -> None:
    """An extension for another event is refused."""
    extension_id = extensible.made(EXTENSIONS, extension_body())["id"]

    answer = extensible.post(LISTENERS, listener_body(calling(extension_id, TOKEN)))

    message = (
        f"The custom authentication extension '{extension_id}' is not a "
        "'onTokenIssuanceStartCustomExtension'."
    )
    refused(answer, 400, "AADB2C", message)


def test_handler_needs_its_extension(graph: Graph) -> None:
    """A handler that is there to call an extension has to name one."""
    handler = {"@odata.type": f"#microsoft.graph.{TOKEN}CustomExtensionHandler"}

    answer = graph.post(LISTENERS, listener_body(handler))

    refused(answer, 400, "AADB2C", "The 'customExtension' field is required.")


def test_overwritten_connection_is_limited(extensible: Graph) -> None:
    """A handler's own connection settings have the limits of the extension's."""
    extension_id = extensible.made(EXTENSIONS, extension_body(TOKEN))["id"]
    connection = {"clientConfiguration": {"timeoutInMilliseconds": 2001}}

    answer = extensible.post(
        LISTENERS, listener_body(calling(extension_id, TOKEN, configuration=connection))
    )

    refused(answer, 400, "AADB2C", "The 'timeoutInMilliseconds' field must be at most 2000.")


@pytest.mark.parametrize(
    ("event", "extension", "handler"),
    [
        ("onEmailOtpSend", "onOtpSend", "onOtpSend"),
        ("onPasswordSubmit", "onPasswordSubmit", "onPasswordMigration"),
        ("onVerifiedIdClaimValidation", "onVerifiedIdClaimValidation", ""),
        ("onAttributeCollectionStart", "onAttributeCollectionStart", ""),
    ],
)
def test_listener_for_each_event_that_calls_an_extension(
    extensible: Graph, event: str, extension: str, handler: str
) -> None:
    """Each event has listeners, handlers and extensions of its own types."""
    extension_id = extensible.made(EXTENSIONS, extension_body(extension))["id"]
    body = calling(extension_id, handler or event)
    if event == "onPasswordSubmit":
        body["migrationPropertyId"] = "extension_00000000000000000000000000000000_toMigrate"

    made = extensible.made(LISTENERS, listener_body(body, event))

    assert made["handler"]["@odata.type"] == body["@odata.type"]
    assert made["handler"]["customExtension"]["id"] == extension_id
