"""Certificates of applications: `azuread:index/applicationCertificate:ApplicationCertificate`.

One of an application's `keyCredentials`: https://learn.microsoft.com/graph/api/resources/keycredential
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final
from uuid import uuid4

from engine.azuread.errors import StandInError
from engine.azuread.formats import guid, instant, one_of, whole_seconds
from engine.azuread.graph import Graph
from engine.azuread.resources.answers import items
from engine.azuread.resources.identifiers import application_id, object_id_of, part_id
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import AFTER_CREATE, CHANGE, NOT_FOUND
from engine.azuread.schema import Property, text
from engine.azuread.values import UNKNOWN, Properties

_KIND: Final = "certificate"
_BINARY: Final[Mapping[str, Callable[[str], bytes]]] = {
    "base64": base64.b64decode,
    "hex": binascii.unhexlify,
}
"""How the encodings of DER are read."""


class ApplicationCertificate(Resource):
    """A certificate by which an application proves that it is itself."""

    pulumi_type = "azuread:index/applicationCertificate:ApplicationCertificate"
    inputs: ClassVar[Mapping[str, Property]] = {
        "applicationId": text(required=True, replace=True, accepts=application_id),
        "encoding": text(default="pem", replace=True, accepts=one_of("base64", "hex", "pem")),
        "endDate": text(computed=True, replace=True, accepts=instant),
        "keyId": text(computed=True, replace=True, accepts=guid),
        "startDate": text(computed=True, replace=True, accepts=instant),
        "type": text(replace=True, accepts=one_of("AsymmetricX509Cert", "Symmetric")),
        "value": text(required=True, replace=True),
    }
    refused: ClassVar[Mapping[str, str]] = {"endDateRelative": "give 'endDate'"}
    outputs = frozenset({"endDateRelative"})
    constants: ClassVar[Mapping[str, str | None]] = {"endDateRelative": None}
    secrets = frozenset({"value"})

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Add the certificate to the keys that the application has."""
        del deployer
        application = wanted["applicationId"]
        object_id = object_id_of(application)
        key_id = str(uuid4()) if wanted["keyId"] == UNKNOWN else wanted["keyId"]
        doing = f"add certificate {key_id} to application {object_id}"
        async with graph.exclusive(object_id):
            live = await graph.get(application, doing=doing, lag=(NOT_FOUND,))
            present = items(live, "keyCredentials")
            if _find(present, key_id) is not None:
                raise StandInError(
                    f"application {object_id} has key {key_id} already; give another 'keyId'"
                )
            body = {"keyCredentials": [*present, _credential(wanted, key_id)]}
            await graph.patch(application, body, doing=doing, lag=AFTER_CREATE)
            live = await graph.get(application, doing=doing, lag=(NOT_FOUND,))
        made = _find(items(live, "keyCredentials"), key_id) or {"keyId": key_id}
        return Created(f"{object_id}/{_KIND}/{key_id}", _outputs(object_id, made, wanted))

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties | None:
        """Look for the certificate; Graph shows its dates, and the key only when asked for it."""
        object_id, key_id = part_id(identifier, _KIND)
        doing = f"read certificate {key_id} of application {object_id}"
        live = await graph.get(f"/applications/{object_id}", doing=doing)
        found = _find(items(live, "keyCredentials"), key_id)
        return None if found is None else _outputs(object_id, found, state)

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Take the certificate out of the keys of the application."""
        del state
        object_id, key_id = part_id(identifier, _KIND)
        application = f"/applications/{object_id}"
        doing = f"remove certificate {key_id} from application {object_id}"
        async with graph.exclusive(object_id):
            live = await graph.get(application, doing=doing)
            present = items(live, "keyCredentials")
            rest = [one for one in present if one is not _find(present, key_id)]
            if len(rest) < len(present):
                await graph.patch(application, {"keyCredentials": rest}, doing=doing, lag=CHANGE)


def _credential(wanted: Properties, key_id: str) -> Properties:
    """Return Graph's `keyCredential`; the real plugin sends the text of a PEM in base64."""
    value, read = wanted["value"], _BINARY.get(wanted["encoding"])
    try:
        text_ = value if read is None else _pem(read(value.strip()))
    except (binascii.Error, ValueError) as error:
        raise StandInError(f"the value of the certificate is not {wanted['encoding']}") from error
    dates = {"startDateTime": wanted["startDate"], "endDateTime": wanted["endDate"]}
    return {
        "keyId": key_id,
        "type": wanted["type"] or None,
        "usage": "Verify",
        "key": base64.b64encode(text_.encode()).decode(),
        **{name: whole_seconds(one) for name, one in dates.items() if one not in (UNKNOWN, "")},
    }


def _pem(der: bytes) -> str:
    lines = base64.encodebytes(der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n"


def _find(credentials: list[Properties], key_id: str) -> Properties | None:
    for one in credentials:
        if str(one["keyId"]).lower() == key_id.lower():
            return one
    return None


def _outputs(object_id: str, credential: Properties, known: Properties) -> dict[str, Any]:
    return {
        "applicationId": f"/applications/{object_id}",
        "encoding": known.get("encoding") or "pem",
        "endDate": credential.get("endDateTime") or "",
        "endDateRelative": None,
        "keyId": credential["keyId"],
        "startDate": credential.get("startDateTime") or "",
        "type": credential.get("type") or "",
        "value": known.get("value", ""),
    }
