"""Conditional Access policies: what clients send and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tests.localtenant.policy_bodies import NOBODY, POLICIES, conditions, policy_body

if TYPE_CHECKING:
    from localtenant.testing_client import Graph

ALL_TENANTS = {
    "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants",
    "membershipKind": "all",
}


def test_a_policy_reads_back_in_full(graph: Graph) -> None:
    """The answer has every property, with explicit nulls and empty lists."""
    made = graph.made(POLICIES, policy_body(displayName="Require MFA"))

    read = graph.read(f"{POLICIES}/{made['id']}")
    assert read.pop("@odata.context").endswith(
        "/v1.0/$metadata#identity/conditionalAccess/policies/$entity"
    )
    assert read.pop("createdDateTime").endswith("Z")
    del read["id"]
    nothing: list[str] = []
    assert read == {
        "templateId": None,
        "displayName": "Require MFA",
        "description": None,
        "modifiedDateTime": None,
        "deletedDateTime": None,
        "state": "disabled",
        "sessionControls": None,
        "conditions": {
            "userRiskLevels": nothing,
            "signInRiskLevels": nothing,
            "clientAppTypes": ["all"],
            "servicePrincipalRiskLevels": nothing,
            "insiderRiskLevels": None,
            "clientApplications": None,
            "platforms": None,
            "locations": None,
            "devices": None,
            "authenticationFlows": None,
            "applications": {
                "includeApplications": ["All"],
                "excludeApplications": nothing,
                "includeUserActions": nothing,
                "includeAuthenticationContextClassReferences": nothing,
                "applicationFilter": None,
            },
            "users": {
                "includeUsers": ["All"],
                "excludeUsers": nothing,
                "includeGroups": nothing,
                "excludeGroups": nothing,
                "includeRoles": nothing,
                "excludeRoles": nothing,
                "includeGuestsOrExternalUsers": None,
                "excludeGuestsOrExternalUsers": None,
            },
        },
        "grantControls": {
            "operator": "OR",
            "builtInControls": ["mfa"],
            "customAuthenticationFactors": nothing,
            "termsOfUse": nothing,
            "authenticationStrength": None,
        },
    }


def test_a_patch_merges_and_null_clears(graph: Graph) -> None:
    """What a PATCH leaves out stays; a condition set to null goes; the list finds the new name."""
    name = f"policy {uuid4()}"
    risky = conditions(signInRiskLevels=["high"], locations={"includeLocations": ["All"]})
    made = graph.made(POLICIES, policy_body(conditions=risky))

    change = {"displayName": name, "conditions": {"locations": None}}
    assert graph.patch(f"{POLICIES}/{made['id']}", change).status_code == 204

    (read,) = graph.read(POLICIES, {"$filter": f"displayName eq '{name}'"})["value"]
    assert read["conditions"]["locations"] is None
    assert read["conditions"]["signInRiskLevels"] == ["high"]
    assert read["grantControls"]["builtInControls"] == ["mfa"]
    assert read["modifiedDateTime"]
    assert graph.delete(f"{POLICIES}/{made['id']}").status_code == 204
    assert graph.get(f"{POLICIES}/{made['id']}").status_code == 404


def test_guests_are_flags_of_polymorphic_tenants(graph: Graph) -> None:
    """Kinds of guests come back comma-joined in Graph's order, their tenants with their type."""
    guests = {
        "guestOrExternalUserTypes": "otherExternalUser, internalGuest",
        "externalTenants": {
            "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
            "membershipKind": "enumerated",
            "members": [NOBODY],
        },
    }
    users = {
        "includeUsers": ["All"],
        "includeGuestsOrExternalUsers": guests,
        "excludeGuestsOrExternalUsers": {
            "guestOrExternalUserTypes": "serviceProvider",
            # Clients leave the type of this one out.
            "externalTenants": {"membershipKind": "all"},
        },
    }

    made = graph.made(POLICIES, policy_body(conditions=conditions(users=users)))["conditions"][
        "users"
    ]

    included = made["includeGuestsOrExternalUsers"]
    assert included["guestOrExternalUserTypes"] == "internalGuest,otherExternalUser"
    assert included["externalTenants"] == guests["externalTenants"]
    assert made["excludeGuestsOrExternalUsers"]["externalTenants"] == ALL_TENANTS


def test_applications_of_the_tenant_can_be_named(graph: Graph) -> None:
    """An application's client id is accepted, as is Microsoft's own for Exchange."""
    own = graph.application()["appId"]
    applications = {
        "includeApplications": [own],
        "excludeApplications": ["00000002-0000-0ff1-ce00-000000000000", "Office365"],
    }

    made = graph.made(POLICIES, policy_body(conditions=conditions(applications=applications)))

    assert made["conditions"]["applications"]["includeApplications"] == [own]


def test_session_controls_without_content_are_none(graph: Graph) -> None:
    """An object of nulls, as azuread may send it, is no session control."""
    made = graph.made(POLICIES, policy_body(sessionControls={"cloudAppSecurity": None}))

    assert made["sessionControls"] is None
