"""Federated identity credentials: whose tokens an application may present.

`azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential`.
Source: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Final

from engine.azuread.check import Failure
from engine.azuread.formats import at_most, filled
from engine.azuread.graph import Graph
from engine.azuread.resources.answers import items
from engine.azuread.resources.creation import Creation, create_once
from engine.azuread.resources.identifiers import application_id, object_id_of, part_id
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.resources.patch import changed
from engine.azuread.retries import CREDENTIAL, NOT_FOUND
from engine.azuread.schema import Property, text, texts
from engine.azuread.values import Properties

_KIND: Final = "federatedIdentityCredential"
_NAME: Final = 120


def _name(value: str) -> str | None:
    return filled(value) or at_most(_NAME)(value)


class ApplicationFederatedIdentityCredential(Resource):
    """Another issuer's tokens that stand for an application's own."""

    pulumi_type = (
        "azuread:index/applicationFederatedIdentityCredential:"
        "ApplicationFederatedIdentityCredential"
    )
    inputs: ClassVar[Mapping[str, Property]] = {
        "applicationId": text(required=True, replace=True, accepts=application_id),
        "audiences": texts(required=True, ordered=True, accepts=filled),
        "description": text(),
        "displayName": text(required=True, replace=True, accepts=_name),
        "issuer": text(required=True),
        "subject": text(required=True),
    }
    outputs = frozenset({"credentialId"})

    def problems(self, inputs: Properties) -> Iterator[Failure]:
        """Yield that there is more than the one audience that Graph takes."""
        if len(inputs["audiences"]) > 1:
            yield Failure("audiences", "must have one item")

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Trust the tokens."""
        object_id = object_id_of(wanted["applicationId"])
        creation = Creation(
            _path(object_id),
            _body(wanted),
            doing=f"add federated credential {wanted['displayName']!r} to application {object_id}",
            lag=CREDENTIAL,
        )
        made = await create_once(self, graph, deployer, creation)
        return Created(f"{object_id}/{_KIND}/{made['id']}", _outputs(object_id, made))

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the credential of the name, which is unique, if it is just as wanted."""
        del deployer, since
        there = await graph.list(creation.path, doing=creation.doing, lag=(NOT_FOUND,))
        return [one for one in there if not changed(one, creation.body)]

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Look for the credential among those of the application."""
        del state
        object_id, credential_id = part_id(identifier, _KIND)
        found = await _find(graph, object_id, credential_id, "read")
        return None if found is None else _outputs(object_id, found)

    async def update(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Change what differs."""
        object_id, credential_id = part_id(identifier, _KIND)
        doing = f"change federated credential {new['displayName']!r} of application {object_id}"
        body = changed(_body(old), _body(new))
        if body:
            path = f"{_path(object_id)}/{credential_id}"
            await graph.patch(path, body, doing=doing, lag=(NOT_FOUND,))

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Trust the tokens no more."""
        del state
        object_id, credential_id = part_id(identifier, _KIND)
        if await _find(graph, object_id, credential_id, "remove") is None:
            return

        async def look() -> Properties | None:
            there = await _find(graph, object_id, credential_id, "remove")
            return {} if there is None else None

        await graph.delete(
            f"{_path(object_id)}/{credential_id}",
            doing=f"remove federated credential {credential_id} from application {object_id}",
            look=look,
            lag=(NOT_FOUND,),
        )


async def _find(graph: Graph, object_id: str, credential_id: str, verb: str) -> Properties | None:
    """Return the credential by the list, which does not lag behind as a single object does."""
    doing = f"{verb} federated credential {credential_id} of application {object_id}"
    there = await graph.list(_path(object_id), doing=doing)
    return next((one for one in there if one["id"] == credential_id), None)


def _path(object_id: str) -> str:
    return f"/applications/{object_id}/federatedIdentityCredentials"


def _body(wanted: Properties) -> Properties:
    """Return Graph's credential; the real plugin sends an empty text for no description."""
    return {
        "audiences": wanted["audiences"],
        "description": wanted["description"],
        "issuer": wanted["issuer"],
        "name": wanted["displayName"],
        "subject": wanted["subject"],
    }


def _outputs(object_id: str, credential: Properties) -> Properties:
    return {
        "applicationId": f"/applications/{object_id}",
        "audiences": items(credential, "audiences"),
        "credentialId": credential["id"],
        "description": credential.get("description") or "",
        "displayName": credential["name"],
        "issuer": credential["issuer"],
        "subject": credential.get("subject") or "",
    }
