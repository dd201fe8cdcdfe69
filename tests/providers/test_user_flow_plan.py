"""What the user flow's lifecycle decides before it sends anything."""

from __future__ import annotations

import pytest

from providers.lifecycle import UNKNOWN
from providers.user_flow.attributes import with_defaults, without_implied_email
from providers.user_flow.lifecycle import UserFlowLifecycle

LIFECYCLE = UserFlowLifecycle()
INPUTS: dict[str, object] = {
    "displayName": "SignInSignUpSample",
    "identityProviders": ["EmailPassword-OAUTH"],
    "attributes": [{"attribute": "country"}, {"attribute": "displayName"}],
    "isSignUpAllowed": True,
}


def recorded(**changed: object) -> dict[str, object]:
    """The outputs of a flow made from ``INPUTS``, with some values changed since."""
    outputs = {**LIFECYCLE.normalise(INPUTS), "tenantId": "t", "adopted": False}
    return {**outputs, **changed}


def test_a_flow_as_recorded_needs_no_change() -> None:
    """The inputs that made a flow plan nothing for it."""
    assert LIFECYCLE.plan(recorded(), INPUTS).changes == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("displayName", "Other"),
        ("identityProviders", ["EmailOtpSignup-OAUTH"]),
        ("attributes", [{"attribute": "displayName"}, {"attribute": "country"}]),
        ("attributes", [{"attribute": "country", "label": "Land"}, {"attribute": "displayName"}]),
        ("attributes", []),
        ("isSignUpAllowed", False),
        ("userTypeToCreate", "guest"),
        ("forceDestroy", True),
    ],
)
def test_each_changed_input_is_an_update_in_place(name: str, value: object) -> None:
    """Every input changes the flow where it is, and none replaces it."""
    plan = LIFECYCLE.plan(recorded(), {**INPUTS, name: value})
    assert list(plan.changes) == [name]
    assert plan.replaces == ()


def test_the_order_of_identity_providers_means_nothing() -> None:
    """Graph keeps no order of identity providers, so a reordered list is no change."""
    providers = ["EmailPassword-OAUTH", "Google-OAUTH"]
    outputs = recorded(identityProviders=providers)
    plan = LIFECYCLE.plan(outputs, {**INPUTS, "identityProviders": providers[::-1]})
    assert plan.changes == []


def test_an_input_left_out_is_left_alone() -> None:
    """What the program does not say is no change, whatever the tenant has."""
    inputs = {key: INPUTS[key] for key in ("displayName", "identityProviders")}
    outputs = recorded(isSignUpAllowed=False, userTypeToCreate="guest")
    assert LIFECYCLE.plan(outputs, inputs).changes == []


def test_taking_force_destroy_out_is_a_change() -> None:
    """A permission to delete does not outlive its line in the program."""
    assert list(LIFECYCLE.plan(recorded(forceDestroy=True), INPUTS).changes) == ["forceDestroy"]


def test_a_value_that_is_not_known_yet_is_a_change() -> None:
    """In a preview an unknown name shows as a change, not as none."""
    plan = LIFECYCLE.plan(recorded(), {**INPUTS, "displayName": UNKNOWN})
    assert list(plan.changes) == ["displayName"]


def test_every_problem_is_told_at_once() -> None:
    """A flow with several mistakes reports each of them, with its path."""
    problems = LIFECYCLE.validate(
        {
            "displayName": "",
            "identityProviders": [],
            "attributes": [{"attribute": "city"}, {"attribute": "city", "inputType": "list"}],
            "userTypeToCreate": "admin",
        }
    )
    assert [one.property for one in problems] == [
        "displayName",
        "identityProviders",
        "attributes",
        "attributes[1].inputType",
        "userTypeToCreate",
    ]


def test_unknown_values_are_no_problems() -> None:
    """What is not known yet is checked when it is."""
    inputs = {
        "displayName": UNKNOWN,
        "identityProviders": UNKNOWN,
        "attributes": [{"attribute": UNKNOWN, "inputType": UNKNOWN}],
        "userTypeToCreate": UNKNOWN,
    }
    assert LIFECYCLE.validate(inputs) == []


def test_a_custom_attribute_is_labelled_by_its_own_name() -> None:
    """The ID's prefix, which names the extension application, is no label."""
    attribute = with_defaults({"attribute": f"extension_{'a' * 32}_LoyaltyNumber"})
    assert attribute["label"] == "LoyaltyNumber"


def test_email_is_left_alone_unless_it_is_declared() -> None:
    """Graph lists the email attribute in each flow; only a declared one is compared."""
    live = [with_defaults({"attribute": "email"}), with_defaults({"attribute": "city"})]
    assert without_implied_email(live, [{"attribute": "city"}]) == [live[1]]
    assert without_implied_email(live, [{"attribute": "email"}]) == live
