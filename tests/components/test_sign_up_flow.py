"""`SignUpFlow` as Python callers use it."""

from __future__ import annotations

import pulumi
import pytest

from components import (
    AttributeInputType,
    AttributeOptionArgs,
    CustomerTenant,
    CustomerTenantArgs,
    SignUpAttributeArgs,
    SignUpFlow,
    SignUpFlowArgs,
    UserType,
    WebAppArgs,
)
from tests.components.program import (
    ORGANIZATION,
    Deployment,
    deploy,
)


def test_what_a_flow_leaves_out_is_left_alone() -> None:
    """Attributes that are not set are not declared; an empty list is."""

    def program() -> object:
        return [
            SignUpFlow("a", SignUpFlowArgs()).display_name,
            SignUpFlow("b", SignUpFlowArgs(attributes=[])).display_name,
            SignUpFlow(
                "c",
                SignUpFlowArgs(
                    attributes=[SignUpAttributeArgs(attribute="city", required=True, label="Town")],
                    sign_up_allowed=False,
                    user_type_to_create=UserType.GUEST,
                    adopt=True,
                ),
            ).display_name,
        ]

    made = deploy(program)

    assert "attributes" not in made["UserFlow", "a"].inputs
    assert made["UserFlow", "b"].inputs["attributes"] == []
    assert made["UserFlow", "c"].inputs["attributes"] == [
        {"attribute": "city", "required": True, "label": "Town"}
    ]
    assert made["UserFlow", "c"].inputs["isSignUpAllowed"] is False
    assert made["UserFlow", "c"].inputs["userTypeToCreate"] == "guest"
    assert "userTypeToCreate" not in made["UserFlow", "b"].inputs
    assert made["UserFlow", "c"].inputs["adopt"] is True


def test_choices_of_an_input_come_back_as_they_are() -> None:
    """Pulumi reads the output's type where there is a list, and fails over one that it mistakes."""
    choices = [{"label": "Home & Living", "value": "Home"}, {"label": "Garden", "value": "Garden"}]

    def program() -> object:
        asked = SignUpAttributeArgs(
            attribute="jobTitle",
            input_type=AttributeInputType.RADIO_SINGLE_SELECT,
            options=[AttributeOptionArgs(**one) for one in choices],
        )
        return SignUpFlow("a", SignUpFlowArgs(attributes=[asked])).display_name

    assert deploy(program)["UserFlow", "a"].inputs["attributes"] == [
        {"attribute": "jobTitle", "inputType": "radioSingleSelect", "options": choices}
    ]


def test_a_client_that_moves_to_another_flow_keeps_its_name_in_the_state() -> None:
    """The same URN in either flow makes Pulumi replace it, old one first, instead of adding one."""

    def tenant(home: str) -> Deployment:
        client = WebAppArgs(display_name="Shop", redirect_uris=["https://contoso.com/back"])
        flows = {key: SignUpFlowArgs(clients=["shop"] if key == home else []) for key in ("a", "b")}
        args = CustomerTenantArgs(
            organization=ORGANIZATION, clients={"shop": client}, user_flows=flows
        )
        return deploy(lambda: CustomerTenant("tenant", args).outputs)

    first, then = tenant("a"), tenant("b")

    name = ("UserFlowApplication", "tenant-shop")
    assert first[name].urn == then[name].urn
    assert first[name].inputs["userFlowId"] == "id-of-tenant-a"
    assert then[name].inputs["userFlowId"] == "id-of-tenant-b"


def test_a_client_of_nothing_is_an_error_to_read() -> None:
    """A flow cannot hold a client that nobody passed."""
    with pytest.raises(pulumi.RunError, match=r"clients\[0\]: given \"web\", an unknown client"):
        deploy(lambda: SignUpFlow("signin", SignUpFlowArgs(clients=["web"])).display_name)
