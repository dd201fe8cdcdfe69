"""An application with its service principal, as every API and client of the tenant has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_azuread as azuread

from components.lookups import deployer_object_id

_THIS_TENANT_ONLY: Final = "AzureADMyOrg"
"""The only audience that an External ID tenant signs customers in for."""

_ENTERPRISE_APPLICATION: Final = "WindowsAzureActiveDirectoryIntegratedApp"
"""Marks a service principal as an enterprise application, as the admin center's own ones are."""


@dataclass(frozen=True)
class Registration:
    """What was registered."""

    application: azuread.Application
    service_principal: azuread.ServicePrincipal


@dataclass(kw_only=True)
class RegistrationArgs:
    """What registrations differ in; see `azuread.Application` for each."""

    display_name: pulumi.Input[str]
    description: pulumi.Input[str] | None = None
    deployer: pulumi.Input[str] | None = None
    """Object ID of the first owner; by default the identity that deploys."""
    api: azuread.ApplicationApiArgs | None = None
    app_roles: Sequence[azuread.ApplicationAppRoleArgs] | None = None
    optional_claims: azuread.ApplicationOptionalClaimsArgs | None = None
    required_resource_accesses: Sequence[azuread.ApplicationRequiredResourceAccessArgs] | None = (
        None
    )
    web: azuread.ApplicationWebArgs | None = None
    owned_elsewhere: tuple[str, ...] = ()
    """Properties of the application that a resource of their own sets."""


def register(name: str, parent: pulumi.Resource, args: RegistrationArgs) -> Registration:
    """Register an application and its service principal under `parent`."""
    # azuread takes the caller out of the owners unless it is named; a deployer that may only write
    # what it owns would lock itself out. Owners are set once: those whom others add stay, and a
    # preview by another identity shows no difference.
    deployer = args.deployer if args.deployer is not None else deployer_object_id(parent)
    application = azuread.Application(
        name,
        display_name=args.display_name,
        description=args.description,
        sign_in_audience=_THIS_TENANT_ONLY,
        owners=[deployer],
        prevent_duplicate_names=True,
        api=args.api,
        app_roles=args.app_roles,
        optional_claims=args.optional_claims,
        required_resource_accesses=args.required_resource_accesses,
        web=args.web,
        opts=pulumi.ResourceOptions(
            parent=parent, ignore_changes=["owners", *args.owned_elsewhere]
        ),
    )
    service_principal = azuread.ServicePrincipal(
        name,
        client_id=application.client_id,
        owners=[deployer],
        tags=[_ENTERPRISE_APPLICATION],
        opts=pulumi.ResourceOptions(parent=parent, ignore_changes=["owners"]),
    )
    return Registration(application, service_principal)
