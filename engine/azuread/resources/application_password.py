"""Client secrets: `azuread:index/applicationPassword:ApplicationPassword`.

Source: https://learn.microsoft.com/graph/api/application-addpassword and
.../application-removepassword.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from engine.azuread.check import Failure
from engine.azuread.formats import instant, same_instant, whole_seconds
from engine.azuread.graph import Graph, enduring
from engine.azuread.graph_error import GraphError
from engine.azuread.resources.answers import items
from engine.azuread.resources.creation import Creation, create_once, is_since
from engine.azuread.resources.identifiers import (
    application_id,
    object_id_of,
    part_id,
    path_id,
)
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import CREDENTIAL, NO_PASSWORD, NOT_FOUND, Symptom
from engine.azuread.schema import Property, text, text_map
from engine.azuread.unclear import Look
from engine.azuread.values import UNKNOWN, Properties

_KIND: Final = "password"
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
        "endDate": text(computed=True, replace=True, accepts=instant),
        "rotateWhenChanged": text_map(replace=True),
        "startDate": text(computed=True, replace=True, accepts=instant),
    }
    refused: ClassVar[Mapping[str, str]] = {"endDateRelative": "give 'endDate'"}
    outputs = frozenset({"endDateRelative", "keyId", "value"})
    constants: ClassVar[Mapping[str, str | None]] = {"endDateRelative": None}
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
        object_id = object_id_of(wanted["applicationId"])
        credential = {
            theirs: wanted[ours] if ours == "displayName" else whole_seconds(wanted[ours])
            for ours, theirs in _BODY.items()
            if wanted[ours] not in (UNKNOWN, "")
        }
        if "startDateTime" in credential:
            # Such a secret does not tell by its start that it is new: know the others beforehand.
            graph.known.update(one["keyId"] for one in await _credentials(graph, object_id))
        creation = Creation(
            f"/applications/{object_id}/addPassword",
            {"passwordCredential": credential},
            doing=f"add a client secret to application {object_id}",
            lag=CREDENTIAL,
        )
        made = await create_once(self, graph, deployer, creation)
        outputs = _outputs(object_id, made, wanted) | {"value": made["secretText"]}
        return Created(f"{object_id}/{_KIND}/{made['keyId']}", outputs)

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the secrets of the name and dates that were asked for."""
        del deployer
        wanted = creation.body["passwordCredential"]
        return [
            one
            for one in await _credentials(graph, _application_of(creation))
            if one.get("displayName") == wanted.get("displayName")
            and all(
                same_instant(str(one.get(date))) == same_instant(wanted[date])
                for date in ("startDateTime", "endDateTime")
                if date in wanted
            )
            and ("startDateTime" in wanted or is_since(one.get("startDateTime"), since))
        ]

    async def take(self, graph: Graph, creation: Creation, found: Properties) -> Properties | None:
        """Remove it: its value was in the answer that got lost, and Graph shows it once."""
        with enduring(NOT_FOUND):
            await _remove(graph, _application_of(creation), str(found["keyId"]))
        return None

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Look for the secret; its value is the one that was recorded when it was made."""
        object_id, key_id = part_id(identifier, _KIND)
        if not state:
            # As with the real plugin: a secret of which Graph tells no value cannot be imported.
            return None
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
        await _remove(graph, *part_id(identifier, _KIND))


async def _credentials(graph: Graph, object_id: str) -> list[Properties]:
    application = await graph.get(
        f"/applications/{object_id}",
        doing=f"read the client secrets of application {object_id}",
        lag=(NOT_FOUND,),
    )
    return items(application, "passwordCredentials")


async def _remove(graph: Graph, object_id: str, key_id: str) -> None:
    """Remove a secret; Graph says of one that is gone, or not there yet, that it finds none."""

    async def look() -> Properties | None:
        there = [str(one["keyId"]) for one in await _credentials(graph, object_id)]
        return None if key_id in there else {}

    try:
        await _send_removal(graph, object_id, key_id, look)
    except GraphError as error:
        if "No password credential found" not in error.said:
            raise
        if await look() is None:
            await _send_removal(graph, object_id, key_id, look, lag=(NO_PASSWORD,))


async def _send_removal(
    graph: Graph, object_id: str, key_id: str, look: Look, lag: tuple[Symptom, ...] = ()
) -> None:
    await graph.post(
        f"/applications/{object_id}/removePassword",
        {"keyId": key_id},
        doing=f"remove client secret {key_id} from application {object_id}",
        look=look,
        lag=lag,
    )


def _application_of(creation: Creation) -> str:
    return path_id(creation.path.removesuffix("/addPassword"), "applications")[0]


def _outputs(object_id: str, credential: Properties, known: Properties) -> dict[str, Any]:
    return {
        "applicationId": f"/applications/{object_id}",
        "displayName": credential.get("displayName") or "",
        "endDate": credential.get("endDateTime") or "",
        "endDateRelative": None,
        "keyId": credential["keyId"],
        "rotateWhenChanged": known.get("rotateWhenChanged"),
        "startDate": credential.get("startDateTime") or "",
    }
