"""Properties of an application between Pulumi's form and msgraph-sdk's.

The names in Pulumi's form: ``redirectUris`` is Graph's ``publicClient.redirectUris``,
``knownClients`` its ``api.knownClientApplications``, ``nativeAuthentication`` its
``nativeAuthenticationApisEnabled``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast
from uuid import UUID

from msgraph.generated.models.api_application import ApiApplication
from msgraph.generated.models.application import Application
from msgraph.generated.models.native_authentication_apis_enabled import (
    NativeAuthenticationApisEnabled,
)
from msgraph.generated.models.public_client_application import PublicClientApplication

from providers.lifecycle import Properties

SELECTED: Final = ("id", "api", "publicClient", "nativeAuthenticationApisEnabled")
"""Graph's properties that a read asks for; the last one is shown to nobody else."""

EMPTY: Final[Mapping[str, object]] = {
    "redirectUris": [],
    "knownClients": [],
    "nativeAuthentication": "none",
}
"""Every property, and what it is where nobody has set it."""


def of(application: Application) -> dict[str, object]:
    """Every property as Graph has it."""
    client, api = application.public_client, application.api
    known = (api.known_client_applications if api else None) or []
    # The model takes a single value, and reads it as a list of them.
    native = cast(
        "Sequence[NativeAuthenticationApisEnabled]",
        application.native_authentication_apis_enabled or (),
    )
    return {
        "redirectUris": list((client.redirect_uris if client else None) or []),
        "knownClients": [str(one) for one in known],
        "nativeAuthentication": native[0].value if native else "none",
    }


def changed(there: Properties, wanted: Properties) -> dict[str, object]:
    """Those of the ``wanted`` properties that are not there; the order of a list does not count."""
    return {
        name: value
        for name, value in wanted.items()
        if comparable(there.get(name, EMPTY[name])) != comparable(value)
    }


def comparable(value: object) -> object:
    """A value in the form in which two are the same."""
    if isinstance(value, list):
        return sorted(str(one).lower() for one in cast("Sequence[object]", value))
    return value


def body(properties: Properties) -> Application:
    """The application with these properties alone."""
    application = Application()
    if "redirectUris" in properties:
        uris = cast("list[str]", properties["redirectUris"])
        application.public_client = PublicClientApplication(redirect_uris=uris)
    if "knownClients" in properties:
        known = [UUID(one) for one in cast("list[str]", properties["knownClients"])]
        application.api = ApiApplication(known_client_applications=known)
    if "nativeAuthentication" in properties:
        native = NativeAuthenticationApisEnabled(str(properties["nativeAuthentication"]))
        application.native_authentication_apis_enabled = native
    return application
