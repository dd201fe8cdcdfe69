"""`ciam:clients`, kind `webApp`: a web application that signs customers in on its server."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from components.settings.client import ClientSettings, SignedInSettings
from components.settings.credentials import CredentialsSettings
from components.settings.links import AppearanceSettings
from components.settings.optional_claims import ClaimsSettings
from components.settings.permissions import (
    ApiPermissionsSettings,
    ApiRolesSettings,
    GraphPermissionsSettings,
)
from components.settings.redirect_uri import WebRedirectUri


class WebAppSettings(
    AppearanceSettings,
    ClaimsSettings,
    CredentialsSettings,
    ApiRolesSettings,
    GraphPermissionsSettings,
    ApiPermissionsSettings,
    SignedInSettings,
    ClientSettings,
):
    """A web application: a confidential client with redirect URIs and a credential."""

    kind: Literal["webApp"] = Field(
        description="What kind of client this is: webApp, a web application with a server."
    )
    redirect_uris: tuple[WebRedirectUri, ...] = Field(
        min_length=1,
        description=(
            "Where customers return to after signing in: https, or http on localhost; at most 256 "
            "characters each. The first goes to the application. Graph: web.redirectUris."
        ),
    )
