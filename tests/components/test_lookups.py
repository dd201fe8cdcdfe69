"""What is looked up in the tenant, and what is known of it already."""

from __future__ import annotations

from dataclasses import replace

from components import CustomerTenant, customer_tenant_args
from components.settings import parse_settings
from providers.organization import MicrosoftGraph
from tests.components.program import DEPLOYER, GRAPH_SCOPES, ORGANIZATION, deploy


def test_what_has_been_read_is_not_looked_up() -> None:
    """The same is declared as where azuread looks it up, without asking it."""
    known = replace(
        ORGANIZATION,
        microsoft_graph=MicrosoftGraph("sp-of-graph", GRAPH_SCOPES),
        deployer_object_id=DEPLOYER,
    )
    seed = parse_settings({})

    asked = deploy(lambda: CustomerTenant("tenant", customer_tenant_args(seed, ORGANIZATION)))
    not_asked = deploy(lambda: CustomerTenant("tenant", customer_tenant_args(seed, known)))

    assert len(asked.tenant.invokes) == 2
    assert not_asked.tenant.invokes == []
    for kind in ("Application", "ServicePrincipalDelegatedPermissionGrant"):
        assert sorted(not_asked.names(kind)) == sorted(asked.names(kind)) != []
        for name in asked.names(kind):
            assert not_asked[kind, name].inputs == asked[kind, name].inputs
