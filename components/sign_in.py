"""Where customers sign in, and who issues their tokens.

Source: https://learn.microsoft.com/entra/external-id/customers/reference-oidc-claims-mapping-customers
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.args import Args
from components.settings.tenant import TenantSettings

if TYPE_CHECKING:
    from providers.organization import Organization


@dataclass(kw_only=True)
class TenantArgs(Args):
    """Where customers sign in, when it is not where External ID puts it by default."""

    settings = TenantSettings

    subdomain: str | None = None
    """The tenant's subdomain; by default the first label of its initial domain."""
    authority_host: str | None = None
    """Host of the sign-in pages; by default `{subdomain}.ciamlogin.com`, or the local tenant's."""
    issuer_host: str | None = None
    """Host in the issuer; by default `{tenantId}.ciamlogin.com`, or the local tenant's."""


@dataclass(frozen=True)
class SignIn:
    """The tenant as its applications see it."""

    tenant_id: str
    subdomain: str
    base: str
    """The sign-in host, `https://{authorityHost}/`: what the Node sample calls AUTHORITY."""
    issuer: str
    """Whom tokens name as their issuer."""

    @property
    def authority(self) -> str:
        """The tenant's authority, for OpenID Connect libraries."""
        return f"{self.base}{self.tenant_id}/v2.0"

    @property
    def open_id_configuration(self) -> str:
        """Where the authority's metadata is."""
        domain = f"{self.subdomain}.onmicrosoft.com"
        return f"{self.base}{domain}/v2.0/.well-known/openid-configuration"


def sign_in(organization: Organization, args: TenantArgs) -> SignIn:
    """Where the customers of `organization` sign in."""
    tenant_id = organization.tenant_id
    subdomain = args.subdomain or organization.subdomain
    here = organization.local_host
    authority_host = args.authority_host or here or f"{subdomain}.ciamlogin.com"
    issuer_host = args.issuer_host or here or f"{tenant_id}.ciamlogin.com"
    return SignIn(
        tenant_id=tenant_id,
        subdomain=subdomain,
        base=f"https://{authority_host}/",
        issuer=f"https://{issuer_host}/{tenant_id}/v2.0",
    )


def tenant_args(settings: TenantSettings) -> TenantArgs:
    """What the stack's configuration says of the tenant."""
    return TenantArgs(**dict(settings))
