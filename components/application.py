"""What every application of the tenant is, API or client: its name, its look, its claims."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any, Protocol

import pulumi

from components.args import Args
from components.optional_claims import ClaimsArgs, optional_claims_args
from components.settings.application import NamedSettings
from components.settings.links import AppearanceSettings, LinksSettings
from components.settings.logo import read_logo
from components.settings.optional_claims import OptionalClaimsSettings


@dataclass(kw_only=True)
class LinksArgs(Args):
    """Pages about an application. Graph: `informationalUrl`."""

    settings = LinksSettings

    homepage: pulumi.Input[str] | None = None
    """The application's own page. Graph: web.homePageUrl."""
    terms_of_service: pulumi.Input[str] | None = None
    privacy_statement: pulumi.Input[str] | None = None
    support: pulumi.Input[str] | None = None
    marketing: pulumi.Input[str] | None = None


@dataclass(kw_only=True)
class AppearanceArgs(Args):
    """What people see of an application."""

    settings = AppearanceSettings

    logo: str | None = None
    """File of the logo, relative to the program's folder: PNG, JPEG or GIF of at most 100 kB."""
    links: LinksArgs = field(default_factory=LinksArgs)

    def logo_image(self) -> str | None:
        """The logo in base64, as azuread takes it."""
        return None if self.logo is None else base64.b64encode(read_logo(self.logo)).decode()


@dataclass(kw_only=True)
class ApplicationArgs(AppearanceArgs, ClaimsArgs):
    """What every application is."""

    settings = NamedSettings

    display_name: pulumi.Input[str]
    """The application's name; at most 256 characters, and no other application may have it."""
    description: pulumi.Input[str] | None = None
    deployer: pulumi.Input[str] | None = None
    """Object ID of the application's first owner; by default the identity that deploys."""


class _ApplicationSettings(Protocol):
    @property
    def links(self) -> LinksSettings: ...

    @property
    def optional_claims(self) -> OptionalClaimsSettings: ...


def application_args(settings: _ApplicationSettings) -> dict[str, Any]:
    """The Args' fields that settings say as models of their own."""
    return {
        "links": LinksArgs(**dict(settings.links)),
        "optional_claims": optional_claims_args(settings.optional_claims),
    }
