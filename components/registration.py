"""An application with its service principal, as every API and client of the tenant has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import pulumi
import pulumi_azuread as azuread

from components.application import ApplicationArgs
from components.lookups import deployer_object_id
from components.optional_claims import optional_claims

_THIS_TENANT_ONLY: Final = "AzureADMyOrg"
"""The only audience that an External ID tenant signs customers in for."""

_ENTERPRISE_APPLICATION: Final = "WindowsAzureActiveDirectoryIntegratedApp"
"""Marks a service principal as an enterprise application, as the admin center's own ones are."""


@dataclass(frozen=True)
class Registration:
    """What was registered."""

    application: azuread.Application
    service_principal: azuread.ServicePrincipal
    version: pulumi.Output[str]
    """Changes whenever the program says something else of the application."""


@dataclass(kw_only=True)
class Platform:
    """What applications of one kind differ in; see `azuread.Application` for each."""

    api: azuread.ApplicationApiArgs | None = None
    app_roles: Sequence[azuread.ApplicationAppRoleArgs] | None = None
    required_resource_accesses: Sequence[azuread.ApplicationRequiredResourceAccessArgs] | None = (
        None
    )
    web_redirect_uris: Sequence[pulumi.Input[str]] | None = None
    logout_url: pulumi.Input[str] | None = None
    single_page_application: azuread.ApplicationSinglePageApplicationArgs | None = None
    fallback_public_client_enabled: bool | None = None
    owned_elsewhere: tuple[str, ...] = ()
    """Properties of the application that a resource of their own sets."""


def register(
    name: str, parent: pulumi.Resource, args: ApplicationArgs, platform: Platform
) -> Registration:
    """Register an application and its service principal under `parent`."""
    # azuread takes the caller out of the owners unless it is named; a deployer that may only write
    # what it owns would lock itself out. Owners are set once: those whom others add stay, and a
    # preview by another identity shows no difference.
    deployer = args.deployer if args.deployer is not None else deployer_object_id(parent)
    said: dict[str, Any] = {
        "display_name": args.display_name,
        "description": args.description,
        "sign_in_audience": _THIS_TENANT_ONLY,
        "prevent_duplicate_names": True,
        "api": platform.api,
        "app_roles": platform.app_roles,
        "optional_claims": optional_claims(args.optional_claims),
        "group_membership_claims": args.group_claims or None,
        "required_resource_accesses": platform.required_resource_accesses,
        "web": _web(args, platform),
        "single_page_application": platform.single_page_application,
        "fallback_public_client_enabled": platform.fallback_public_client_enabled,
        "logo_image": args.logo_image(),
        "terms_of_service_url": args.links.terms_of_service,
        "privacy_statement_url": args.links.privacy_statement,
        "support_url": args.links.support,
        "marketing_url": args.links.marketing,
    }
    application = azuread.Application(
        name,
        owners=[deployer],
        opts=pulumi.ResourceOptions(
            parent=parent, ignore_changes=["owners", *platform.owned_elsewhere]
        ),
        **said,
    )
    service_principal = azuread.ServicePrincipal(
        name,
        client_id=application.client_id,
        owners=[deployer],
        tags=[_ENTERPRISE_APPLICATION],
        opts=pulumi.ResourceOptions(parent=parent, ignore_changes=["owners"]),
    )
    return Registration(application, service_principal, _version(said))


def _web(args: ApplicationArgs, platform: Platform) -> azuread.ApplicationWebArgs | None:
    """None where nothing is said: an empty block differs from what Graph answers."""
    said = (args.links.homepage, platform.logout_url, platform.web_redirect_uris)
    if said == (None, None, None):
        return None
    return azuread.ApplicationWebArgs(
        homepage_url=args.links.homepage,
        logout_url=platform.logout_url,
        redirect_uris=platform.web_redirect_uris,
    )


def _version(said: dict[str, Any]) -> pulumi.Output[str]:
    """A digest of what the program says of an application."""
    text = pulumi.Output.json_dumps(said, sort_keys=True, default=vars)
    return text.apply(lambda known: sha256(known.encode()).hexdigest())
