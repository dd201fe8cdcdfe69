"""Who the provider is signed in as: `azuread:index/getClientConfig:getClientConfig`."""

from __future__ import annotations

from typing import Final

from engine.azuread.connection import Connection
from engine.azuread.values import Properties

NAME: Final = "azuread:index/getClientConfig:getClientConfig"


async def invoke(connection: Connection, args: Properties) -> Properties:
    """Return tenant and client ID as configured, and the object ID from the deployer's token."""
    del args
    tenant_id, client_id = connection.settings.tenant_id, connection.settings.client_id
    object_id = await connection.sign_in.object_id()
    return {
        "clientId": client_id,
        "id": f"{tenant_id}-{client_id}-{object_id}",
        "objectId": object_id,
        "tenantId": tenant_id,
    }
