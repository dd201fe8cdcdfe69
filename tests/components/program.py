"""Runs a Pulumi program under Pulumi's mocks and keeps all that it declared."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pulumi
from pulumi.runtime import mocks, rpc

from providers.organization import Organization

DEPLOYER = "deployer-object-id"
GRAPH_CLIENT_ID = "00000003-0000-0000-c000-000000000000"
GRAPH_SCOPES = {"openid": "id-of-openid", "offline_access": "id-of-offline_access"}
TENANT_ID = "11111111-2222-3333-4444-555555555555"
ORGANIZATION = Organization(
    tenant_id=TENANT_ID,
    display_name="Contoso customers",
    tenant_type="CIAM",
    initial_domain="contoso.onmicrosoft.com",
)


class Unknown:
    """Stands for an output that a preview does not know yet."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Secret:
    """Stands for an output that Pulumi keeps encrypted."""

    value: object


@dataclass(frozen=True)
class Declared:
    """A resource as the program declared it to the engine."""

    inputs: Mapping[str, Any]
    parent: str
    dependencies: frozenset[str]
    """URNs of all resources that come before it."""
    ignore_changes: tuple[str, ...]
    secret_outputs: tuple[str, ...]
    protect: bool
    retain_on_delete: bool
    provider: str
    urn: str


class Tenant(mocks.Mocks):
    """Answers like a tenant in which every object's ids follow from its name."""

    def __init__(self, *, preview: bool, computed: Mapping[str, Any]) -> None:
        """No invoke so far; `computed` is what resources have whatever was wanted."""
        self._computed = computed
        self.invokes: list[tuple[str, Mapping[str, Any], str]] = []
        self.preview = preview

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Give the computed properties of azuread's resources; none in a preview."""
        inputs = cast("dict[str, Any]", args.inputs)
        if self.preview:
            return None, inputs
        computed: dict[str, dict[str, Any]] = {
            "azuread:index/application:Application": {
                "clientId": f"client-id-of-{args.name}",
                "objectId": f"application-{args.name}",
            },
            "azuread:index/servicePrincipal:ServicePrincipal": {"objectId": f"sp-{args.name}"},
            "azuread:index/applicationPassword:ApplicationPassword": {
                "keyId": f"key-{args.name}",
                "value": f"value-of-{args.name}",
            },
        }
        return f"id-of-{args.name}", {**inputs, **computed.get(args.typ, {}), **self._computed}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Answer the two invokes that components make."""
        given = cast("dict[str, Any]", args.args)
        self.invokes.append((args.token, given, args.provider))
        if args.token == "azuread:index/getClientConfig:getClientConfig":
            return {"clientId": "c", "id": "i", "objectId": DEPLOYER, "tenantId": TENANT_ID}, []
        assert args.token == "azuread:index/getServicePrincipal:getServicePrincipal"
        assert given == {"clientId": GRAPH_CLIENT_ID}
        graph = {
            "objectId": "sp-of-graph",
            "clientId": GRAPH_CLIENT_ID,
            "oauth2PermissionScopeIds": GRAPH_SCOPES,
        }
        return graph, []


class Engine(mocks.MockMonitor):
    """Pulumi's mock engine, which also keeps what each resource was declared with."""

    def __init__(self, tenant: Tenant) -> None:
        """Nothing is declared."""
        super().__init__(tenant)
        self.declared: dict[tuple[str, str], Declared] = {}
        self.registered_outputs: dict[str, Any] = {}

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 -- gRPC's name
        """Keep the declaration, then answer as the mocks say."""
        response = super().RegisterResource(request)
        if request.type != "pulumi:pulumi:Stack":
            self.declared[request.type.rpartition(":")[2], request.name] = Declared(
                inputs=cast("Mapping[str, Any]", rpc.deserialize_properties(request.object)),
                parent=request.parent.rpartition("::")[2],
                dependencies=frozenset(request.dependencies),
                ignore_changes=tuple(request.ignoreChanges),
                secret_outputs=tuple(request.additionalSecretOutputs),
                protect=request.protect,
                retain_on_delete=request.retainOnDelete,
                provider=request.provider,
                urn=response.urn,
            )
        return response

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 -- gRPC's name
        """Keep the outputs that a component registers."""
        name = request.urn.rpartition("::")[2]
        self.registered_outputs[name] = rpc.deserialize_properties(request.outputs)
        return super().RegisterResourceOutputs(request)


@dataclass
class Deployment:
    """What a program declared and what its outputs are."""

    engine: Engine
    tenant: Tenant
    outputs: Any = None

    def __getitem__(self, key: tuple[str, str]) -> Declared:
        """The resource of a type and a name."""
        return self.engine.declared[key]

    def names(self, kind: str) -> list[str]:
        """Names of the declared resources of a type."""
        return [name for declared, name in self.engine.declared if declared == kind]


def deploy(
    program: Callable[[], object],
    *,
    preview: bool = False,
    computed: Mapping[str, Any] | None = None,
) -> Deployment:
    """Run a program under mocks; what it returns is resolved into `outputs`.

    `computed` are properties that every resource has, whatever was wanted of it.
    """
    # As Pulumi's own language host does: after an error nobody waits for the other outputs.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    tenant = Tenant(preview=preview, computed=computed or {})
    engine = Engine(tenant)
    # Pulumi's mocks run on the current loop, and `asyncio.run` of another test leaves none.
    asyncio.set_event_loop(asyncio.new_event_loop())
    # The root resource of the program before would be the parent of this one's resources.
    pulumi.runtime.settings.set_root_resource(cast("Any", None))
    mocks.set_mocks(tenant, "ciam", "test", preview=preview, monitor=engine)
    deployment = Deployment(engine, tenant)

    async def outputs() -> None:
        deployment.outputs = await look(program())

    @pulumi.runtime.test
    def main() -> Awaitable[None]:
        return outputs()

    main()
    return deployment


async def look(value: object) -> object:
    """The value behind outputs, however deep: itself, a Secret, or UNKNOWN."""
    if isinstance(value, pulumi.Output):
        output = cast("pulumi.Output[object]", value)
        found = await look(await output.future()) if await output.is_known() else UNKNOWN
        return Secret(found) if await output.is_secret() else found
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value)
        return {key: await look(item) for key, item in items.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [await look(item) for item in cast("Sequence[object]", value)]
    return value
