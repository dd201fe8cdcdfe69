"""What the tenant already has and the components refer to, looked up and never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import pulumi
import pulumi_azuread as azuread

from components.permissions import ApiReferenceArgs
from providers.organization import MICROSOFT_GRAPH, MicrosoftGraph

T = TypeVar("T")


def deployer_object_id(parent: pulumi.Resource, known: str = "") -> pulumi.Output[str]:
    """The object ID of the identity that deploys: a service principal's, or a user's.

    One that is not ``known`` is looked up.
    """
    options = pulumi.InvokeOptions(parent=parent)
    found = known or _looked_up(lambda: azuread.get_client_config(opts=options)).object_id
    return pulumi.Output.from_input(found)


def microsoft_graph(
    parent: pulumi.Resource, known: MicrosoftGraph | None = None
) -> ApiReferenceArgs:
    """Microsoft Graph as the tenant has it, with the ids of its delegated permissions.

    What is not ``known`` is looked up. That takes the engine longer than most creations: azuread
    tells all that there is about it.
    """
    if known is not None:
        return _reference(known.service_principal_id, known.scope_ids)
    options = pulumi.InvokeOptions(parent=parent)
    graph = _looked_up(
        lambda: azuread.get_service_principal(client_id=MICROSOFT_GRAPH, opts=options)
    )
    return _reference(graph.object_id, graph.oauth2_permission_scope_ids)


def _reference(service_principal_id: str, scope_ids: Mapping[str, str]) -> ApiReferenceArgs:
    return ApiReferenceArgs(
        client_id=MICROSOFT_GRAPH,
        service_principal_id=service_principal_id,
        identifier_uri="https://graph.microsoft.com",
        scope_ids=scope_ids,
    )


def _looked_up(look_up: Callable[[], T]) -> T:
    """Look something up at once: a refusal that comes later is shown as a traceback.

    Raises ``RunError``, which Pulumi shows as its message alone.
    """
    try:
        return look_up()
    except Exception as error:  # the SDK raises nothing more precise
        said = str(error)
        raise pulumi.RunError(said.partition(" returned an error: ")[2] or said) from error
