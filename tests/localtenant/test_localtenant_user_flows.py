"""User flows: the documented and observed rules of external tenants, each with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing import running_tenant
from localtenant.testing_bodies import collection_body, flow_body
from localtenant.testing_client import FLOWS, Graph, refused
from tests.localtenant.flow_bodies import (
    APPS,
    OWN,
    attributes_path,
    bound,
    inputs,
    providers_path,
    reference,
    update,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_reading_shows_navigation(graph: Graph) -> None:
    """A GET shows applications, providers and attributes inside the handlers, as a list does."""
    principal = graph.principal()
    condition = {"applications": {"includeApplications": [{"appId": principal["appId"]}]}}
    flow_id = graph.flow(conditions=condition)["id"]

    flow = graph.read(f"{FLOWS}/{flow_id}")

    apps = flow["conditions"]["applications"]["includeApplications"]
    providers = flow["onAuthenticationMethodLoadStart"]["identityProviders"]
    assert apps == [{"appId": principal["appId"]}]
    assert [p["id"] for p in providers] == ["EmailPassword-OAUTH"]
    assert bound(flow) == ["email", "city"]
    listed = {f["id"]: f for f in graph.read(FLOWS, params={"$top": 999})["value"]}
    assert listed[flow_id] | {"@odata.context": 0} == flow | {"@odata.context": 0}


@pytest.mark.local_only
def test_bare_reads_show_no_navigation(tmp_path: Path, sign_in: Callable[..., Graph]) -> None:
    """With --flow-reads bare, navigation is read at its own paths only."""
    roles = {"flows": ("EventListener.ReadWrite.All",)}
    with running_tenant(tmp_path, clients=roles, extra_args=["--flow-reads", "bare"]) as ready:
        client = sign_in(ready, "flows")
        flow = client.read(f"{FLOWS}/{client.made(FLOWS, flow_body())['id']}")
        providers = client.read(providers_path(flow["id"]))["value"]

    assert "identityProviders" not in flow["onAuthenticationMethodLoadStart"]
    assert "attributes" not in flow["onAttributeCollection"]
    assert "includeApplications" not in flow["conditions"]["applications"]
    assert [p["id"] for p in providers] == ["EmailPassword-OAUTH"]


def test_sign_up_can_be_switched_off(graph: Graph) -> None:
    """A PATCH answers 204 without a body and changes what it names alone."""
    before = graph.read(f"{FLOWS}/{graph.flow()['id']}")
    handler = {
        "@odata.type": f"#microsoft.graph.onInteractiveAuthFlowStart{OWN}",
        "isSignUpAllowed": False,
    }

    answer = graph.patch(f"{FLOWS}/{before['id']}", update(onInteractiveAuthFlowStart=handler))

    after = graph.read(f"{FLOWS}/{before['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert after["onInteractiveAuthFlowStart"]["isSignUpAllowed"] is False
    assert after | {"onInteractiveAuthFlowStart": 0} == before | {"onInteractiveAuthFlowStart": 0}


def test_patch_refuses_attributes(graph: Graph) -> None:
    """Attributes inside a PATCH are refused in the words that were observed."""
    collection = collection_body("email") | {"attributes": [{"id": "email"}]}

    answer = graph.patch(f"{FLOWS}/{graph.flow()['id']}", update(onAttributeCollection=collection))

    refused(answer, 400, "AADB2C", "The request body is null or in bad format")


def test_inputs_are_replaced(graph: Graph) -> None:
    """A PATCH's inputs replace the page's, and an attribute left out leaves the flow."""
    flow_id = graph.flow()["id"]

    graph.patch(f"{FLOWS}/{flow_id}", update(onAttributeCollection=collection_body("email")))

    flow = graph.read(f"{FLOWS}/{flow_id}")
    assert (inputs(flow), bound(flow)) == (["email"], ["email"])


def test_inputs_for_unbound_attributes_are_ignored(graph: Graph) -> None:
    """An input for an attribute that is not bound is accepted and quietly dropped."""
    flow_id = graph.flow()["id"]
    collection = collection_body("email", "city", "surname")

    answer = graph.patch(f"{FLOWS}/{flow_id}", update(onAttributeCollection=collection))

    assert answer.status_code == 204
    assert inputs(graph.read(f"{FLOWS}/{flow_id}")) == ["email", "city"]


def test_collection_is_changed_only_if_configured_at_creation(graph: Graph) -> None:
    """A flow made without attribute collection takes attributes by reference alone."""
    body = flow_body()
    del body["onAttributeCollection"]
    flow_id = graph.made(FLOWS, body)["id"]

    answer = graph.patch(
        f"{FLOWS}/{flow_id}", update(onAttributeCollection=collection_body("city"))
    )

    message = "'onAttributeCollection' can be updated only if it was configured at creation."
    refused(answer, 400, "AADB2C", message)
    added = graph.post(
        f"{attributes_path(flow_id)}/$ref", reference("identity/userFlowAttributes", "city")
    )
    assert added.status_code == 204
    assert bound(graph.read(f"{FLOWS}/{flow_id}")) == ["city"]


def test_bound_attributes_take_the_first_only(graph: Graph) -> None:
    """attributes@odata.bind is accepted at creation and binds its first attribute only."""
    urls = [reference("identity/userFlowAttributes", k)["@odata.id"] for k in ("email", "city")]
    collection = collection_body("email", "city") | {"attributes@odata.bind": urls}

    flow_id = graph.made(FLOWS, flow_body(onAttributeCollection=collection))["id"]

    assert bound(graph.read(f"{FLOWS}/{flow_id}")) == ["email"]


@pytest.mark.usefixtures("passcode")
def test_patch_rewrites_identity_providers(graph: Graph) -> None:
    """A PATCH that lists providers replaces the flow's."""
    flow_id = graph.flow()["id"]
    handler = {
        "@odata.type": f"#microsoft.graph.onAuthenticationMethodLoadStart{OWN}",
        "identityProviders": [{"id": "EmailOtpSignup-OAUTH"}],
    }

    graph.patch(f"{FLOWS}/{flow_id}", update(onAuthenticationMethodLoadStart=handler))

    listed = graph.read(providers_path(flow_id))["value"]
    assert [p["id"] for p in listed] == ["EmailOtpSignup-OAUTH"]


def test_patch_replaces_applications(graph: Graph) -> None:
    """A PATCH that lists applications replaces the flow's."""
    first, second, flow = graph.principal(), graph.principal(), graph.flow()
    path = f"{FLOWS}/{flow['id']}/{APPS}"
    graph.post(path, {"appId": first["appId"]})

    applications = {"includeApplications": [{"appId": second["appId"]}]}
    answer = graph.patch(f"{FLOWS}/{flow['id']}", update(conditions={"applications": applications}))

    assert answer.status_code == 204
    assert graph.read(path)["value"] == [{"appId": second["appId"]}]


def test_deleted_flow_is_gone(graph: Graph) -> None:
    """A deleted flow is missed by its id, and its applications are free for another flow."""
    principal, flow_id = graph.principal(), graph.flow()["id"]
    graph.post(f"{FLOWS}/{flow_id}/{APPS}", {"appId": principal["appId"]})

    assert graph.delete(f"{FLOWS}/{flow_id}").status_code == 204

    message = f"The authentication events flow '{flow_id}' was not found."
    refused(graph.get(f"{FLOWS}/{flow_id}"), 404, "AADB2C", message)
    other = f"{FLOWS}/{graph.flow()['id']}/{APPS}"
    assert graph.post(other, {"appId": principal["appId"]}).status_code == 201
