"""`IdentityProvider`: other accounts with which customers sign in, each type with its own Args."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias

import pulumi

from components.args import Args, checked
from components.settings.identity_provider import (
    AnyIdentityProviderSettings,
    AppleSettings,
    FacebookSettings,
    GoogleSettings,
    IdentityProviderSettings,
    OpenIdConnectSettings,
)
from components.settings.references import Names, Parts
from components.settings.secret_reference import SecretReference
from providers.identity_provider import (
    AppleIdentityProvider,
    AppleIdentityProviderArgs,
    OidcIdentityProvider,
    OidcIdentityProviderArgs,
    SocialIdentityProvider,
    SocialIdentityProviderArgs,
)
from providers.microsoft_service_principal import (
    MicrosoftServicePrincipal,
    MicrosoftServicePrincipalArgs,
)

AUTHENTICATION_EXTENSIONS: Final = "99045fe1-7639-4a75-9d4a-577b6ca3810f"
"""Client ID of Microsoft's Authentication Extensions, the same in every tenant.

Graph makes no identity provider in a tenant without its service principal.
"""


@dataclass(kw_only=True)
class _ProviderArgs(Args):
    settings = IdentityProviderSettings

    display_name: pulumi.Input[str] | None = None
    """Its name on the sign-in page."""
    adopt: pulumi.Input[bool] = False
    """Whether to take over one that exists already."""
    force_destroy: pulumi.Input[bool] = False
    """Whether one may be deleted that was taken over or that other user flows still offer."""
    extensions: pulumi.Resource | None = None
    """The service principal of Microsoft's Authentication Extensions, which comes before.

    By default one is declared, and never deleted. A `CustomerTenant` declares one for all.
    """


@dataclass(kw_only=True)
class _RegisteredArgs(_ProviderArgs):
    client_id: pulumi.Input[str]
    """Client ID of the application that was registered there."""
    client_secret: pulumi.Input[str]
    """Its secret. Graph never gives it back, so that a change by somebody else is not seen."""


@dataclass(kw_only=True)
class GoogleArgs(_RegisteredArgs):
    """Google."""

    settings = GoogleSettings
    type: ClassVar[str] = "google"


@dataclass(kw_only=True)
class FacebookArgs(_RegisteredArgs):
    """Facebook."""

    settings = FacebookSettings
    type: ClassVar[str] = "facebook"


@dataclass(kw_only=True)
class AppleArgs(_ProviderArgs):
    """Apple."""

    settings = AppleSettings
    type: ClassVar[str] = "apple"

    developer_id: pulumi.Input[str]
    """The team's ID at Apple."""
    service_id: pulumi.Input[str]
    key_id: pulumi.Input[str]
    private_key: pulumi.Input[str]
    """The key as Apple hands it out. Graph never gives it back."""


@dataclass(kw_only=True)
class OpenIdConnectArgs(_RegisteredArgs):
    """An issuer of one's own, by OpenID Connect; Graph has this in beta only."""

    settings = OpenIdConnectSettings
    type: ClassVar[str] = "openIdConnect"

    issuer: pulumi.Input[str]
    """The issuer, as in the `iss` of its tokens."""
    well_known_endpoint: pulumi.Input[str] | None = None
    """By default `{issuer}/.well-known/openid-configuration`."""
    scope: pulumi.Input[str] = "openid profile email"
    """What it is asked for, by blanks."""
    inbound_claim_mapping: Mapping[str, pulumi.Input[str]] | None = None
    """The issuer's claim for each property of the user; by default left to Graph."""


AnyIdentityProviderArgs: TypeAlias = GoogleArgs | FacebookArgs | AppleArgs | OpenIdConnectArgs

_BY_TYPE: Final[dict[str, type[Any]]] = {
    args.type: args for args in (GoogleArgs, FacebookArgs, AppleArgs, OpenIdConnectArgs)
}


class IdentityProvider(pulumi.ComponentResource):
    """Other accounts with which customers sign in; what it is follows from its Args."""

    provider_id: pulumi.Output[str]
    """Graph's id, by which user flows name it."""

    def __init__(
        self, name: str, args: AnyIdentityProviderArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Make the identity provider `name`; ArgsError when its Args cannot be used."""
        parts, names = Parts(identity_providers={name: args}), Names(root="")
        args = checked(f"IdentityProvider '{name}'", args, parts, names)
        super().__init__("ciam:index:IdentityProvider", name, None, opts)
        extensions = args.extensions
        if extensions is None:
            extensions = authentication_extensions(name, self)
        options = pulumi.ResourceOptions(parent=self, depends_on=[extensions])
        self.provider_id = _resource(name, args, options).id
        self.register_outputs({"id": self.provider_id})


def authentication_extensions(name: str, parent: pulumi.Resource) -> pulumi.Resource:
    """The service principal of Microsoft's Authentication Extensions.

    It is Microsoft's: it is taken as it is where the tenant has it, and never changed or deleted.
    """
    return MicrosoftServicePrincipal(
        f"{name}-authentication-extensions",
        MicrosoftServicePrincipalArgs(client_id=AUTHENTICATION_EXTENSIONS),
        pulumi.ResourceOptions(parent=parent),
    )


def identity_provider_args(settings: AnyIdentityProviderSettings) -> AnyIdentityProviderArgs:
    """The identity provider that the stack's configuration describes, its secret read there."""
    config = pulumi.Config()
    given = {name: getattr(settings, name) for name in type(settings).model_fields}
    kind = given.pop("type")
    for name, value in given.items():
        if isinstance(value, SecretReference):
            given[name] = config.require_secret(value.config)
    return _BY_TYPE[kind](**given)


def _resource(
    name: str, args: AnyIdentityProviderArgs, options: pulumi.ResourceOptions
) -> pulumi.CustomResource:
    match args:
        case AppleArgs():
            return AppleIdentityProvider(
                name,
                AppleIdentityProviderArgs(
                    display_name="Apple" if args.display_name is None else args.display_name,
                    developer_id=args.developer_id,
                    service_id=args.service_id,
                    key_id=args.key_id,
                    certificate_data=args.private_key,
                    adopt=args.adopt,
                    force_destroy=args.force_destroy,
                ),
                options,
            )
        case OpenIdConnectArgs():
            return OidcIdentityProvider(name, _issuer(name, args), options)
        case _:
            kind = args.type.capitalize()
            return SocialIdentityProvider(
                name,
                SocialIdentityProviderArgs(
                    identity_provider_type=kind,
                    display_name=kind if args.display_name is None else args.display_name,
                    client_id=args.client_id,
                    client_secret=args.client_secret,
                    adopt=args.adopt,
                    force_destroy=args.force_destroy,
                ),
                options,
            )


def _issuer(name: str, args: OpenIdConnectArgs) -> OidcIdentityProviderArgs:
    endpoint = args.well_known_endpoint
    if endpoint is None:
        endpoint = pulumi.Output.from_input(args.issuer).apply(
            lambda issuer: f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        )
    return OidcIdentityProviderArgs(
        display_name=name if args.display_name is None else args.display_name,
        client_id=args.client_id,
        client_secret=args.client_secret,
        issuer=args.issuer,
        well_known_endpoint=endpoint,
        scope=args.scope,
        inbound_claim_mapping=args.inbound_claim_mapping,
        adopt=args.adopt,
        force_destroy=args.force_destroy,
    )
