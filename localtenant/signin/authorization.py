"""What an application asks of the authorize endpoint, once it has been checked.

Source: Microsoft identity platform, "OAuth 2.0 authorization code flow" and "OpenID Connect".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.signin.errors import SignInError
    from localtenant.signin.sign_in_log import Entry

WEB, SPA, PUBLIC = "web", "spa", "publicClient"


@dataclass(frozen=True)
class AuthorizationRequest:
    """A checked request of an application to sign somebody in.

    ``platform`` is the one under which the redirect URI is registered. ``user_code`` is the digest
    of a device code's user code when it is a device that waits; then nothing is redirected.
    """

    client_id: str
    redirect_uri: str
    platform: str
    response_type: str
    response_mode: str
    scope: list[str]
    state: str | None = None
    nonce: str | None = None
    prompt: str | None = None
    login_hint: str | None = None
    domain_hint: str | None = None
    code_challenge: str | None = None
    code_challenge_method: str | None = None
    max_age: int | None = None
    ui_locales: str | None = None
    client_info: bool = False
    correlation_id: str = ""
    user_code: str | None = None

    @classmethod
    def of(cls, kept: Json) -> AuthorizationRequest:
        """A request from what :attr:`json` made of it."""
        return cls(**{f.name: kept[f.name] for f in fields(cls) if f.name in kept})

    @property
    def json(self) -> dict[str, Any]:
        """The request as an object for JSON."""
        return asdict(self)

    @property
    def target(self) -> str:
        """Where the answer goes, as a source of a Content-Security-Policy's ``form-action``.

        A page whose form ends in a redirect to the application has to allow it.
        """
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"


class PageError(Exception):
    """A request that names no application and address to answer to: shown on a page."""

    def __init__(self, error: SignInError, correlation_id: str = "") -> None:
        """Show ``error``."""
        super().__init__(error.text)
        self.error = error
        self.correlation_id = correlation_id


class RedirectError(Exception):
    """A request that is refused to the application itself, at its redirect URI."""

    def __init__(self, error: SignInError, request: AuthorizationRequest) -> None:
        """Tell the application of ``request`` of ``error``."""
        super().__init__(error.text)
        self.error = error
        self.request = request


class DemandError(RedirectError):
    """A sign-in of which Conditional Access demands more: the pages ask for it, if they may.

    ``entry`` is what the sign-in log is told of it, by whoever lets the customer know.
    """

    def __init__(self, error: SignInError, entry: Entry) -> None:
        """Demand more, because of ``error``."""
        super().__init__(error, entry.request)
        self.entry = entry
