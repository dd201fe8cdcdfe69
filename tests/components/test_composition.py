"""Components together: references between them, options, the tree they make."""

from __future__ import annotations

import pulumi

from components import (
    ApiReferenceArgs,
    CustomerTenant,
    CustomerTenantArgs,
    FlowApplicationArgs,
    ScopeArgs,
    SignUpFlow,
    SignUpFlowArgs,
    WebApi,
    WebApiArgs,
    WebApp,
    WebAppArgs,
)
from components.identifiers import scope_id
from tests.components.program import (
    DEPLOYER,
    ORGANIZATION,
    deploy,
)

READ = ScopeArgs(value="Read", admin_consent_display_name="Read", admin_consent_description="Reads")


def test_components_stand_alone_and_refer_to_each_other() -> None:
    """An API, a client of it and a flow with the client need no CustomerTenant."""

    def program() -> object:
        api = WebApi("files", WebApiArgs(display_name="Files", scopes=[READ]))
        app = WebApp(
            "shop",
            WebAppArgs(
                display_name="Shop",
                redirect_uris=["https://shop.contoso.com/back"],
                apis={"files": api.reference},
                api_permissions={"files": ["Read"]},
            ),
        )
        flow = SignUpFlow(
            "signin",
            SignUpFlowArgs(
                clients=["shop"],
                applications={"shop": FlowApplicationArgs(client_id=app.client_id)},
            ),
        )
        return {"scopes": app.scopes, "flow": flow.display_name, "in": flow.applications}

    made = deploy(program)

    assert made.outputs == {
        "scopes": {"files": {"Read": "api://client-id-of-files/Read"}},
        "flow": "signin",
        "in": ["client-id-of-shop"],
    }
    assert made["Application", "files"].inputs["owners"] == [DEPLOYER]
    assert made["UserFlowApplication", "shop"].dependencies >= {
        made["ServicePrincipal", "shop"].urn
    }


def test_a_tenant_in_python_may_use_an_api_that_is_elsewhere() -> None:
    """An API of another stack stands beside the tenant's own under a key of its own."""
    billing = ApiReferenceArgs(
        client_id="billing-client",
        service_principal_id="billing-sp",
        identifier_uri="api://billing",
        scope_ids={"Pay": "pay-id"},
    )
    client = WebAppArgs(
        display_name="Shop",
        redirect_uris=["https://contoso.com/back"],
        graph_permissions=[],
        apis={"billing": billing},
        api_permissions={"billing": ["Pay"], "files": ["Read"]},
    )
    args = CustomerTenantArgs(
        organization=ORGANIZATION,
        apis={"files": WebApiArgs(display_name="Files", scopes=[READ])},
        clients={"shop": client},
    )

    made = deploy(lambda: CustomerTenant("tenant", args).clients["shop"].scopes)

    assert made.outputs == {
        "billing": {"Pay": "api://billing/Pay"},
        "files": {"Read": "api://client-id-of-tenant-files/Read"},
    }
    assert made["Application", "tenant-shop"].inputs["requiredResourceAccesses"] == [
        {
            "resourceAppId": "billing-client",
            "resourceAccesses": [{"id": "pay-id", "type": "Scope"}],
        },
        {
            "resourceAppId": "client-id-of-tenant-files",
            "resourceAccesses": [{"id": scope_id("Read"), "type": "Scope"}],
        },
    ]
    # Without a permission of Graph, Graph is not even looked up.
    assert len(made.tenant.invokes) == 1


def test_options_reach_every_child() -> None:
    """Protection and an explicit provider of a component hold for all that azuread makes in it."""

    def program() -> object:
        provider = pulumi.ProviderResource("azuread", "elsewhere", {})
        args = CustomerTenantArgs(
            organization=ORGANIZATION,
            apis={"files": WebApiArgs(display_name="Files", scopes=[READ])},
            clients={
                "shop": WebAppArgs(
                    display_name="Shop",
                    redirect_uris=["https://contoso.com/back"],
                    api_permissions={"files": ["Read"]},
                )
            },
            user_flows={"signin": SignUpFlowArgs(clients=["shop"])},
        )
        options = pulumi.ResourceOptions(protect=True, providers={"azuread": provider})
        return CustomerTenant("tenant", args, options).outputs

    made = deploy(program)

    for (kind, name), resource in made.engine.declared.items():
        if kind == "azuread":
            continue
        assert resource.protect, (kind, name)
        if "azuread:index" in resource.urn:
            assert "elsewhere" in resource.provider, (kind, name)
    assert all("elsewhere" in provider for _, _, provider in made.tenant.invokes)


def test_every_child_has_its_component_as_parent() -> None:
    """The tree in the CLI is tenant, component, resource."""
    args = CustomerTenantArgs(
        organization=ORGANIZATION, apis={"files": WebApiArgs(display_name="Files")}
    )
    made = deploy(lambda: CustomerTenant("tenant", args).outputs)

    assert made["WebApi", "tenant-files"].parent == "tenant"
    for kind in ("Application", "ServicePrincipal", "ApplicationIdentifierUri"):
        assert made[kind, "tenant-files"].parent == "tenant-files"
        assert "ciam:index:WebApi$azuread" in made[kind, "tenant-files"].urn


def test_components_register_their_outputs() -> None:
    """What a component offers to Python also stands in the state."""
    args = CustomerTenantArgs(
        organization=ORGANIZATION, apis={"files": WebApiArgs(display_name="Files")}
    )
    made = deploy(lambda: CustomerTenant("tenant", args).outputs)

    assert made.engine.registered_outputs["tenant-files"]["clientId"] == "client-id-of-tenant-files"
    assert made.engine.registered_outputs["tenant"]["contractVersion"] == 1
