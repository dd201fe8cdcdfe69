"""Client secrets: `azuread:index/applicationPassword:ApplicationPassword`.

Source: https://learn.microsoft.com/graph/api/application-addpassword and
.../application-removepassword.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from engine.azuread.check import Failure
from engine.azuread.errors import StandInError
from engine.azuread.formats import instant, same_instant
from engine.azuread.graph import Graph
from engine.azuread.graph_error import GraphError
from engine.azuread.resources.answers import items
from engine.azuread.resources.identifiers import application_id, object_id_of
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import NOT_FOUND
from engine.azuread.schema import Property, text, text_map
from engine.azuread.values import UNKNOWN, Properties

_BODY: Final = {
    "displayName": "displayName",
    "startDate": "startDateTime",
    "endDate": "endDateTime",
}
"""Inputs of the resource, and the properties of Graph's `passwordCredential` that they set."""


class ApplicationPassword(Resource):
    """A client secret of an application. Graph shows its value once, when it is made."""

    pulumi_type = "azuread:index/applicationPassword:ApplicationPassword"
    inputs: ClassVar[Mapping[str, Property]] = {
        "applicationId": text(required=True, replace=True, accepts=application_id),
        "displayName": text(computed=True, replace=True),
        "endDate": text(computed=True, replace=True, accepts=instant, same=same_instant),
        "rotateWhenChanged": text_map(replace=True),
        "startDate": text(computed=True, replace=True, accepts=instant, same=same_instant),
    }
    refused: ClassVar[Mapping[str, str]] = {"endDateRelative": "give 'endDate'"}
    outputs = frozenset({"keyId", "value"})
    secrets = frozenset({"value"})

    def problems(self, inputs: Properties) -> Iterator[Failure]:
        """Yield a lifetime that ends before it begins."""
        start, end = inputs.get("startDate"), inputs.get("endDate")
        if start and end and UNKNOWN not in (start, end):
            begins, ends = same_instant(start), same_instant(end)
            if not isinstance(begins, str) and not isinstance(ends, str) and ends <= begins:
                yield Failure("endDate", f"must be later than 'startDate' ({start})")

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Have Graph make a secret."""
        del deployer
        object_id = object_id_of(wanted["applicationId"])
        credential = {
            theirs: wanted[ours]
            for ours, theirs in _BODY.items()
            if wanted[ours] not in (UNKNOWN, "")
        }
        made = await graph.post(
            f"/applications/{object_id}/addPassword",
            {"passwordCredential": credential},
            doing=f"add a client secret to application {object_id}",
            lag=(NOT_FOUND,),
        )
        outputs = _outputs(object_id, made, wanted) | {"value": made["secretText"]}
        return Created(f"{object_id}/password/{made['keyId']}", outputs)

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Look for the secret; its value is the one that was recorded when it was made."""
        object_id, key_id = _parts(identifier)
        application = await graph.get(
            f"/applications/{object_id}", doing=f"read client secret {key_id} of {object_id}"
        )
        for credential in items(application, "passwordCredentials"):
            if str(credential["keyId"]).lower() == key_id.lower():
                return _outputs(object_id, credential, state) | {"value": state.get("value", "")}
        return None

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Remove the secret."""
        del state
        object_id, key_id = _parts(identifier)
        try:
            await graph.post(
                f"/applications/{object_id}/removePassword",
                {"keyId": key_id},
                doing=f"remove client secret {key_id} from application {object_id}",
            )
        except GraphError as error:
            if "No password credential found" not in error.said:
                raise


def _outputs(object_id: str, credential: Properties, known: Properties) -> dict[str, Any]:
    return {
        "applicationId": f"/applications/{object_id}",
        "displayName": credential.get("displayName") or "",
        "endDate": credential.get("endDateTime") or "",
        "keyId": credential["keyId"],
        "rotateWhenChanged": known.get("rotateWhenChanged"),
        "startDate": credential.get("startDateTime") or "",
    }


def _parts(identifier: str) -> tuple[str, str]:
    """Return the object ID and the key ID that an id holds."""
    object_id, kind, key_id = (*identifier.split("/"), "", "")[:3]
    if kind != "password" or not key_id:
        raise StandInError(
            f"{identifier!r} is not the id of a client secret; "
            "its form is {objectId}/password/{keyId}"
        )
    return object_id, key_id
