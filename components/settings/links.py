"""What people see of an application: its logo and the pages about it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from components.settings.base import SettingsModel
from components.settings.logo import LogoFile


def _web_address(value: str) -> str:
    """The URL; ValueError unless a browser can open it."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname or value != value.strip():
        raise ValueError("an absolute URL that begins with https:// or http://")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""The address of a page."""


class LinksSettings(SettingsModel):
    """Pages about an application. Graph: `informationalUrl`."""

    homepage: WebAddress | None = Field(
        default=None,
        description="The application's own page. Default: none. Graph: web.homePageUrl.",
    )
    terms_of_service: WebAddress | None = Field(
        default=None, description="Its terms. Default: none. Graph: info.termsOfServiceUrl."
    )
    privacy_statement: WebAddress | None = Field(
        default=None,
        description="What becomes of its users' data. Default: none. "
        "Graph: info.privacyStatementUrl.",
    )
    support: WebAddress | None = Field(
        default=None,
        description="Where its users find help. Default: none. Graph: info.supportUrl.",
    )
    marketing: WebAddress | None = Field(
        default=None, description="What it is good for. Default: none. Graph: info.marketingUrl."
    )


class AppearanceSettings(SettingsModel):
    """What people see of an application."""

    logo: LogoFile | None = Field(
        default=None,
        description=(
            "File of the logo, below the project's folder: PNG, JPEG or GIF of at most 100 kB. "
            "Taking it out of the settings leaves the logo as it is. Default: left alone. "
            "Graph: logo."
        ),
    )
    links: LinksSettings = Field(
        default_factory=LinksSettings,
        description="Pages about the application. Default: none. Graph: info and web.homePageUrl.",
    )
