"""Microsoft's own clients: msgraph-sdk, signed in by azure-identity, unmodified."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from graph_sdk import sdk
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.applications.applications_request_builder import ApplicationsRequestBuilder
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
from msgraph_core.tasks.page_iterator import PageIterator

from localtenant.testing import Client, Ready
from localtenant.testing_client import FaultKnobs, Graph
from localtenant.testing_client import missing as missing_text

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


async def _use(ready: Ready) -> None:
    deployer = Client(ready.env["AZURE_CLIENT_ID"], ready.env["AZURE_CLIENT_SECRET"], "")
    async with sdk(ready, deployer) as client:
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


def test_msgraph_sdk_signed_in_by_azure_identity(ready: Ready) -> None:
    """The typed SDK makes, reads, links and deletes, and reads errors as its own."""
    asyncio.run(_use(ready))


def test_msgraph_sdk_goes_through_pages(ready: Ready, graph: Graph) -> None:
    """The SDK's iterator follows the links to further pages, each with the same filter."""
    prefix = f"paged {uuid4()}"
    names = [graph.application(displayName=f"{prefix} {n}")["displayName"] for n in range(5)]

    async def listed() -> list[str | None]:
        found: list[str | None] = []

        def see(application: Application) -> bool:
            found.append(application.display_name)
            return True

        query = ApplicationsRequestBuilder.ApplicationsRequestBuilderGetQueryParameters(
            filter=f"startswith(displayName,'{prefix}')", select=["displayName"], top=2
        )
        async with sdk(ready, ready.clients["everything"]) as client:
            first = await client.applications.get(RequestConfiguration(query_parameters=query))
            assert first is not None
            assert len(first.value or []) == 2
            await PageIterator(first, client.request_adapter).iterate(see)
        return found

    assert asyncio.run(listed()) == names


def test_msgraph_sdk_reads_an_error_whole(ready: Ready) -> None:
    """Code, message, date and both request IDs are where the SDK looks for them."""
    missing = str(uuid4())

    async def fail() -> ODataError:
        async with sdk(ready, ready.clients["everything"]) as client:
            with pytest.raises(ODataError) as raised:
                await client.applications.by_application_id(missing).get()
        return raised.value

    error = asyncio.run(fail())

    assert error.response_status_code == 404
    assert error.error is not None
    assert error.error.code == "Request_ResourceNotFound"
    assert error.error.message == missing_text(missing)
    inner = error.error.inner_error
    assert inner is not None
    assert inner.date is not None
    headers = {name.lower(): value for name, value in (error.response_headers or {}).items()}
    assert UUID(inner.request_id)
    assert UUID(inner.client_request_id)
    assert headers["request-id"] == inner.request_id


def test_msgraph_sdk_waits_out_throttling(ready: Ready, knobs: FaultKnobs) -> None:
    """What is throttled is sent again after the time that the answer names."""
    knobs.set("throttle,times=1,retry-after=1")

    async def read() -> int:
        async with sdk(ready, ready.clients["everything"]) as client:
            found = await client.organization.get()
        return len((found.value if found else None) or [])

    assert asyncio.run(read()) == 1
    assert [(f["seen"], f["hits"]) for f in knobs.report()] == [(2, 1)]
