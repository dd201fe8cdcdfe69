"""What is looked up in the tenant, and what is known of it already."""

from __future__ import annotations

from dataclasses import replace

from components import CustomerTenant, customer_tenant_args
from components.settings import parse_settings
from providers.organization import MicrosoftGraph
from tests.components.program import GRAPH_SCOPES, ORGANIZATION, deploy


def test_microsoft_graph_is_not_looked_up_where_it_has_been_read() -> None:
    """The same is declared as where azuread looks it up, without asking it."""
    known = replace(ORGANIZATION, microsoft_graph=MicrosoftGraph("sp-of-graph", GRAPH_SCOPES))
    seed = parse_settings({})

    asked = deploy(lambda: CustomerTenant("tenant", customer_tenant_args(seed, ORGANIZATION)))
    not_asked = deploy(lambda: CustomerTenant("tenant", customer_tenant_args(seed, known)))

    functions = [token.rpartition(":")[2] for token, _, _ in not_asked.tenant.invokes]
    assert functions == ["getClientConfig"]
    for kind in ("Application", "ServicePrincipalDelegatedPermissionGrant"):
        assert sorted(not_asked.names(kind)) == sorted(asked.names(kind)) != []
        for name in asked.names(kind):
            assert not_asked[kind, name].inputs == asked[kind, name].inputs
