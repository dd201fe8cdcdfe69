"""What every application says of itself: what it is called and, of a client, its kind."""

from __future__ import annotations

from pydantic import Field

from components.settings.base import ApplicationName, Description, SettingsModel


class NamedSettings(SettingsModel):
    """What an application is called."""

    display_name: ApplicationName = Field(
        description="The application's name, once in the tenant; at most 256 characters. "
        "Graph: displayName."
    )
    description: Description | None = Field(
        default=None, description="What it is for. Default: none. Graph: description."
    )
