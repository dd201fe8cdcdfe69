"""What clients of several kinds have in common."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field

from components.settings.application import NamedSettings
from components.settings.base import SettingsModel
from components.settings.links import WebAddress
from components.settings.redirect_uri import PostLogoutRedirectUri

_LONGEST_LOGOUT_URL: Final = 255


def _logout_url(value: str) -> str:
    """The URL; ValueError for one that the azuread plugin refuses."""
    if len(value) > _LONGEST_LOGOUT_URL:
        raise ValueError(f"a URL of at most {_LONGEST_LOGOUT_URL} characters")
    return value


class _KindSettings(SettingsModel):
    kind: Any


class RedirectedSettings(SettingsModel):
    """A client that customers come back to."""

    redirect_uris: tuple[str, ...]


class SignedInSettings(RedirectedSettings):
    """A client that customers come back to in a browser."""

    post_logout_redirect_uri: PostLogoutRedirectUri | None = Field(
        default=None,
        description=(
            "Where customers return to after signing out. Default: the origin of the first "
            "redirect URI, with a slash where that is a redirect URI itself: the service leads "
            "back to what is registered, to the letter. Goes to the application only; not "
            "registered in Graph."
        ),
    )
    logout_url: Annotated[WebAddress, AfterValidator(_logout_url)] | None = Field(
        default=None,
        description=(
            "Where the application ends its own session when the customer signs out of another "
            "one (front-channel logout); at most 255 characters. Default: none. "
            "Graph: web.logoutUrl."
        ),
    )


class ClientSettings(NamedSettings, _KindSettings):
    """A client of any kind."""
