"""`ciam:clients`, kind `webApp`: a web application that signs customers in on its server."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from components.settings.base import (
    ApplicationName,
    Description,
    Form,
    Key,
    SettingsModel,
    Switch,
    Text,
)
from components.settings.lifetime import LIFETIME_ALLOWED, LIFETIME_PATTERN
from components.settings.redirect_uri import PostLogoutRedirectUri, WebRedirectUri
from components.settings.web_api import PermissionValue


class ClientSecretSettings(SettingsModel):
    """The client's secret and how it rotates. Graph: `passwordCredential`."""

    display_name: Text = Field(
        default="client secret",
        description=(
            "What the secret is called in the admin center. A change takes effect at the next "
            "rotation. Default: client secret. Graph: displayName."
        ),
    )
    lifetime: Annotated[str, Form(LIFETIME_PATTERN, LIFETIME_ALLOWED)] = Field(
        default="180d",
        description=(
            "How long a secret is valid from its creation, in days (180d) or weeks (26w). A change "
            "takes effect at the next rotation. Default: 180d. Graph: endDateTime."
        ),
    )
    rotation: Annotated[int, Field(strict=True, ge=1)] = Field(
        default=1,
        description=(
            "Number of the secret to use now. Adding one makes a new secret. Default: 1. "
            "No counterpart in Graph."
        ),
    )
    keep_previous: Switch = Field(
        default=True,
        description=(
            "Whether the secret of the rotation before stays valid until its own end, so that "
            "running applications go on; false removes it. Default: true. No counterpart in Graph."
        ),
    )


class WebAppSettings(SettingsModel):
    """A web application: a confidential client with redirect URIs and a secret."""

    kind: Literal["webApp"] = Field(
        description="What kind of client this is: webApp, a web application with a server."
    )
    display_name: ApplicationName = Field(
        description="The application's name, once in the tenant; at most 256 characters. "
        "Graph: displayName."
    )
    description: Description | None = Field(
        default=None, description="What the client is for. Default: none. Graph: description."
    )
    redirect_uris: tuple[WebRedirectUri, ...] = Field(
        min_length=1,
        description=(
            "Where customers return to after signing in: https, or http on localhost; at most 256 "
            "characters each. The first goes to the application. Graph: web.redirectUris."
        ),
    )
    post_logout_redirect_uri: PostLogoutRedirectUri | None = Field(
        default=None,
        description=(
            "Where customers return to after signing out. Default: the origin of the first "
            "redirect URI. Goes to the application only; not registered in Graph."
        ),
    )
    api_permissions: dict[Key, Annotated[tuple[PermissionValue, ...], Field(min_length=1)]] = Field(
        default={},
        description=(
            "Scopes that the client uses, by key of ciam:apis; granted by admin consent. "
            "Default: none. Graph: requiredResourceAccess and oauth2PermissionGrants."
        ),
    )
    graph_permissions: tuple[PermissionValue, ...] = Field(
        default=("openid", "offline_access"),
        description=(
            "Delegated permissions of Microsoft Graph that the client uses; granted by admin "
            "consent. Default: [openid, offline_access]. Graph: requiredResourceAccess and "
            "oauth2PermissionGrants."
        ),
    )
    secret: ClientSecretSettings = Field(
        default_factory=ClientSecretSettings,
        description="The client's secret and how it rotates. Graph: passwordCredentials.",
    )
