"""Policies of claims and tokens: one JSON object under the policy's own name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import missing, refused
from tests.localtenant.policy_bodies import NOBODY

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

KINDS = {
    "claimsMappingPolicies": "ClaimsMappingPolicy",
    "homeRealmDiscoveryPolicies": "HomeRealmDiscoveryPolicy",
    "tokenIssuancePolicies": "TokenIssuancePolicy",
    "tokenLifetimePolicies": "TokenLifetimePolicy",
}
CLAIMS = "/policies/claimsMappingPolicies"


def body(name: str = "ClaimsMappingPolicy", **properties: object) -> Json:
    """Build a policy as azuread sends it."""
    return {
        "@odata.type": f"#microsoft.graph.{name[0].lower()}{name[1:]}",
        "displayName": f"policy {uuid4()}",
        "definition": [json.dumps({name: {"Version": 1}})],
        **properties,
    }


@pytest.mark.parametrize(("path", "name"), KINDS.items())
def test_each_kind_lives_and_ends(graph: Graph, path: str, name: str) -> None:
    """A policy is made, found by its name, changed and deleted."""
    made = graph.made(f"/policies/{path}", body(name))
    found = graph.read(f"/policies/{path}", {"$filter": f"displayName eq '{made['displayName']}'"})
    assert [f["id"] for f in found["value"]] == [made["id"]]
    assert made["isOrganizationDefault"] is False
    own = f"/policies/{path}/{made['id']}"

    changed = [json.dumps({name: {"Version": 1, "More": True}})]
    assert graph.patch(own, {"definition": changed}).status_code == 204

    read = graph.read(own)
    assert (read["definition"], read["displayName"]) == (changed, made["displayName"])
    assert graph.delete(own).status_code == 204
    refused(graph.get(own), 404, "Request_ResourceNotFound", missing(made["id"]))


@pytest.mark.parametrize(
    "definition",
    [
        [],
        ["no JSON"],
        ["[]"],
        ["[" * 100_000],
        [json.dumps({"TokenLifetimePolicy": {}})],
        [json.dumps({"ClaimsMappingPolicy": []})],
        [json.dumps({"ClaimsMappingPolicy": {}, "Other": {}})],
        [json.dumps({"ClaimsMappingPolicy": {}})] * 2,
    ],
    ids=["none", "text", "array", "deep", "other policy", "no object", "two names", "two"],
)
def test_a_definition_is_one_object_under_its_name(graph: Graph, definition: list[str]) -> None:
    """Anything else is refused, at creation and at a change."""
    message = "Property definition has an invalid value."
    refused(graph.post(CLAIMS, body(definition=definition)), 400, "Request_BadRequest", message)
    made = graph.made(CLAIMS, body())
    change = {"definition": definition}
    refused(graph.patch(f"{CLAIMS}/{made['id']}", change), 400, "Request_BadRequest", message)


def test_a_policy_needs_a_name(graph: Graph) -> None:
    """It is the directory's text that says so."""
    refused(
        graph.post(CLAIMS, body(displayName=None)),
        400,
        "Request_BadRequest",
        "A value is required for property 'displayName' of resource 'ClaimsMappingPolicy'.",
    )


def test_a_policy_applies_to_nothing_at_first(graph: Graph) -> None:
    """The list of what it is assigned to is there and empty."""
    made = graph.made(CLAIMS, body())

    assert graph.read(f"{CLAIMS}/{made['id']}/appliesTo")["value"] == []


def test_an_id_that_is_none_is_refused(graph: Graph) -> None:
    """Policies are directory objects: their ids are GUIDs."""
    refused(
        graph.get(f"{CLAIMS}/foo"), 400, "Request_BadRequest", "Invalid object identifier 'foo'."
    )
    refused(graph.get(f"{CLAIMS}/{NOBODY}"), 404, "Request_ResourceNotFound", missing(NOBODY))
