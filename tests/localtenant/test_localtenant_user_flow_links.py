"""What user flows are linked to: applications, identity providers and attributes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from localtenant.testing_bodies import flow_body
from localtenant.testing_client import FLOWS, Graph, refused

TYPE = "externalUsersSelfServiceSignUpEventsFlow"
OWN = "ExternalUsersSelfServiceSignUp"
APPS = "conditions/applications/includeApplications"
NO_TYPE = (
    "A value without a type name was found and no expected type is available. When the model is "
    "specified, each value in the payload must have a type which can be either specified in the "
    "payload, explicitly by the caller or implicitly inferred from the parent value."
)


def providers_path(flow_id: str, prefix: str = "microsoft.graph") -> str:
    """Build the cast path to a flow's identity providers."""
    event = "onAuthenticationMethodLoadStart"
    return f"{FLOWS}/{flow_id}/{prefix}.{TYPE}/{event}/{prefix}.{event}{OWN}/identityProviders"


def attributes_path(flow_id: str, prefix: str = "microsoft.graph") -> str:
    """Build the cast path to a flow's attributes."""
    event = "onAttributeCollection"
    return f"{FLOWS}/{flow_id}/{prefix}.{TYPE}/{event}/{prefix}.{event}{OWN}/attributes"


def reference(collection: str, key: str) -> dict[str, str]:
    """Build the body of a POST to ``$ref``, with Microsoft's own host as clients send it."""
    return {"@odata.id": f"https://graph.microsoft.com/v1.0/{collection}/{key}"}


def inputs(flow: dict[str, Any]) -> list[str]:
    """List the attributes that a flow's page asks for."""
    views = flow["onAttributeCollection"]["attributeCollectionPage"]["views"]
    return [i["attribute"] for v in views for i in v["inputs"]]


def bound(flow: dict[str, Any]) -> list[str]:
    """List the attributes that are bound to a flow."""
    return [a["id"] for a in flow["onAttributeCollection"]["attributes"]]


@pytest.mark.parametrize("prefix", ["microsoft.graph", "graph"])
def test_attribute_is_added_by_reference(graph: Graph, prefix: str) -> None:
    """A reference binds an attribute and puts an input of default settings on the page."""
    flow_id = graph.flow()["id"]

    answer = graph.post(
        f"{attributes_path(flow_id, prefix)}/$ref",
        reference("identity/userFlowAttributes", "surname"),
    )

    flow = graph.read(f"{FLOWS}/{flow_id}")
    assert answer.status_code == 204
    assert bound(flow) == inputs(flow) == ["email", "city", "surname"]
    listed = graph.read(attributes_path(flow_id, prefix))["value"]
    assert [a["id"] for a in listed] == ["email", "city", "surname"]


def test_attribute_is_bound_once(graph: Graph) -> None:
    """An attribute that the flow has already is refused."""
    path = f"{attributes_path(graph.flow()['id'])}/$ref"

    answer = graph.post(path, reference("identity/userFlowAttributes", "city"))

    refused(answer, 400, "AADB2C", "The attribute 'city' is already in the user flow.")


def test_attribute_is_removed_by_reference(graph: Graph) -> None:
    """A removed attribute is no longer bound; its input stays until a PATCH drops it."""
    flow_id = graph.flow()["id"]
    path = f"{attributes_path(flow_id)}/city/$ref"

    assert graph.delete(path).status_code == 204
    flow = graph.read(f"{FLOWS}/{flow_id}")
    assert (bound(flow), inputs(flow)) == (["email"], ["email", "city"])
    message = "'city' is not among the attributes of this user flow."
    refused(graph.delete(path), 404, "AADB2C", message)


def test_listing_no_attributes_is_an_error(graph: Graph) -> None:
    """The attributes of a flow that has none are answered with 400, as documented."""
    body = flow_body()
    del body["onAttributeCollection"]
    flow_id = graph.made(FLOWS, body)["id"]

    message = "No attribute is assigned to this user flow."
    refused(graph.get(attributes_path(flow_id)), 400, "AADB2C", message)


def test_identity_providers_by_reference(graph: Graph) -> None:
    """Providers are added and removed by reference; the last one stays."""
    flow_id = graph.flow()["id"]
    path = providers_path(flow_id)
    body = reference("identityProviders", "EmailOtpSignup-OAUTH")

    assert graph.post(f"{path}/$ref", body).status_code == 204
    again = "The identity provider 'EmailOtpSignup-OAUTH' is already in the user flow."
    refused(graph.post(f"{path}/$ref", body), 400, "AADB2C", again)
    assert graph.delete(f"{path}/EmailPassword-OAUTH/$ref").status_code == 204
    last = "A user flow must have at least one identity provider."
    refused(graph.delete(f"{path}/EmailOtpSignup-OAUTH/$ref"), 400, "AADB2C", last)
    listed = graph.read(path)["value"]
    assert [(p["@odata.type"], p["id"]) for p in listed] == [
        ("#microsoft.graph.builtInIdentityProvider", "EmailOtpSignup-OAUTH")
    ]


@pytest.mark.parametrize("cast", ["", f"microsoft.graph.{TYPE}/", f"graph.{TYPE}/"])
def test_application_is_added_and_removed(graph: Graph, cast: str) -> None:
    """Applications are added by POST (201, the client ID alone), listed, and removed."""
    principal, flow_id = graph.principal(), graph.flow()["id"]
    path = f"{FLOWS}/{flow_id}/{cast}{APPS}"
    body = {
        "@odata.type": "#microsoft.graph.authenticationConditionApplication",
        "appId": principal["appId"],
    }

    added = graph.post(path, body)

    assert added.status_code == 201
    assert {k: v for k, v in added.json().items() if "@" not in k} == {"appId": body["appId"]}
    assert graph.read(f"{path}/")["value"] == [{"appId": principal["appId"]}]
    assert graph.delete(f"{path}/{principal['appId']}").status_code == 204
    assert graph.read(path)["value"] == []


def test_application_is_in_one_flow_at_most(graph: Graph) -> None:
    """An application that is in a flow cannot be added to another, nor twice to the same."""
    principal, first, second = graph.principal(), graph.flow(), graph.flow()
    body = {"appId": principal["appId"]}
    assert graph.post(f"{FLOWS}/{first['id']}/{APPS}", body).status_code == 201

    message = f"The application '{body['appId']}' is already in the user flow '{first['id']}'."
    refused(graph.post(f"{FLOWS}/{second['id']}/{APPS}", body), 400, "AADB2C", message)
    message = f"The application '{body['appId']}' is already in this user flow."
    refused(graph.post(f"{FLOWS}/{first['id']}/{APPS}", body), 400, "AADB2C", message)


def test_application_needs_its_service_principal(graph: Graph) -> None:
    """An application without a service principal cannot be in a flow."""
    client_id = graph.application()["appId"]

    answer = graph.post(f"{FLOWS}/{graph.flow()['id']}/{APPS}", {"appId": client_id})

    message = f"No service principal was found in the tenant for the application '{client_id}'."
    refused(answer, 400, "AADB2C", message)


def test_removing_an_application_that_is_not_there(graph: Graph) -> None:
    """Removing what is not associated gives 404."""
    client_id = str(uuid4())

    answer = graph.delete(f"{FLOWS}/{graph.flow()['id']}/{APPS}/{client_id}")

    message = f"'{client_id}' is not among the includeApplications of this user flow."
    refused(answer, 404, "AADB2C", message)


def test_flow_is_found_by_its_application(graph: Graph) -> None:
    """The documented filter with a cast finds the flow that an application is in."""
    principal, flow_id = graph.principal(), graph.flow()["id"]
    graph.post(f"{FLOWS}/{flow_id}/{APPS}", {"appId": principal["appId"]})

    wanted = f"microsoft.graph.{TYPE}/{APPS}/any(appId:appId/appId eq '{principal['appId']}')"
    found = graph.read(FLOWS, params={"$filter": wanted})["value"]

    assert [f["id"] for f in found] == [flow_id]


def test_deleted_application_leaves_its_flow(graph: Graph) -> None:
    """A flow lets go of an application that is deleted."""
    application = graph.application()
    graph.made("/servicePrincipals", {"appId": application["appId"]})
    path = f"{FLOWS}/{graph.flow()['id']}/{APPS}"
    graph.post(path, {"appId": application["appId"]})

    graph.delete(f"/applications/{application['id']}")

    assert graph.read(path)["value"] == []


def test_attributes_need_their_casts(graph: Graph) -> None:
    """Without casts the path to the attributes does not exist."""
    answer = graph.get(f"{FLOWS}/{graph.flow()['id']}/onAttributeCollection/attributes")

    refused(answer, 400, "BadRequest", "Resource not found for the segment 'attributes'.")
