"""What an application may do at an API, as a resource of its own.

`azuread:index/applicationApiAccess:ApplicationApiAccess`: one of an application's
`requiredResourceAccess`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from engine.azuread.check import Failure
from engine.azuread.formats import guid
from engine.azuread.resources.answers import items
from engine.azuread.resources.application_entry import ApplicationEntry
from engine.azuread.resources.identifiers import application_id, path_id
from engine.azuread.schema import Property, text, texts
from engine.azuread.values import Properties


class ApplicationApiAccess(ApplicationEntry):
    """The scopes and app roles of one API that an application uses."""

    pulumi_type = "azuread:index/applicationApiAccess:ApplicationApiAccess"
    inputs: ClassVar[Mapping[str, Property]] = {
        "apiClientId": text(required=True, replace=True, accepts=guid),
        "applicationId": text(required=True, replace=True, accepts=application_id),
        "roleIds": texts(accepts=guid),
        "scopeIds": texts(accepts=guid),
    }
    what = "access to the API"
    names = "apiClientId"
    named = "resourceAppId"
    path = ("requiredResourceAccess",)

    def problems(self, inputs: Properties) -> Iterator[Failure]:
        """Yield that nothing is used."""
        if not inputs.get("roleIds") and not inputs.get("scopeIds"):
            yield Failure("scopeIds", "give at least one of 'roleIds' and 'scopeIds'")

    def identifier(self, object_id: str, client_id: str) -> str:
        """Return the Pulumi id of an entry."""
        return f"/applications/{object_id}/apiAccess/{client_id}"

    def parts(self, identifier: str) -> tuple[str, str]:
        """Return the object ID of the application and the client ID of the API."""
        object_id, client_id = path_id(identifier, "applications", "apiAccess")
        return object_id, client_id

    def entry(self, wanted: Properties) -> Properties:
        """Return Graph's `requiredResourceAccess`."""
        ids = {"Role": wanted["roleIds"], "Scope": wanted["scopeIds"]}
        return {
            "resourceAppId": wanted["apiClientId"],
            "resourceAccess": [
                {"id": one, "type": kind} for kind, some in ids.items() for one in some
            ],
        }

    def state(self, entry: Properties) -> Properties:
        """Return the ids of roles and of scopes."""
        used = items(entry, "resourceAccess")
        return {
            "roleIds": [one["id"] for one in used if one["type"] == "Role"],
            "scopeIds": [one["id"] for one in used if one["type"] == "Scope"],
        }
