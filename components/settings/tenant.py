"""`ciam:tenant`: where the customers of the tenant sign in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.settings.base import Form, SettingsModel

_HOST = Form(
    r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?",
    "a host name, with a port where it needs one, without https:// and without a path",
)


class TenantSettings(SettingsModel):
    """Where customers sign in, when it is not where External ID puts it by default."""

    subdomain: (
        Annotated[
            str,
            Form(
                r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?",
                "the first label of the tenant's initial domain alone, such as contoso",
            ),
        ]
        | None
    ) = Field(
        default=None,
        description=(
            "The tenant's subdomain: `contoso` of contoso.onmicrosoft.com and "
            "contoso.ciamlogin.com. Default: read from the tenant's initial domain (Graph: "
            "verifiedDomains)."
        ),
    )
    authority_host: Annotated[str, _HOST] | None = Field(
        default=None,
        description=(
            "Host of the pages on which customers sign in; a custom URL domain goes here. "
            "Default: {subdomain}.ciamlogin.com, and the host of a tenant on this machine."
        ),
    )
    issuer_host: Annotated[str, _HOST] | None = Field(
        default=None,
        description=(
            "Host in the issuer of the tenant's tokens, `https://{issuerHost}/{tenantId}/v2.0`. "
            "Default: {tenantId}.ciamlogin.com, and the host of a tenant on this machine."
        ),
    )
