"""`ciam:clients`, kind `daemonApp`: an application that calls APIs as itself."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from components.settings.client import ClientSettings
from components.settings.credentials import CredentialsSettings
from components.settings.links import AppearanceSettings
from components.settings.optional_claims import ClaimsSettings
from components.settings.permissions import ApiRolesSettings


class DaemonAppSettings(
    AppearanceSettings, ClaimsSettings, CredentialsSettings, ApiRolesSettings, ClientSettings
):
    """A daemon: a confidential client without users, and so without redirect URIs."""

    kind: Literal["daemonApp"] = Field(
        description="What kind of client this is: daemonApp, one that calls APIs as itself."
    )
