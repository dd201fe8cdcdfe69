"""Properties of an application between Pulumi's form and Graph's.

The names in Pulumi's form: ``redirectUris`` is Graph's ``publicClient.redirectUris``,
``knownClients`` its ``api.knownClientApplications``, ``nativeAuthentication`` its
``nativeAuthenticationApisEnabled``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from providers.graph.rest import Json, part
from providers.lifecycle import Properties

SELECTED: Final = ("id", "api", "publicClient", "nativeAuthenticationApisEnabled")
"""Graph's properties that a read asks for; the last one is shown to nobody else."""

EMPTY: Final[Mapping[str, object]] = {
    "redirectUris": [],
    "knownClients": [],
    "nativeAuthentication": "none",
}
"""Every property, and what it is where nobody has set it."""


def of(application: Json) -> dict[str, object]:
    """Every property as Graph has it."""
    known = part(application, "api").get("knownClientApplications")
    uris = part(application, "publicClient").get("redirectUris")
    return {
        "redirectUris": [*cast("Sequence[object]", uris or ())],
        "knownClients": [str(one) for one in cast("Sequence[object]", known or ())],
        "nativeAuthentication": application.get("nativeAuthenticationApisEnabled") or "none",
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


def body(properties: Properties) -> Json:
    """The application with these properties alone."""
    application: Json = {"@odata.type": "#microsoft.graph.application"}
    if "redirectUris" in properties:
        application["publicClient"] = {"redirectUris": properties["redirectUris"]}
    if "knownClients" in properties:
        application["api"] = {"knownClientApplications": properties["knownClients"]}
    if "nativeAuthentication" in properties:
        application["nativeAuthenticationApisEnabled"] = properties["nativeAuthentication"]
    return application
