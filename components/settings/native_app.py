"""`ciam:clients`, kind `nativeApp`: an application on the customer's device."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from components.settings.base import Switch
from components.settings.client import ClientSettings, RedirectedSettings
from components.settings.links import AppearanceSettings
from components.settings.optional_claims import ClaimsSettings
from components.settings.permissions import ApiPermissionsSettings, GraphPermissionsSettings
from components.settings.redirect_uri import NativeRedirectUri


class NativeAppSettings(
    AppearanceSettings,
    ClaimsSettings,
    GraphPermissionsSettings,
    ApiPermissionsSettings,
    RedirectedSettings,
    ClientSettings,
):
    """A native application: a public client on a phone, a desktop or in a terminal."""

    kind: Literal["nativeApp"] = Field(
        description="What kind of client this is: nativeApp, one on a phone, a desktop or in a "
        "terminal."
    )
    redirect_uris: tuple[NativeRedirectUri, ...] = Field(
        default=(),
        description=(
            "Where customers return to after signing in: http://localhost, or a scheme of the "
            "application's own, that of a broker included; {clientId} stands for the client ID; "
            "at most 256 characters each. The first goes to the application. Default: none. "
            "Graph: publicClient.redirectUris."
        ),
    )
    public_client_flows: Switch = Field(
        default=False,
        description=(
            "Whether customers may sign in without a redirect URI, by the code of a device; "
            "nativeAuthentication implies it. Default: false. Graph: isFallbackPublicClient."
        ),
    )
    native_authentication: Switch = Field(
        default=False,
        description=(
            "Whether the application signs customers up and in on pages of its own, without a "
            "browser. Default: false. Graph: nativeAuthenticationApisEnabled."
        ),
    )
