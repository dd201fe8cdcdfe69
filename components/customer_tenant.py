"""`CustomerTenant`: all that a stack makes in one External ID tenant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pulumi

from components.args import Args, check
from components.clients import Client, ClientArgs, client_args, make_client
from components.lookups import deployer_object_id, microsoft_graph
from components.outputs import stack_outputs
from components.settings import Settings
from components.settings.references import Names, Parts
from components.sign_in import SignIn, TenantArgs, sign_in, tenant_args
from components.sign_up_flow import (
    FlowApplicationArgs,
    SignUpFlow,
    SignUpFlowArgs,
    sign_up_flow_args,
)
from components.web_api import WebApi, WebApiArgs, web_api_args

if TYPE_CHECKING:
    from providers.organization import Organization


@dataclass(kw_only=True)
class CustomerTenantArgs(Args):
    """What a tenant is made of, by key. Keys name objects in the state and in the outputs."""

    settings = Settings

    organization: Organization
    """The tenant, as `providers.organization.read_organization` has found it.

    It is needed so that nothing is written before the tenant is known to be the right one.
    """
    tenant: TenantArgs = field(default_factory=TenantArgs)
    apis: Mapping[str, WebApiArgs] = field(default_factory=dict[str, WebApiArgs])
    clients: Mapping[str, ClientArgs] = field(default_factory=dict[str, ClientArgs])
    user_flows: Mapping[str, SignUpFlowArgs] = field(default_factory=dict[str, SignUpFlowArgs])


class CustomerTenant(pulumi.ComponentResource):
    """All that a stack makes in one External ID tenant."""

    sign_in: SignIn
    """Where customers sign in."""
    apis: dict[str, WebApi]
    """The APIs, by key."""
    clients: dict[str, Client]
    """The clients, by key."""
    user_flows: dict[str, SignUpFlow]
    """The user flows, by key."""
    outputs: dict[str, object]
    """The stack outputs, by name; see `components.outputs`."""

    def __init__(
        self, name: str, args: CustomerTenantArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Make the tenant's objects; each is named `{name}-{key}`.

        Raises ArgsError when any of the Args cannot be used, before anything is declared.
        """
        check(
            f"CustomerTenant '{name}'",
            args,
            Parts(args.apis, args.clients, args.user_flows),
            Names(
                apis={*args.apis, *(key for one in args.clients.values() for key in one.apis)},
                clients={
                    *args.clients,
                    *(key for one in args.user_flows.values() for key in one.applications),
                },
                root="",
            ),
        )
        super().__init__("ciam:index:CustomerTenant", name, None, opts)
        below = pulumi.ResourceOptions(parent=self)
        deployer = deployer_object_id(self)
        self.sign_in = sign_in(args.organization, args.tenant)
        self.apis = {
            key: WebApi(
                f"{name}-{key}",
                replace(api, deployer=deployer if api.deployer is None else api.deployer),
                below,
            )
            for key, api in args.apis.items()
        }
        self.clients = self._make_clients(name, args.clients, deployer)
        applications = {
            key: FlowApplicationArgs(client_id=client.client_id, name=f"{name}-{key}")
            for key, client in self.clients.items()
        }
        self.user_flows = {
            key: SignUpFlow(
                f"{name}-{key}",
                replace(
                    flow,
                    display_name=key if flow.display_name is None else flow.display_name,
                    applications={**applications, **flow.applications},
                ),
                below,
            )
            for key, flow in args.user_flows.items()
        }
        self.outputs = stack_outputs(self.sign_in, self.apis, self.clients, self.user_flows)
        self.register_outputs(self.outputs)

    def _make_clients(
        self, name: str, clients: Mapping[str, ClientArgs], deployer: pulumi.Output[str]
    ) -> dict[str, Client]:
        graph = None
        if any(client.graph_permissions and client.graph is None for client in clients.values()):
            graph = microsoft_graph(self)
        references = {key: api.reference for key, api in self.apis.items()}
        return {
            key: make_client(
                f"{name}-{key}",
                replace(
                    client,
                    apis={**references, **client.apis},
                    graph=graph if client.graph is None else client.graph,
                    deployer=deployer if client.deployer is None else client.deployer,
                ),
                pulumi.ResourceOptions(parent=self),
            )
            for key, client in clients.items()
        }


def customer_tenant_args(settings: Settings, organization: Organization) -> CustomerTenantArgs:
    """The tenant that the stack's configuration describes."""
    return CustomerTenantArgs(
        organization=organization,
        tenant=tenant_args(settings.tenant),
        apis={key: web_api_args(api) for key, api in settings.apis.items()},
        clients={key: client_args(client) for key, client in settings.clients.items()},
        user_flows={key: sign_up_flow_args(flow) for key, flow in settings.user_flows.items()},
    )
