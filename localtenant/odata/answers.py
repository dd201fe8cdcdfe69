"""Answers: documents as Graph writes them, with annotations, and the headers that go with them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from localtenant.odata.queries import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.call import Call
    from localtenant.odata.errors import GraphError
    from localtenant.odata.model import Entity
    from localtenant.odata.types import Json

JSON_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    "charset=utf-8"
)
_DIAGNOSTIC = json.dumps(
    {"ServerInfo": {"DataCenter": "Local", "Slice": "E", "Ring": "1", "ScaleUnit": "000"}},
    separators=(",", ":"),
)


@dataclass(frozen=True)
class Answer:
    """A status, a body or none, and headers of its own.

    The body is JSON; or bare ``text``, or ``media`` of a content type.
    """

    status: int
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    text: str | None = None
    media: bytes | None = None
    content_type: str = JSON_TYPE

    @property
    def media_type(self) -> str:
        """The content type of the body; empty if there is none."""
        if self.text is not None:
            return "text/plain"
        return self.content_type if self.content else ""

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        if self.text is not None:
            return self.text.encode()
        if self.media is not None:
            return self.media
        if self.body is None:
            return b""
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


def now() -> str:
    """The present second, as Graph writes a moment: ``2026-02-20T11:46:51Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entity_body(
    call: Call, entity: Entity, doc: Json, query: Query, *, typed: bool = False
) -> Json:
    """One object of an answer, as its entity's rules show it."""
    return projection(call, entity, entity.rules.shown(call, doc), query, typed=typed)


def projection(
    call: Call, entity: Entity, shown: Json, query: Query, *, typed: bool = False
) -> Json:
    """The properties of ``shown`` that are visible, or those that are selected."""
    type_ = entity.type.actual(shown)
    body: Json = {}
    if typed or entity.type.type_shown:
        body["@odata.type"] = shown.get("@odata.type", f"#{type_.full_name}")
    key = type_.key
    if not query.select or key in query.select:
        body[key] = shown[key]
    for prop in type_.visible(beta=call.beta):
        if prop.name == key:
            continue
        wanted = prop.name in query.select if query.select else not prop.select_only
        if wanted:
            body[prop.name] = None if prop.write_only else shown.get(prop.name)
    return body


def context(call: Call, path: str, query: Query, *, entity: bool = False) -> str:
    """The ``@odata.context`` of an answer about ``path``, which has no leading slash."""
    selected = f"({','.join(query.select)})" if query.select else ""
    suffix = "/$entity" if entity else ""
    return f"{call.base}/{call.version}/$metadata#{path}{selected}{suffix}"


def created(call: Call, entity: Entity, doc: Json, place: str) -> Answer:
    """The 201 for a new object of the collection that ``@odata.context`` calls ``place``."""
    answer = {"@odata.context": context(call, place, Query(), entity=True)}
    answer |= projection(call, entity, entity.rules.shown_created(call, doc), Query())
    headers: dict[str, str] = {}
    if entity.type.directory:
        headers["Location"] = (
            f"{call.base}/v2/{call.tenant.tenant_id}/directoryObjects/{doc['id']}"
            f"/Microsoft.DirectoryServices.{entity.type.title}"
        )
    return Answer(201, answer, headers)


def common_headers(request_id: str, client_request_id: str) -> dict[str, str]:
    """The headers that Graph puts on every answer."""
    return {
        "Cache-Control": "no-cache",
        "Strict-Transport-Security": "max-age=31536000",
        "request-id": request_id,
        "client-request-id": client_request_id,
        "x-ms-ags-diagnostic": _DIAGNOSTIC,
    }


def error_body(error: GraphError, request_id: str, client_request_id: str) -> Json:
    """The envelope that Graph puts around an error."""
    inner: Json = {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": request_id,
        "client-request-id": client_request_id,
    }
    body: Json = {"code": error.code, "message": error.message}
    if error.details:
        body["details"] = [dict(d) for d in error.details]
    body["innerError"] = inner
    return {"error": body}
