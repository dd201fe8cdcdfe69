"""Clients that need no consent to an API, each a resource of its own.

`azuread:index/applicationPreAuthorized:ApplicationPreAuthorized`: one of an application's
`api.preAuthorizedApplications`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from engine.azuread.formats import guid
from engine.azuread.resources.answers import items
from engine.azuread.resources.application_entry import ApplicationEntry
from engine.azuread.resources.identifiers import application_id, part_id
from engine.azuread.schema import Property, text, texts
from engine.azuread.values import Properties

_KIND = "preAuthorizedApplication"


class ApplicationPreAuthorized(ApplicationEntry):
    """The scopes of an API for which one client needs no consent."""

    pulumi_type = "azuread:index/applicationPreAuthorized:ApplicationPreAuthorized"
    inputs: ClassVar[Mapping[str, Property]] = {
        "applicationId": text(required=True, replace=True, accepts=application_id),
        "authorizedClientId": text(required=True, replace=True, accepts=guid),
        "permissionIds": texts(required=True, accepts=guid),
    }
    what = "pre-authorised client"
    names = "authorizedClientId"
    named = "appId"
    path = ("api", "preAuthorizedApplications")

    def identifier(self, object_id: str, client_id: str) -> str:
        """Return the Pulumi id of an entry."""
        return f"{object_id}/{_KIND}/{client_id}"

    def parts(self, identifier: str) -> tuple[str, str]:
        """Return the object ID of the application and the client ID."""
        return part_id(identifier, _KIND)

    def entry(self, wanted: Properties) -> Properties:
        """Return Graph's `preAuthorizedApplication`."""
        return {
            "appId": wanted["authorizedClientId"],
            "delegatedPermissionIds": wanted["permissionIds"],
        }

    def state(self, entry: Properties) -> Properties:
        """Return the ids of the scopes."""
        return {"permissionIds": items(entry, "delegatedPermissionIds")}
