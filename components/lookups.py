"""What the tenant already has and the components refer to, looked up and never changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import pulumi
import pulumi_azuread as azuread

from components.permissions import ApiReferenceArgs

GRAPH_CLIENT_ID: Final = "00000003-0000-0000-c000-000000000000"
"""Microsoft Graph's client ID, the same in every tenant."""

T = TypeVar("T")


def deployer_object_id(parent: pulumi.Resource) -> pulumi.Output[str]:
    """The object ID of the identity that deploys: a service principal's, or a user's."""
    options = pulumi.InvokeOptions(parent=parent)
    found = _looked_up(lambda: azuread.get_client_config(opts=options))
    return pulumi.Output.from_input(found.object_id)


def microsoft_graph(parent: pulumi.Resource) -> ApiReferenceArgs:
    """Microsoft Graph as the tenant has it, with the ids of its delegated permissions."""
    options = pulumi.InvokeOptions(parent=parent)
    graph = _looked_up(
        lambda: azuread.get_service_principal(client_id=GRAPH_CLIENT_ID, opts=options)
    )
    return ApiReferenceArgs(
        client_id=GRAPH_CLIENT_ID,
        service_principal_id=graph.object_id,
        identifier_uri="https://graph.microsoft.com",
        scope_ids=graph.oauth2_permission_scope_ids,
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
