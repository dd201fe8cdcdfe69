"""Microsoft's own clients: msgraph-sdk, signed in by azure-identity, unmodified."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from azure.identity.aio import ClientSecretCredential
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph.generated.models.application import Application
from msgraph.generated.models.authentication_condition_application import (
    AuthenticationConditionApplication,
)
from msgraph.generated.models.external_users_self_service_sign_up_events_flow import (
    ExternalUsersSelfServiceSignUpEventsFlow,
)
from msgraph.generated.models.identity_provider_base import IdentityProviderBase
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.on_authentication_method_load_start_external_users_self_service_sign_up import (  # noqa: E501 - the SDK's own name
    OnAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp,
)
from msgraph.generated.models.on_interactive_auth_flow_start_external_users_self_service_sign_up import (  # noqa: E501 - the SDK's own name
    OnInteractiveAuthFlowStartExternalUsersSelfServiceSignUp,
)
from msgraph.generated.models.service_principal import ServicePrincipal
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient

if TYPE_CHECKING:
    from localtenant.testing import Ready

pytestmark = pytest.mark.local_only


async def _use(ready: Ready) -> None:
    env = ready.env
    credential = ClientSecretCredential(
        env["AZURE_TENANT_ID"],
        env["AZURE_CLIENT_ID"],
        env["AZURE_CLIENT_SECRET"],
        authority=env["AZURE_AUTHORITY_HOST"],
        disable_instance_discovery=True,
    )
    provider = AzureIdentityAuthenticationProvider(
        credential,
        scopes=[f"{ready.url}/.default"],
        allowed_hosts=["localhost", ready.metadataHost],
    )
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = f"{ready.url}/v1.0"
    client = GraphServiceClient(request_adapter=adapter)
    async with credential:
        organizations = await client.organization.get()
        assert organizations is not None
        assert organizations.value is not None
        assert organizations.value[0].tenant_type == "CIAM"

        made = await client.applications.post(
            Application(display_name="by msgraph-sdk", sign_in_audience="AzureADMyOrg")
        )
        assert made is not None
        assert made.id is not None
        principal = await client.service_principals.post(ServicePrincipal(app_id=made.app_id))
        assert principal is not None
        assert principal.display_name == "by msgraph-sdk"
        owners = await client.applications.by_application_id(made.id).owners.get()
        assert owners is not None
        assert isinstance((owners.value or [None])[0], ServicePrincipal)

        await _use_flow(client, made.app_id or "")

        await client.applications.by_application_id(made.id).delete()
        with pytest.raises(ODataError) as raised:
            await client.applications.by_application_id(made.id).get()
        assert raised.value.response_status_code == 404
        assert raised.value.error is not None
        assert raised.value.error.code == "Request_ResourceNotFound"


async def _use_flow(client: GraphServiceClient, client_id: str) -> None:
    flows = client.identity.authentication_events_flows
    flow = ExternalUsersSelfServiceSignUpEventsFlow(
        display_name=f"by msgraph-sdk {client_id}",
        on_interactive_auth_flow_start=OnInteractiveAuthFlowStartExternalUsersSelfServiceSignUp(
            is_sign_up_allowed=True
        ),
        on_authentication_method_load_start=(
            OnAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp(
                identity_providers=[IdentityProviderBase(id="EmailPassword-OAUTH")]
            )
        ),
    )
    made = await flows.post(flow)
    assert made is not None
    assert made.id is not None
    one = flows.by_authentication_events_flow_id(made.id)
    applications = one.conditions.applications.include_applications
    added = await applications.post(AuthenticationConditionApplication(app_id=client_id))
    assert added is not None
    assert added.app_id == client_id
    read = await one.get()
    assert isinstance(read, ExternalUsersSelfServiceSignUpEventsFlow)
    start = read.on_interactive_auth_flow_start
    assert isinstance(start, OnInteractiveAuthFlowStartExternalUsersSelfServiceSignUp)
    assert start.is_sign_up_allowed
    await applications.by_authentication_condition_application_app_id(client_id).delete()
    listed = await applications.get()
    assert listed is not None
    assert listed.value == []
    await one.delete()


def test_msgraph_sdk_signed_in_by_azure_identity(
    ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The typed SDK makes, reads, links and deletes, and reads errors as its own."""
    monkeypatch.setenv("SSL_CERT_FILE", ready.env["SSL_CERT_FILE"])
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ready.env["REQUESTS_CA_BUNDLE"])

    asyncio.run(_use(ready))
