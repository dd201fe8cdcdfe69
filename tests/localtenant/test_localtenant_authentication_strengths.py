"""Authentication strengths: Microsoft's own, which are fixed, and a tenant's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.entities.conditional_access.strength import LARGEST_NUMBER
from localtenant.testing_client import refused
from tests.localtenant.policy_bodies import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

STRENGTHS = "/policies/authenticationStrengthPolicies"
ALIAS = "/identity/conditionalAccess/authenticationStrength/policies"
MFA = "00000000-0000-0000-0000-000000000002"


def body(*combinations: str, **properties: object) -> Json:
    """Build a strength."""
    return {
        "displayName": f"strength {uuid4()}",
        "allowedCombinations": list(combinations or ["fido2"]),
        **properties,
    }


def test_three_strengths_are_built_in(graph: Graph) -> None:
    """They are there from the start, at both paths, and can be filtered by their kind."""
    for path in (STRENGTHS, ALIAS):
        found = graph.read(path, {"$filter": "policyType eq 'builtIn'"})["value"]
        assert [f["displayName"] for f in found] == [
            "Multifactor authentication",
            "Passwordless MFA",
            "Phishing resistant MFA",
        ]
    assert "password,sms" in graph.read(f"{STRENGTHS}/{MFA}")["allowedCombinations"]


def test_a_strength_of_ones_own_lives_and_ends(graph: Graph) -> None:
    """It is made, renamed, given other combinations by an action, and deleted."""
    made = graph.made(STRENGTHS, body("sms, password", "fido2", description="Ours"))
    path = f"{STRENGTHS}/{made['id']}"
    assert made["policyType"] == "custom"
    assert made["requirementsSatisfied"] == "mfa"
    assert made["allowedCombinations"] == ["password,sms", "fido2"]

    assert graph.patch(path, {"displayName": "Renamed"}).status_code == 204
    changed = graph.post(
        f"{path}/updateAllowedCombinations", {"allowedCombinations": ["password,voice"]}
    )

    assert changed.status_code == 200
    assert changed.json()["previousCombinations"] == ["password,sms", "fido2"]
    assert changed.json()["currentCombinations"] == ["password,voice"]
    read = graph.read(f"{ALIAS}/{made['id']}")
    assert (read["displayName"], read["description"]) == ("Renamed", "Ours")
    assert read["allowedCombinations"] == ["password,voice"]
    assert graph.delete(path).status_code == 204
    refused(
        graph.get(path),
        404,
        "notFound",
        f"The authentication strength '{made['id']}' was not found.",
    )


def test_built_in_strengths_are_fixed(graph: Graph) -> None:
    """None of the writes touches them."""
    message = "Built-in authentication strengths cannot be changed."
    path = f"{STRENGTHS}/{MFA}"
    for answer in (
        graph.patch(path, {"displayName": "Mine"}),
        graph.delete(path),
        graph.post(f"{path}/updateAllowedCombinations", {"allowedCombinations": ["fido2"]}),
    ):
        refused(answer, 403, "accessDenied", message)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"displayName": None},
            (
                "A null value was found for the property named 'displayName', which has the "
                "expected type 'Edm.String[Nullable=False]'. The expected type "
                "'Edm.String[Nullable=False]' does not allow null values."
            ),
        ),
        (
            {"allowedCombinations": ["telepathy"]},
            (
                "Cannot convert the literal 'telepathy' to the expected type "
                "'microsoft.graph.authenticationMethodModes'."
            ),
        ),
    ],
    ids=["null", "unknown"],
)
def test_bodies_off_the_type_are_refused(graph: Graph, change: Json, message: str) -> None:
    """These get the text of the OData library."""
    refused(graph.post(STRENGTHS, body(**change)), 400, "Request_BadRequest", message)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"displayName": ""}, "The properties displayName and allowedCombinations are required."),
        (
            {"allowedCombinations": []},
            "The properties displayName and allowedCombinations are required.",
        ),
        (
            {"displayName": "multifactor AUTHENTICATION"},
            "An authentication strength with the name 'multifactor AUTHENTICATION' already exists.",
        ),
    ],
    ids=["no name", "no combination", "name taken"],
)
def test_a_strength_against_the_rules_is_refused(graph: Graph, change: Json, message: str) -> None:
    """A strength needs a name of its own and a combination."""
    refused(graph.post(STRENGTHS, body(**change)), 400, "BadRequest", message)


def test_a_change_against_the_rules_is_refused(graph: Graph) -> None:
    """Names stay unique, combinations change by their action alone, and are never none."""
    path = f"{STRENGTHS}/{graph.made(STRENGTHS, body())['id']}"
    for answer, message in (
        (
            graph.patch(path, {"displayName": "Passwordless MFA"}),
            "An authentication strength with the name 'Passwordless MFA' already exists.",
        ),
        (
            graph.patch(path, {"allowedCombinations": ["sms"]}),
            "Use updateAllowedCombinations to change allowedCombinations.",
        ),
        (
            graph.post(f"{path}/updateAllowedCombinations", {"allowedCombinations": []}),
            "allowedCombinations must not be empty.",
        ),
    ):
        refused(answer, 400, "BadRequest", message)
    graph.delete(path)


def test_a_tenant_has_room_for_so_many_strengths(graph: Graph) -> None:
    """Fifteen of its own, and one more is refused."""
    there = graph.read(STRENGTHS, {"$filter": "policyType eq 'custom'"})["value"]
    made = [graph.made(STRENGTHS, body())["id"] for _ in range(LARGEST_NUMBER - len(there))]

    answer = graph.post(STRENGTHS, body())

    for key in made:
        graph.delete(f"{STRENGTHS}/{key}")
    refused(answer, 400, "BadRequest", "A tenant can have 15 custom authentication strengths.")


@pytest.mark.local_only
def test_a_missing_permission_is_named_as_the_service_does(
    graph: Graph, holder: Callable[..., Graph]
) -> None:
    """Strengths and methods, Conditional Access and the directory refuse in words of their own."""
    denied = {
        f"{STRENGTHS}/{NOBODY}": ("accessDenied", "Request Authorization failed"),
        f"{ALIAS}/{NOBODY}": ("accessDenied", "Request Authorization failed"),
        "/policies/authenticationMethodsPolicy": ("accessDenied", "Request Authorization failed"),
        "/identity/conditionalAccess/policies": (
            "AccessDenied",
            "You cannot perform the requested operation, required scopes are missing in the token.",
        ),
        "/policies/claimsMappingPolicies": (
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        ),
    }
    for path, (code, message) in denied.items():
        refused(holder().get(path), 403, code, message)
        assert graph.get(path).status_code != 403
