"""User flows: what a body has to say, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from localtenant.testing_bodies import flow_body
from localtenant.testing_client import FLOWS, Graph, refused

TYPE = "externalUsersSelfServiceSignUpEventsFlow"
NO_TYPE = (
    "A value without a type name was found and no expected type is available. When the model is "
    "specified, each value in the payload must have a type which can be either specified in the "
    "payload, explicitly by the caller or implicitly inferred from the parent value."
)


def update(**properties: Any) -> dict[str, Any]:
    """Build a PATCH body with the type that the root must name."""
    return {"@odata.type": f"#microsoft.graph.{TYPE}", **properties}


def test_creation_does_not_echo_navigation(graph: Graph) -> None:
    """The 201 shows the handlers, without providers, attributes or applications in them."""
    principal = graph.principal()
    condition = {"applications": {"includeApplications": [{"appId": principal["appId"]}]}}

    flow = graph.flow(conditions=condition)

    assert flow["@odata.type"] == f"#microsoft.graph.{TYPE}"
    assert "identityProviders" not in flow["onAuthenticationMethodLoadStart"]
    assert "attributes" not in flow["onAttributeCollection"]
    assert flow["conditions"] == {"applications": {"includeAllApplications": False}}
    assert flow["onUserCreateStart"] is None


def test_display_name_is_unique(graph: Graph) -> None:
    """A second flow of the same name is refused, at creation and by PATCH, in any letter case."""
    first, second = graph.flow(), graph.flow()
    name = first["displayName"].upper()
    message = f"A user flow with the display name '{name}' already exists."

    answer = graph.patch(f"{FLOWS}/{second['id']}", update(displayName=name))
    refused(answer, 400, "AADB2C", message)


def test_flow_needs_a_name(graph: Graph) -> None:
    """A flow without displayName is refused."""
    body = flow_body()
    del body["displayName"]

    refused(graph.post(FLOWS, body), 400, "AADB2C", "The 'displayName' field is required.")


@pytest.mark.parametrize(
    "handler", ["onInteractiveAuthFlowStart", "onAuthenticationMethodLoadStart"]
)
def test_flow_needs_its_handlers(
    graph: Graph,
    handler: str,
) -> None:
    """The two handlers that every flow has are required at creation."""
    body = flow_body()
    del body[handler]

    refused(graph.post(FLOWS, body), 400, "AADB2C", f"The '{handler}' field is required.")


def test_flow_needs_an_identity_provider(graph: Graph) -> None:
    """A flow without an identity provider is refused."""
    body = flow_body()
    body["onAuthenticationMethodLoadStart"]["identityProviders"] = []

    message = "A user flow must have at least one identity provider."
    refused(graph.post(FLOWS, body), 400, "AADB2C", message)


def test_identity_provider_must_exist(graph: Graph) -> None:
    """A flow with a provider that the tenant has not is refused, and nothing is left of it."""
    body = flow_body()
    body["onAuthenticationMethodLoadStart"]["identityProviders"] = [{"id": "Google-OAUTH"}]

    message = "The identity provider 'Google-OAUTH' was not found."
    refused(graph.post(FLOWS, body), 404, "AADB2C", message)
    name = body["displayName"]
    assert graph.read(FLOWS, params={"$filter": f"displayName eq '{name}'"})["value"] == []


def test_root_type_is_demanded(graph: Graph) -> None:
    """A flow's body must name its type, at creation and at change."""
    body = flow_body()
    del body["@odata.type"]
    flow_id = graph.flow()["id"]

    refused(graph.post(FLOWS, body), 400, "Request_BadRequest", NO_TYPE)
    answer = graph.patch(f"{FLOWS}/{flow_id}", {"displayName": "x"})
    refused(answer, 400, "Request_BadRequest", NO_TYPE)


def test_handler_type_is_demanded(graph: Graph) -> None:
    """A handler must name its type, because the declared one is abstract."""
    body = update(onInteractiveAuthFlowStart={"isSignUpAllowed": False})

    answer = graph.patch(f"{FLOWS}/{graph.flow()['id']}", body)

    refused(answer, 400, "Request_BadRequest", NO_TYPE)


def test_wrong_handler_type_is_refused(graph: Graph) -> None:
    """A handler of a type that does not belong there is refused."""
    wrong = {"@odata.type": "#microsoft.graph.somethingElse", "isSignUpAllowed": False}

    answer = graph.patch(f"{FLOWS}/{graph.flow()['id']}", update(onInteractiveAuthFlowStart=wrong))

    message = (
        "A type named 'microsoft.graph.somethingElse' could not be resolved by the model. When a "
        "model is available, each type name must resolve to a valid type."
    )
    refused(answer, 400, "Request_BadRequest", message)
