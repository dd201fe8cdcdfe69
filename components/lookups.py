"""What the tenant already has and the components refer to, looked up and never changed."""

from __future__ import annotations

from typing import Final

import pulumi
import pulumi_azuread as azuread

from components.permissions import ApiReferenceArgs

GRAPH_CLIENT_ID: Final = "00000003-0000-0000-c000-000000000000"
"""Microsoft Graph's client ID, the same in every tenant."""


def deployer_object_id(parent: pulumi.Resource) -> pulumi.Output[str]:
    """The object ID of the identity that deploys: a service principal's, or a user's."""
    return azuread.get_client_config_output(
        opts=pulumi.InvokeOutputOptions(parent=parent)
    ).object_id


def microsoft_graph(parent: pulumi.Resource) -> ApiReferenceArgs:
    """Microsoft Graph as the tenant has it, with the ids of its delegated permissions."""
    graph = azuread.get_service_principal_output(
        client_id=GRAPH_CLIENT_ID, opts=pulumi.InvokeOutputOptions(parent=parent)
    )
    return ApiReferenceArgs(
        client_id=GRAPH_CLIENT_ID,
        service_principal_id=graph.object_id,
        identifier_uri="https://graph.microsoft.com",
        scope_ids=graph.oauth2_permission_scope_ids,
    )
