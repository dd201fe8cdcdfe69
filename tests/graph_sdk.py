"""Microsoft's typed SDK for Graph, pointed at a local tenant and signed in by azure-identity."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from azure.identity.aio import ClientSecretCredential
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from localtenant.testing import Client, Ready


@asynccontextmanager
async def sdk(ready: Ready, client: Client) -> AsyncGenerator[GraphServiceClient]:
    """The SDK as a user has it who sets the authority, the scope, the hosts and the address."""
    credential = ClientSecretCredential(
        ready.tenantId, client.clientId, client.clientSecret, disable_instance_discovery=True
    )
    provider = AzureIdentityAuthenticationProvider(
        credential,
        scopes=[f"{ready.url}/.default"],
        allowed_hosts=["localhost", ready.metadataHost],
    )
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = f"{ready.url}/v1.0"
    async with credential:
        yield GraphServiceClient(request_adapter=adapter)
