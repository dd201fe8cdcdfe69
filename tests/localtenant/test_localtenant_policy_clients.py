"""Microsoft's own client on policies and branding: msgraph-sdk, unmodified."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from graph_sdk import sdk
from msgraph.generated.models.authentication_method_state import AuthenticationMethodState
from msgraph.generated.models.conditional_access_applications import ConditionalAccessApplications
from msgraph.generated.models.conditional_access_client_app import ConditionalAccessClientApp
from msgraph.generated.models.conditional_access_condition_set import (
    ConditionalAccessConditionSet,
)
from msgraph.generated.models.conditional_access_grant_control import (
    ConditionalAccessGrantControl,
)
from msgraph.generated.models.conditional_access_grant_controls import (
    ConditionalAccessGrantControls,
)
from msgraph.generated.models.conditional_access_locations import ConditionalAccessLocations
from msgraph.generated.models.conditional_access_policy import ConditionalAccessPolicy
from msgraph.generated.models.conditional_access_policy_state import ConditionalAccessPolicyState
from msgraph.generated.models.conditional_access_users import ConditionalAccessUsers
from msgraph.generated.models.email_authentication_method_configuration import (
    EmailAuthenticationMethodConfiguration,
)
from msgraph.generated.models.i_pv4_cidr_range import IPv4CidrRange
from msgraph.generated.models.ip_named_location import IpNamedLocation
from msgraph.generated.models.organizational_branding import OrganizationalBranding

if TYPE_CHECKING:
    from localtenant.testing import Ready

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


async def _use_conditional_access(ready: Ready) -> None:
    async with sdk(ready, ready.clients["everything"]) as client:
        root = client.identity.conditional_access
        location = await root.named_locations.post(
            IpNamedLocation(
                odata_type="#microsoft.graph.ipNamedLocation",
                display_name="Office",
                ip_ranges=[
                    IPv4CidrRange(
                        odata_type="#microsoft.graph.iPv4CidrRange", cidr_address="192.0.2.0/24"
                    )
                ],
            )
        )
        assert isinstance(location, IpNamedLocation)
        assert location.id is not None
        made = await root.policies.post(
            ConditionalAccessPolicy(
                display_name="by msgraph-sdk",
                state=ConditionalAccessPolicyState.EnabledForReportingButNotEnforced,
                conditions=ConditionalAccessConditionSet(
                    client_app_types=[ConditionalAccessClientApp.All],
                    applications=ConditionalAccessApplications(include_applications=["All"]),
                    users=ConditionalAccessUsers(include_users=["All"]),
                    locations=ConditionalAccessLocations(
                        include_locations=["All"], exclude_locations=[location.id]
                    ),
                ),
                grant_controls=ConditionalAccessGrantControls(
                    operator="OR", built_in_controls=[ConditionalAccessGrantControl.Mfa]
                ),
            )
        )
        assert made is not None
        assert made.id is not None
        one = root.policies.by_conditional_access_policy_id(made.id)
        await one.patch(ConditionalAccessPolicy(state=ConditionalAccessPolicyState.Disabled))
        read = await one.get()
        assert read is not None
        assert read.conditions is not None
        assert read.conditions.locations is not None
        assert read.conditions.locations.exclude_locations == [location.id]
        assert read.state == ConditionalAccessPolicyState.Disabled
        await one.delete()
        await root.named_locations.by_named_location_id(location.id).delete()


async def _use_email_passcodes(ready: Ready) -> None:
    async with sdk(ready, ready.clients["everything"]) as client:
        policy = await client.policies.authentication_methods_policy.get()
        assert policy is not None
        methods = {m.id: m for m in policy.authentication_method_configurations or ()}
        assert isinstance(methods["Email"], EmailAuthenticationMethodConfiguration)
        email = (
            client.policies.authentication_methods_policy.authentication_method_configurations
        ).by_authentication_method_configuration_id("email")

        await email.patch(
            EmailAuthenticationMethodConfiguration(
                odata_type="#microsoft.graph.emailAuthenticationMethodConfiguration",
                state=AuthenticationMethodState.Enabled,
            )
        )

        read = await email.get()
        await email.delete()
        assert read is not None
        assert read.state == AuthenticationMethodState.Enabled


async def _use_branding(ready: Ready) -> None:
    async with sdk(ready, ready.clients["everything"]) as client:
        branding = client.organization.by_organization_id(ready.tenantId).branding
        await branding.patch(OrganizationalBranding(sign_in_page_text="Welcome"))
        await branding.banner_logo.put(b"pixels", "image/png")

        read = await branding.get()
        logo = await branding.banner_logo.get()

        await branding.banner_logo.delete()
        await branding.delete()
        assert read is not None
        assert (read.id, read.sign_in_page_text) == ("0", "Welcome")
        assert read.banner_logo_relative_url
        assert logo == b"pixels"


def test_msgraph_sdk_uses_conditional_access(ready: Ready) -> None:
    """It makes a named location and a policy, changes, reads and deletes them."""
    asyncio.run(_use_conditional_access(ready))


def test_msgraph_sdk_enables_email_passcodes(ready: Ready) -> None:
    """It finds the method by its type, and enables it by the id that the pages use."""
    asyncio.run(_use_email_passcodes(ready))


def test_msgraph_sdk_brands_the_sign_in_page(ready: Ready) -> None:
    """It writes a text and an image, and reads both."""
    asyncio.run(_use_branding(ready))
