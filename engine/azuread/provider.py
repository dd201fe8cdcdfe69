"""The provider: what the engine asks for, carried out by the resource types and functions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.provider import (
    CheckFailure,
    CheckRequest,
    CheckResponse,
    ConfigureRequest,
    ConfigureResponse,
    CreateRequest,
    CreateResponse,
    DeleteRequest,
    DiffRequest,
    DiffResponse,
    GetSchemaRequest,
    GetSchemaResponse,
    InvokeRequest,
    InvokeResponse,
    PropertyDiff,
    PropertyDiffKind,
    Provider,
    ReadRequest,
    ReadResponse,
    UpdateRequest,
    UpdateResponse,
)

from engine.azuread import settings
from engine.azuread.compare import Change, Difference
from engine.azuread.connection import Connection, connect
from engine.azuread.deadline import set_deadline
from engine.azuread.errors import INSTALL_OFFICIAL, ConfigurationError, NotSupportedError
from engine.azuread.invokes import INVOKES
from engine.azuread.plan import inputs_after_refresh, inputs_of_import
from engine.azuread.resources import RESOURCES
from engine.azuread.resources.lifecycle import Deployer, Resource
from engine.azuread.values import UNKNOWN, Properties, is_unknown, plain_map, rich_map

_KINDS: Final = {
    (Change.ADD, False): PropertyDiffKind.ADD,
    (Change.ADD, True): PropertyDiffKind.ADD_REPLACE,
    (Change.DELETE, False): PropertyDiffKind.DELETE,
    (Change.DELETE, True): PropertyDiffKind.DELETE_REPLACE,
    (Change.UPDATE, False): PropertyDiffKind.UPDATE,
    (Change.UPDATE, True): PropertyDiffKind.UPDATE_REPLACE,
}


class AzureAd(Provider):
    """The azuread provider, as far as the stand-in supports it."""

    def __init__(self) -> None:
        """Know no tenant until it is configured."""
        self._connection: Connection | None = None
        self._failure: ConfigurationError | None = None

    async def get_schema(self, request: GetSchemaRequest) -> GetSchemaResponse:
        """Refuse to describe the whole package, which only generators of code ask for."""
        del request
        raise NotSupportedError(
            "the Python stand-in for the azuread plugin has no schema to generate code from; "
            f"use `pulumi import --generate-code=false`, or {INSTALL_OFFICIAL}"
        )

    async def configure(self, request: ConfigureRequest) -> ConfigureResponse:
        """Find the tenant.

        What is wrong is said by the first operation that needs the tenant: the engine would repeat
        the whole text of a failed configuration at every resource.
        """
        try:
            self._connection = await connect(settings.read(plain_map(request.args), os.environ))
        except ConfigurationError as error:
            self._failure = error
        # Without `accept_secrets` the engine itself remembers which inputs are secret.
        return ConfigureResponse(supports_preview=True)

    async def cancel(self) -> None:
        """Let what is under way come to an end: requests are no longer repeated."""
        if self._connection is not None:
            self._connection.graph.stop()

    async def close(self) -> None:
        """Give back the connections to Graph."""
        if self._connection is not None:
            await self._connection.http.aclose()

    async def check(self, request: CheckRequest) -> CheckResponse:
        """Fill in defaults and say everything that is wrong with the inputs."""
        inputs, failures = _resource(request.type).check(plain_map(request.new_inputs))
        return CheckResponse(
            inputs=rich_map(inputs),
            failures=[CheckFailure(failure.path, failure.reason) for failure in failures],
        )

    async def diff(self, request: DiffRequest) -> DiffResponse:
        """Say what the inputs change in the recorded state, and whether that takes a new object."""
        resource = _resource(request.type)
        found = resource.diff(
            plain_map(request.old_state), plain_map(request.new_inputs), request.ignore_changes
        )
        names = dict.fromkeys(difference.name for difference in found)
        return DiffResponse(
            changes=bool(found),
            diffs=list(names),
            replaces=[name for name in names if resource.inputs[name].replace],
            detailed_diff={
                difference.path: _property_diff(resource, difference) for difference in found
            },
        )

    async def create(self, request: CreateRequest) -> CreateResponse:
        """Create the object; in a preview, say what its outputs will be."""
        resource, inputs = _resource(request.type), plain_map(request.properties)
        if request.preview:
            outputs = resource.preview({}, inputs)
            await self._confirm(resource, {}, outputs)
            return CreateResponse(properties=_told(resource, UNKNOWN, outputs))
        set_deadline(request.timeout)
        connection = self._connected()
        deployer = Deployer(await connection.sign_in.object_id())
        created = await resource.make(connection.graph, deployer, inputs)
        return CreateResponse(created.id, _told(resource, created.id, created.outputs))

    async def read(self, request: ReadRequest) -> ReadResponse:
        """Read the object; an empty id says that it is gone.

        Without recorded inputs this is an import.
        """
        resource = _resource(request.type)
        set_deadline()
        state, inputs = plain_map(request.properties), plain_map(request.inputs)
        graph = self._connected().graph
        outputs = await resource.refresh(graph, request.resource_id, state)
        if outputs is None:
            return ReadResponse("")
        actual = (
            inputs_after_refresh(resource.inputs, inputs, outputs)
            if inputs
            else inputs_of_import(resource.inputs, outputs)
        )
        told = _told(resource, request.resource_id, outputs)
        return ReadResponse(request.resource_id, told, rich_map(actual))

    async def update(self, request: UpdateRequest) -> UpdateResponse:
        """Change the object; in a preview, say what its outputs will be."""
        resource = _resource(request.type)
        old, inputs = plain_map(request.olds), plain_map(request.news)
        if request.preview:
            new = resource.preview(old, inputs, request.ignore_changes)
            await self._confirm(resource, old, new)
        else:
            new = resource.plan(old, inputs, request.ignore_changes)
            set_deadline(request.timeout)
            await resource.change(self._connected().graph, request.resource_id, old, new)
        return UpdateResponse(_told(resource, request.resource_id, new))

    async def delete(self, request: DeleteRequest) -> None:
        """Delete the object."""
        resource = _resource(request.type)
        set_deadline(request.timeout)
        await resource.remove(
            self._connected().graph, request.resource_id, plain_map(request.properties)
        )

    async def invoke(self, request: InvokeRequest) -> InvokeResponse:
        """Answer a function."""
        function = INVOKES.get(request.tok)
        if function is None:
            raise NotSupportedError(_not_supported("function", request.tok, INVOKES))
        args = plain_map(request.args)
        if is_unknown(args):
            return InvokeResponse()
        return InvokeResponse(rich_map(await function(self._connected(), args)))

    async def _confirm(self, resource: Resource, old: Properties, new: Properties) -> None:
        """Ask the tenant in a preview; one whose configuration is not known yet is not asked."""
        if self._connection is not None or self._failure is not None:
            await resource.confirm(self._connected().graph, old, new)

    def _connected(self) -> Connection:
        if self._failure is not None:
            raise self._failure
        if self._connection is None:
            raise ConfigurationError("the azuread provider was used before it was configured")
        return self._connection


def _told(resource: Resource, identifier: str, outputs: Properties) -> dict[str, PropertyValue]:
    """Return the outputs as the state is to hold them: the real plugin has the id among them."""
    return rich_map({**outputs, "id": identifier}, resource.secrets)


def _resource(urn_type: str) -> Resource:
    """Return the resource type of a URN's type, which names the types of the parents as well."""
    token = urn_type.rpartition("$")[2]
    resource = RESOURCES.get(token)
    if resource is None:
        raise NotSupportedError(_not_supported("resource type", token, RESOURCES))
    return resource


def _not_supported(kind: str, token: str, known: Iterable[str]) -> str:
    names = ", ".join(sorted(known))
    return (
        f"the Python stand-in for the azuread plugin does not support the {kind} {token}; "
        f"it supports {names}. For everything else, {INSTALL_OFFICIAL}"
    )


def _property_diff(resource: Resource, difference: Difference) -> PropertyDiff:
    kind = _KINDS[difference.change, resource.inputs[difference.name].replace]
    return PropertyDiff(kind, input_diff=False)
