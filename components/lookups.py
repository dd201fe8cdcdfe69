"""What the tenant already has and the components refer to, looked up and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import pulumi
import pulumi_azuread as azuread

from components.permissions import ApiReferenceArgs
from providers.organization import MICROSOFT_GRAPH, MicrosoftGraph

T = TypeVar("T")


def deployer_object_id(parent: pulumi.Resource) -> pulumi.Output[str]:
    """The object ID of the identity that deploys: a service principal's, or a user's."""
    options = pulumi.InvokeOptions(parent=parent)
    return _told(azuread.get_client_config_output(opts=options)).object_id


def microsoft_graph(
    parent: pulumi.Resource, known: MicrosoftGraph | None = None
) -> ApiReferenceArgs:
    """Microsoft Graph as the tenant has it, with the ids of its delegated permissions.

    What is not ``known`` is looked up while other things are made. That takes the engine longer
    than most creations: azuread tells all that there is about it.
    """
    if known is not None:
        return _reference(known.service_principal_id, known.scope_ids)
    options = pulumi.InvokeOptions(parent=parent)
    graph = _told(azuread.get_service_principal_output(client_id=MICROSOFT_GRAPH, opts=options))
    return _reference(graph.object_id, graph.oauth2_permission_scope_ids)


def _reference(
    service_principal_id: pulumi.Input[str], scope_ids: pulumi.Input[Mapping[str, str]]
) -> ApiReferenceArgs:
    return ApiReferenceArgs(
        client_id=MICROSOFT_GRAPH,
        service_principal_id=service_principal_id,
        identifier_uri="https://graph.microsoft.com",
        scope_ids=scope_ids,
    )


def said(error: Exception) -> str:
    """What a plugin has said of a function that failed, without the SDK's words around it."""
    text = str(error)
    return text.partition(" returned an error: ")[2] or text


def _told(looked_up: pulumi.Output[T]) -> pulumi.Output[T]:
    """The same, whose failure Pulumi shows as its message alone; it would show a traceback."""

    async def found() -> T:
        try:
            return await looked_up.future()  # pyright: ignore[reportReturnType] -- known, even in a preview
        except Exception as error:  # the SDK raises nothing more precise
            raise pulumi.RunError(said(error)) from error

    return pulumi.Output.from_input(found())
