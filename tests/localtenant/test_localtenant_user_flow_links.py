"""What user flows are linked to: applications, identity providers and attributes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from passcode import EMAIL_METHOD, PASSCODE_ALLOWED

from localtenant.testing_bodies import collection_body, flow_body
from localtenant.testing_client import FLOWS, Graph, refused
from tests.localtenant.flow_bodies import (
    APPS,
    TYPE,
    attributes_path,
    bound,
    inputs,
    providers_path,
    reference,
    update,
)

PASSCODE = "EmailOtpSignup-OAUTH"


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


def test_attribute_is_added_to_a_page_that_was_cleared(graph: Graph) -> None:
    """A reference makes the page anew if a PATCH has set it to null."""
    flow_id = graph.flow()["id"]
    collection = collection_body() | {"attributeCollectionPage": None}
    graph.patch(f"{FLOWS}/{flow_id}", update(onAttributeCollection=collection))

    answer = graph.post(
        f"{attributes_path(flow_id)}/$ref", reference("identity/userFlowAttributes", "surname")
    )

    assert answer.status_code == 204
    assert inputs(graph.read(f"{FLOWS}/{flow_id}")) == ["surname"]


@pytest.mark.parametrize(
    "method",
    [
        PASSCODE_ALLOWED | {"state": "disabled"},
        PASSCODE_ALLOWED | {"allowExternalIdToUseEmailOtp": "disabled"},
    ],
)
@pytest.mark.usefixtures("passcode")
def test_passcode_is_allowed_before_it_is_used(graph: Graph, method: dict[str, str]) -> None:
    """A flow takes the email passcode only while the policy on methods allows it."""
    flow_id = graph.flow()["id"]
    path, body = providers_path(flow_id), flow_body()
    body["onAuthenticationMethodLoadStart"]["identityProviders"] = [{"id": PASSCODE}]
    added = reference("identityProviders", PASSCODE)

    graph.patch(EMAIL_METHOD, method)
    answers = (graph.post(f"{path}/$ref", added), graph.post(FLOWS, body))
    graph.patch(EMAIL_METHOD, PASSCODE_ALLOWED)

    message = (
        "Email one-time passcode must be enabled for external users in the authentication methods "
        "policy before a user flow can use it."
    )
    for answer in answers:
        refused(answer, 400, "AADB2C", message)
    assert graph.post(f"{path}/$ref", added).status_code == 204


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


@pytest.mark.usefixtures("passcode")
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
