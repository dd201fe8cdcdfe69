"""`CustomerTenant`: all that a stack makes in one External ID tenant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pulumi

from components.api_links import graph_permissions_of
from components.args import Args, check
from components.client import Client, GraphPermissionsArgs
from components.clients import AnyClientArgs, client_args, make_client
from components.identifiers import app_role_id, scope_id
from components.identity_provider import (
    AnyIdentityProviderArgs,
    IdentityProvider,
    identity_provider_args,
)
from components.lookups import deployer_object_id, microsoft_graph
from components.outputs import stack_outputs
from components.permissions import ApiReferenceArgs
from components.settings import Settings
from components.settings.references import Names, Parts
from components.sign_in import SignIn, TenantArgs, sign_in, tenant_args
from components.sign_in_policy import SignInPolicyArgs, sign_in_policy_args
from components.sign_up_flow import (
    FlowApplicationArgs,
    SignUpFlow,
    SignUpFlowArgs,
    sign_up_flow_args,
)
from components.user_attribute import UserAttribute, UserAttributeArgs, user_attribute_args
from components.ways import Ways
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
    clients: Mapping[str, AnyClientArgs] = field(default_factory=dict[str, AnyClientArgs])
    user_flows: Mapping[str, SignUpFlowArgs] = field(default_factory=dict[str, SignUpFlowArgs])
    attributes: Mapping[str, UserAttributeArgs] = field(
        default_factory=dict[str, UserAttributeArgs]
    )
    identity_providers: Mapping[str, AnyIdentityProviderArgs] = field(
        default_factory=dict[str, AnyIdentityProviderArgs]
    )
    sign_in: SignInPolicyArgs = field(default_factory=SignInPolicyArgs)


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
    attributes: dict[str, UserAttribute]
    """The custom attributes, by key."""
    identity_providers: dict[str, IdentityProvider]
    """The identity providers, by key."""
    outputs: dict[str, object]
    """The stack outputs, by name; see `components.outputs`."""

    def __init__(
        self, name: str, args: CustomerTenantArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Make the tenant's objects; each is named `{name}-{key}`.

        Raises ArgsError when any of the Args cannot be used, before anything is declared.
        """
        check(f"CustomerTenant '{name}'", args, Parts.of(args), _names(args))
        super().__init__("ciam:index:CustomerTenant", name, None, opts)
        below = pulumi.ResourceOptions(parent=self)
        deployer = deployer_object_id(self, args.organization.deployer_object_id)
        self.sign_in = sign_in(args.organization, args.tenant)
        graph = self._graph(args)
        later = _Later(args)
        self.apis = {
            key: WebApi(
                f"{name}-{key}",
                replace(
                    api,
                    apis={**later.apis, **api.apis},
                    clients={**later.clients, **api.clients},
                    graph=graph if api.graph is None else api.graph,
                    deployer=deployer if api.deployer is None else api.deployer,
                ),
                below,
            )
            for key, api in args.apis.items()
        }
        self.clients = self._make_clients(name, args.clients, deployer, graph)
        later.have_come(self.apis, self.clients)
        applications = {
            key: FlowApplicationArgs(client_id=client.client_id, name=f"{name}-{key}")
            for key, client in self.clients.items()
        }
        ways = Ways(
            name, self, args, {key: client.client_id for key, client in self.clients.items()}
        )
        self.attributes = ways.attributes
        self.identity_providers = ways.identity_providers
        self.user_flows = {
            key: SignUpFlow(
                f"{name}-{key}",
                replace(
                    ways.known_to(flow),
                    display_name=key if flow.display_name is None else flow.display_name,
                    applications={**applications, **flow.applications},
                ),
                below,
            )
            for key, flow in args.user_flows.items()
        }
        self.outputs = stack_outputs(self.sign_in, self.apis, self.clients, self.user_flows, ways)
        self.register_outputs(self.outputs)

    def _graph(self, args: CustomerTenantArgs) -> ApiReferenceArgs | None:
        """Microsoft Graph, looked up once where anything uses it and nobody has read it."""
        using = [one for one in args.clients.values() if isinstance(one, GraphPermissionsArgs)]
        used = any(one.graph_permissions and one.graph is None for one in using) or any(
            graph_permissions_of(one) and one.graph is None for one in args.apis.values()
        )
        return microsoft_graph(self, args.organization.microsoft_graph) if used else None

    def _make_clients(
        self,
        name: str,
        clients: Mapping[str, AnyClientArgs],
        deployer: pulumi.Output[str],
        graph: ApiReferenceArgs | None,
    ) -> dict[str, Client]:
        references = {key: api.reference for key, api in self.apis.items()}
        made: dict[str, Client] = {}
        for key, one in clients.items():
            client = replace(
                one,
                apis={**references, **one.apis},
                deployer=deployer if one.deployer is None else one.deployer,
            )
            if isinstance(client, GraphPermissionsArgs) and client.graph is None:
                client = replace(client, graph=graph)
            options = pulumi.ResourceOptions(parent=self)
            made[key] = make_client(f"{name}-{key}", client, options)
        return made


def _names(args: CustomerTenantArgs) -> Names:
    """The keys that there are, those included that only one of the parts knows."""
    flows = args.user_flows.values()
    callers = (*args.apis.values(), *args.clients.values())
    return Names(
        apis={*args.apis, *(key for one in callers for key in one.apis)},
        clients={
            *args.clients,
            *(key for one in flows for key in one.applications),
            *(key for one in args.apis.values() for key in one.clients),
            *args.sign_in.applications,
        },
        attributes={*args.attributes, *(key for one in flows for key in one.custom_attributes)},
        identity_providers={
            *args.identity_providers,
            *(key for one in flows for key in one.identity_provider_ids),
        },
        root="",
    )


class _Later:
    """APIs and clients as APIs refer to them, before they are declared.

    APIs may call each other, and name clients that call them, in circles; what is declared for that
    waits for both ends and nothing else.
    """

    def __init__(self, args: CustomerTenantArgs) -> None:
        """Refer to all that is to come."""
        self._resolvers: dict[tuple[str, str], Callable[[pulumi.Output[str]], None]] = {}
        self.apis = {
            key: ApiReferenceArgs(
                client_id=self._output(key, "client_id"),
                service_principal_id=self._output(key, "service_principal_id"),
                identifier_uri=self._output(key, "identifier_uri"),
                scope_ids={scope.value: scope_id(scope.value) for scope in api.scopes},
                role_ids={role.value: app_role_id(role.value) for role in api.roles},
            )
            for key, api in args.apis.items()
        }
        self.clients = {key: self._output(key, "client") for key in args.clients}

    def have_come(self, apis: Mapping[str, WebApi], clients: Mapping[str, Client]) -> None:
        """Let what waits for them go on."""
        for (key, what), resolve in self._resolvers.items():
            resolve(
                clients[key].client_id if what == "client" else getattr(apis[key].reference, what)
            )

    def _output(self, key: str, what: str) -> pulumi.Output[str]:
        deferred: tuple[pulumi.Output[str], Callable[[pulumi.Output[str]], None]]
        deferred = pulumi.deferred_output()
        output, self._resolvers[key, what] = deferred
        return output


def customer_tenant_args(settings: Settings, organization: Organization) -> CustomerTenantArgs:
    """The tenant that the stack's configuration describes."""
    return CustomerTenantArgs(
        organization=organization,
        tenant=tenant_args(settings.tenant),
        apis={key: web_api_args(api) for key, api in settings.apis.items()},
        clients={key: client_args(client) for key, client in settings.clients.items()},
        user_flows={key: sign_up_flow_args(flow) for key, flow in settings.user_flows.items()},
        attributes={key: user_attribute_args(one) for key, one in settings.attributes.items()},
        identity_providers={
            key: identity_provider_args(one) for key, one in settings.identity_providers.items()
        },
        sign_in=sign_in_policy_args(settings.sign_in),
    )
