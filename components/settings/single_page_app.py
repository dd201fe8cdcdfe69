"""`ciam:clients`, kind `singlePageApp`: an application that runs in the customer's browser."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from components.settings.client import ClientSettings, SignedInSettings
from components.settings.links import AppearanceSettings
from components.settings.optional_claims import ClaimsSettings
from components.settings.permissions import ApiPermissionsSettings, GraphPermissionsSettings
from components.settings.redirect_uri import SinglePageRedirectUri


class SinglePageAppSettings(
    AppearanceSettings,
    ClaimsSettings,
    GraphPermissionsSettings,
    ApiPermissionsSettings,
    SignedInSettings,
    ClientSettings,
):
    """A single-page application: a public client in the browser, without a credential."""

    kind: Literal["singlePageApp"] = Field(
        description="What kind of client this is: singlePageApp, one that runs in the browser."
    )
    redirect_uris: tuple[SinglePageRedirectUri, ...] = Field(
        min_length=1,
        description=(
            "Where customers return to after signing in: https, or http on localhost; at most 256 "
            "characters each. The first goes to the application. Graph: spa.redirectUris."
        ),
    )
