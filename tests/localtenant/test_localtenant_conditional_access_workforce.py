"""Conditional Access in a workforce tenant, which has more of it, and how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from localtenant.entities.conditional_access.policy import LARGEST_NUMBER
from localtenant.testing import running_tenant
from localtenant.testing_client import refused
from tests.localtenant.policy_bodies import NOBODY, POLICIES, conditions, controls, policy_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from localtenant.testing_client import Graph


pytestmark = pytest.mark.local_only


@pytest.fixture(scope="module")
def workforce(
    tmp_path_factory: pytest.TempPathFactory, sign_in: Callable[..., Graph]
) -> Iterator[Graph]:
    """Sign in to a workforce tenant, which has all of Conditional Access."""
    roles = ("Policy.Read.All", "Policy.ReadWrite.ConditionalAccess")
    state = tmp_path_factory.mktemp("workforce")
    with running_tenant(
        state, clients={"access": roles}, extra_args=["--tenant-type", "AAD"]
    ) as ready:
        yield sign_in(ready, "access")


def test_workforce_tenants_have_all_controls_and_conditions(workforce: Graph) -> None:
    """Session controls, strengths and devices are accepted there, and read back."""
    session: dict[str, Any] = {
        "cloudAppSecurity": None,
        "signInFrequency": {
            "isEnabled": True,
            "frequencyInterval": "everyTime",
            "authenticationType": "primaryAndSecondaryAuthentication",
            "type": None,
            "value": None,
        },
    }
    strength = {
        "@odata.type": "#microsoft.graph.authenticationStrengthPolicy",
        "id": "00000000-0000-0000-0000-000000000004",
    }
    wanted = conditions(
        devices={"deviceFilter": {"mode": "exclude", "rule": 'device.model -eq "x"'}},
        authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"},
        platforms={"includePlatforms": ["android"], "excludePlatforms": ["iOS"]},
    )
    made = workforce.made(
        POLICIES,
        policy_body(
            conditions=wanted,
            sessionControls=session,
            grantControls=controls(authenticationStrength=strength),
        ),
    )

    read = workforce.read(f"{POLICIES}/{made['id']}")
    assert read["sessionControls"]["signInFrequency"] == session["signInFrequency"]
    assert read["conditions"]["devices"] == wanted["devices"]
    assert read["conditions"]["authenticationFlows"] == wanted["authenticationFlows"]
    shown = read["grantControls"]["authenticationStrength"]
    assert (shown["id"], shown["displayName"]) == (strength["id"], "Phishing resistant MFA")


def test_a_strength_must_exist(workforce: Graph) -> None:
    """A policy cannot demand an authentication strength that there is not."""
    grants = controls(authenticationStrength={"id": NOBODY})

    refused(
        workforce.post(POLICIES, policy_body(grantControls=grants)),
        400,
        "BadRequest",
        f"1913: Policy contains an invalid authentication strength: {NOBODY}.",
    )


def test_a_strength_in_use_stays(workforce: Graph) -> None:
    """It can be deleted once no policy demands it, and the answer to a change names the policy."""
    strengths = "/policies/authenticationStrengthPolicies"
    strength = workforce.made(strengths, {"displayName": "Keys", "allowedCombinations": ["fido2"]})[
        "id"
    ]
    grants = controls(authenticationStrength={"id": strength})
    policy = workforce.made(POLICIES, policy_body(grantControls=grants))["id"]

    changed = workforce.post(
        f"{strengths}/{strength}/updateAllowedCombinations", {"allowedCombinations": ["email"]}
    )
    assert changed.json()["conditionalAccessReferences"] == [policy]
    refused(
        workforce.delete(f"{strengths}/{strength}"),
        400,
        "BadRequest",
        "The authentication strength is used by a Conditional Access policy.",
    )
    without = {"grantControls": controls("mfa", authenticationStrength=None)}
    assert workforce.patch(f"{POLICIES}/{policy}", without).status_code == 204
    assert workforce.delete(f"{strengths}/{strength}").status_code == 204


def test_a_tenant_has_room_for_so_many_policies(workforce: Graph) -> None:
    """One more is refused."""
    there = len(workforce.read(POLICIES, {"$top": 999})["value"])
    for _ in range(LARGEST_NUMBER - there):
        workforce.made(POLICIES, policy_body())

    refused(
        workforce.post(POLICIES, policy_body()),
        400,
        "BadRequest",
        "1903: A tenant can have 240 Conditional Access policies.",
    )
