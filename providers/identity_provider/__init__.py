"""Identity providers of an External ID tenant, as Pulumi resources.

Source: https://learn.microsoft.com/graph/api/resources/identityproviderbase
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = [
    "AppleIdentityProvider",
    "AppleIdentityProviderArgs",
    "AppleIdentityProviderProvider",
    "OidcIdentityProvider",
    "OidcIdentityProviderArgs",
    "OidcIdentityProviderProvider",
    "SocialIdentityProvider",
    "SocialIdentityProviderArgs",
    "SocialIdentityProviderProvider",
]

_LIFECYCLES = "providers.identity_provider.lifecycles"


class SocialIdentityProviderProvider(LifecycleProvider):
    """Hosts the lifecycle of Google and Facebook. Recorded in every state: frozen."""

    lifecycle_path = f"{_LIFECYCLES}:SocialIdentityProviderLifecycle"


class AppleIdentityProviderProvider(LifecycleProvider):
    """Hosts the lifecycle of Apple. Recorded in every state: frozen."""

    lifecycle_path = f"{_LIFECYCLES}:AppleIdentityProviderLifecycle"


class OidcIdentityProviderProvider(LifecycleProvider):
    """Hosts the lifecycle of issuers of one's own. Recorded in every state: frozen."""

    lifecycle_path = f"{_LIFECYCLES}:OidcIdentityProviderLifecycle"


@dataclass(frozen=True, kw_only=True)
class SocialIdentityProviderArgs:
    """How customers sign in with Google or Facebook.

    ``identity_provider_type`` is ``Google`` or ``Facebook``; ``client_id`` and ``client_secret``
    are those of the application that was registered there. ``adopt`` takes over one that exists;
    deleting then only lets go of it. ``force_destroy`` lets a delete remove one that was adopted or
    that user flows still offer.
    """

    identity_provider_type: pulumi.Input[str]
    display_name: pulumi.Input[str]
    client_id: pulumi.Input[str]
    client_secret: pulumi.Input[str]
    adopt: pulumi.Input[bool] | None = None
    force_destroy: pulumi.Input[bool] | None = None


@dataclass(frozen=True, kw_only=True)
class AppleIdentityProviderArgs:
    """How customers sign in with Apple.

    ``developer_id`` is the team's ID, ``service_id`` the service's, ``key_id`` the key's, and
    ``certificate_data`` the private key as Apple hands it out. The rest as for the social ones.
    """

    display_name: pulumi.Input[str]
    developer_id: pulumi.Input[str]
    service_id: pulumi.Input[str]
    key_id: pulumi.Input[str]
    certificate_data: pulumi.Input[str]
    adopt: pulumi.Input[bool] | None = None
    force_destroy: pulumi.Input[bool] | None = None


@dataclass(frozen=True, kw_only=True)
class OidcIdentityProviderArgs:
    """How customers sign in with an issuer of one's own, by OpenID Connect.

    ``issuer`` is what its tokens say, ``well_known_endpoint`` the URL of its configuration,
    ``scope`` what is asked for, by blanks (``openid profile email``); ``inbound_claim_mapping``
    leads from the user's properties (``sub``, ``name``, ``email`` …) to the issuer's claims. The
    rest as for the social ones.
    """

    display_name: pulumi.Input[str]
    client_id: pulumi.Input[str]
    client_secret: pulumi.Input[str]
    issuer: pulumi.Input[str]
    well_known_endpoint: pulumi.Input[str]
    scope: pulumi.Input[str]
    inbound_claim_mapping: Mapping[str, pulumi.Input[str]] | None = None
    adopt: pulumi.Input[bool] | None = None
    force_destroy: pulumi.Input[bool] | None = None


class SocialIdentityProvider(GraphResource, module="ciam", name="SocialIdentityProvider"):
    """Google or Facebook as a way to sign in; its ``id`` is what user flows name.

    Everything but the type changes in place. Graph never gives the secret back, so that a change of
    it by somebody else is not seen. Needs ``IdentityProvider.ReadWrite.All`` and, to know the user
    flows that offer it, ``EventListener.Read.All``.
    """

    secrets = ("client_secret",)

    identity_provider_type: pulumi.Output[str]
    display_name: pulumi.Output[str]
    client_id: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self,
        name: str,
        args: SocialIdentityProviderArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the identity provider ``name``."""
        super().__init__(SocialIdentityProviderProvider(), name, args, opts)


class AppleIdentityProvider(GraphResource, module="ciam", name="AppleIdentityProvider"):
    """Apple as a way to sign in; see ``SocialIdentityProvider``."""

    secrets = ("certificate_data",)

    display_name: pulumi.Output[str]
    developer_id: pulumi.Output[str]
    service_id: pulumi.Output[str]
    key_id: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self,
        name: str,
        args: AppleIdentityProviderArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the identity provider ``name``."""
        super().__init__(AppleIdentityProviderProvider(), name, args, opts)


class OidcIdentityProvider(GraphResource, module="ciam", name="OidcIdentityProvider"):
    """An issuer of one's own as a way to sign in; see ``SocialIdentityProvider``."""

    secrets = ("client_secret",)

    display_name: pulumi.Output[str]
    client_id: pulumi.Output[str]
    issuer: pulumi.Output[str]
    well_known_endpoint: pulumi.Output[str]
    scope: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self,
        name: str,
        args: OidcIdentityProviderArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the identity provider ``name``."""
        super().__init__(OidcIdentityProviderProvider(), name, args, opts)
