"""What a flow has once, whichever way it names it."""

from __future__ import annotations

import pulumi
import pytest

from components import (
    CustomerTenant,
    CustomerTenantArgs,
    GoogleArgs,
    SignUpAttributeArgs,
    SignUpFlowArgs,
    UserAttributeArgs,
)
from tests.components.program import ORGANIZATION, deploy


def test_what_a_flow_names_by_key_and_by_id_it_has_twice() -> None:
    """Graph would refuse the flow once all else is made; an id of something else passes."""
    flow = SignUpFlowArgs(
        identity_providers=["Google-OAUTH", "Facebook-OAUTH", "google"],
        attributes=[
            SignUpAttributeArgs(attribute="loyalty"),
            SignUpAttributeArgs(attribute=f"extension_{'0' * 32}_loyalty"),
            SignUpAttributeArgs(attribute=f"extension_{'0' * 32}_Loyaltynumber"),
        ],
    )
    args = CustomerTenantArgs(
        organization=ORGANIZATION,
        attributes={"loyalty": UserAttributeArgs(display_name="Loyalty number")},
        identity_providers={"google": GoogleArgs(client_id="shop", client_secret="s")},
        user_flows={"a": flow},
    )
    with pytest.raises(pulumi.RunError) as error:
        deploy(lambda: CustomerTenant("tenant", args).outputs)

    assert str(error.value).splitlines()[1:] == [
        (
            '  user_flows.a.identity_providers[2]: given "google", which is Google-OAUTH a second '
            "time; allowed: each identity provider once"
        ),
        (
            f'  user_flows.a.attributes[2]: given "extension_{"0" * 32}_Loyaltynumber", which is '
            "loyalty a second time; allowed: each attribute once"
        ),
    ]
