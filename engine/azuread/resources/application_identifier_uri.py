"""Identifier URIs (Application ID URIs).

`azuread:index/applicationIdentifierUri:ApplicationIdentifierUri`: one of an application's
`identifierUris`, https://learn.microsoft.com/graph/api/resources/application.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import ClassVar

from engine.azuread.errors import StandInError
from engine.azuread.formats import filled
from engine.azuread.graph import Graph
from engine.azuread.resources.answers import items
from engine.azuread.resources.identifiers import application_id, object_id_of, path_id
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import AFTER_CREATE, CHANGE, NOT_FOUND
from engine.azuread.schema import Property, text
from engine.azuread.values import Properties


class ApplicationIdentifierUri(Resource):
    """One identifier URI of an application."""

    pulumi_type = "azuread:index/applicationIdentifierUri:ApplicationIdentifierUri"
    inputs: ClassVar[Mapping[str, Property]] = {
        "applicationId": text(required=True, replace=True, accepts=application_id),
        "identifierUri": text(required=True, replace=True, accepts=filled),
    }

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Add the URI to those that the application has."""
        del deployer
        application, uri = wanted["applicationId"], wanted["identifierUri"]
        object_id = object_id_of(application)
        encoded = base64.b64encode(uri.encode()).decode()
        identifier = f"/applications/{object_id}/identifierUris/{encoded}"
        doing = f"add identifier URI {uri} to application {object_id}"
        async with graph.exclusive(object_id):
            live = await graph.get(application, doing=doing, lag=(NOT_FOUND,))
            present = items(live, "identifierUris")
            if uri in present:
                raise StandInError(
                    f"application {object_id} has identifier URI {uri} already. "
                    f"Import it with `pulumi import` (id {identifier})."
                )
            body = {"identifierUris": [*present, uri]}
            await graph.patch(application, body, doing=doing, lag=AFTER_CREATE)
        return Created(identifier, {"applicationId": application, "identifierUri": uri})

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Look for the URI among those of the application."""
        del state
        object_id, uri = _parts(identifier)
        application = f"/applications/{object_id}"
        live = await graph.get(application, doing=f"read identifier URI {uri} of {application}")
        if uri not in items(live, "identifierUris"):
            return None
        return {"applicationId": application, "identifierUri": uri}

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Take the URI out of those of the application."""
        del state
        object_id, uri = _parts(identifier)
        application = f"/applications/{object_id}"
        doing = f"remove identifier URI {uri} from application {object_id}"
        async with graph.exclusive(object_id):
            live = await graph.get(application, doing=doing)
            present = items(live, "identifierUris")
            rest = [other for other in present if other != uri]
            if len(rest) < len(present):
                await graph.patch(application, {"identifierUris": rest}, doing=doing, lag=CHANGE)


def _parts(identifier: str) -> tuple[str, str]:
    """Return the object ID and the URI that an id holds."""
    # Base64 may hold slashes; only the first ones separate.
    head, _, encoded = identifier.partition("/identifierUris/")
    object_id = path_id(head, "applications")[0]
    try:
        return object_id, base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise StandInError(
            f"{identifier!r} is not the id of an identifier URI; its form is "
            "/applications/{objectId}/identifierUris/{URI in base64}"
        ) from error
