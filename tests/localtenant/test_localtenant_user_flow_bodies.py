"""User flows: what a body has to say, and what is refused."""

from __future__ import annotations

import pytest

from localtenant.testing_bodies import flow_body
from localtenant.testing_client import FLOWS, Graph, refused
from tests.localtenant.flow_bodies import APPS, NO_TYPE, OWN, TYPE, update


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


def test_conditions_need_no_type(graph: Graph) -> None:
    """A PATCH of nothing but the conditions may go without a type, and replaces the list."""
    first, second = graph.principal()["appId"], graph.principal()["appId"]
    path = f"{FLOWS}/{graph.flow()['id']}"
    graph.post(f"{path}/{APPS}", {"appId": first})

    applications = {"includeApplications": [{"appId": second}]}
    answer = graph.patch(path, {"conditions": {"applications": applications}})

    assert answer.status_code == 204
    assert graph.read(f"{path}/{APPS}")["value"] == [{"appId": second}]
    mixed = {"displayName": "x", "conditions": {"applications": applications}}
    refused(graph.patch(path, mixed), 400, "Request_BadRequest", NO_TYPE)


def test_providers_need_no_type_in_beta(graph: Graph) -> None:
    """A PATCH of nothing but the providers may go without a type under /beta alone."""
    flow_id = graph.flow()["id"]
    handler = {
        "@odata.type": f"#microsoft.graph.onAuthenticationMethodLoadStart{OWN}",
        "identityProviders": [{"id": "EmailPassword-OAUTH"}],
    }
    body = {"onAuthenticationMethodLoadStart": handler}

    assert graph.patch(f"{FLOWS}/{flow_id}", body, "beta").status_code == 204

    refused(graph.patch(f"{FLOWS}/{flow_id}", body), 400, "Request_BadRequest", NO_TYPE)


def test_null_clears(graph: Graph) -> None:
    """Null clears a description, and no handler that every flow has."""
    path = f"{FLOWS}/{graph.flow(description='before')['id']}"

    assert graph.patch(path, update(description=None)).status_code == 204

    assert graph.read(path)["description"] is None
    for handler in ("onInteractiveAuthFlowStart", "onAuthenticationMethodLoadStart"):
        answer = graph.patch(path, update(**{handler: None}))
        refused(answer, 400, "AADB2C", f"The '{handler}' field cannot be removed.")


def test_what_was_read_can_be_sent(graph: Graph) -> None:
    """Providers and attributes may be sent as they are read, with types and names."""
    flow = graph.read(f"{FLOWS}/{graph.flow()['id']}")
    sent = {k: v for k, v in flow.items() if k not in {"id", "@odata.context"}}

    copy = graph.made(FLOWS, sent | {"displayName": f"{flow['displayName']} copy"})

    read = graph.read(f"{FLOWS}/{copy['id']}")
    own = {"id": 0, "displayName": 0, "@odata.context": 0}
    assert read | own == flow | own
