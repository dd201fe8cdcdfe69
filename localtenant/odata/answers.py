"""Answers: documents as Graph writes them, with annotations, and the headers that go with them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from localtenant.odata.query import Query
from localtenant.odata.types import BOOLEAN, INT32, STRING, is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.call import Call
    from localtenant.odata.errors import GraphError
    from localtenant.odata.model import Entity
    from localtenant.odata.request import Request
    from localtenant.odata.types import EntityType, Json

JSON_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    "charset=utf-8"
)
_ERROR_TYPE = "application/json"
_KEPT_WITHOUT_METADATA = {"@odata.count", "@odata.deltaLink", "@odata.nextLink"}
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
            body[prop.name] = shown.get(prop.name)
    return _with_metadata(call, type_, body) if call.request.metadata == "full" else body


def _with_metadata(call: Call, type_: EntityType, body: Json) -> Json:
    """An object with the annotations of ``odata.metadata=full`` that clients read."""
    full: Json = {"@odata.type": f"#{type_.full_name}"}
    if type_.directory and type_.key in body:
        place = f"directoryObjects/{body[type_.key]}/Microsoft.DirectoryServices.{type_.title}"
        full["@odata.id"] = f"{call.base}/v2/{call.tenant.tenant_id}/{place}"
        full["@odata.editLink"] = place
    for name, value in body.items():
        prop = type_.by_name.get(name)
        told = prop is None or prop.type in {STRING, BOOLEAN, INT32} or is_object(value)
        if prop is not None and value is not None and (prop.collection or not told):
            full[f"{name}@odata.type"] = "#" + prop.type_name.replace("Edm.", "")
        full[name] = value
    return full


def context(call: Call, path: str, query: Query, *, entity: bool = False) -> str:
    """The ``@odata.context`` of an answer about ``path``, which has no leading slash."""
    names = [*query.select, *(f"{e.navigation.name}()" for e in query.expand)]
    selected = f"({','.join(names)})" if names else ""
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


def content_headers(answer: Answer) -> dict[str, str]:
    """The headers that tell what kind of body an answer has; none if it has no body."""
    if answer.text is not None:
        return {"Content-Type": "text/plain"}
    if answer.media is not None:
        return {"Content-Type": answer.content_type}
    if answer.body is None:
        return {}
    if answer.content_type == _ERROR_TYPE:
        return {"Content-Type": _ERROR_TYPE}
    return {"OData-Version": "4.0", "Content-Type": answer.content_type}


def failed(error: GraphError, request_id: str, client_request_id: str) -> Answer:
    """The answer that an error is."""
    body = error_body(error, request_id, client_request_id)
    return Answer(error.status, body, error.headers, content_type=_ERROR_TYPE)


def as_asked(answer: Answer, request: Request) -> Answer:
    """``answer`` with as many annotations as the request wants, and a content type to match."""
    metadata, ieee754 = request.metadata, request.ieee754
    if answer.body is None or (metadata, ieee754) == ("minimal", "false"):
        return answer
    content_type = JSON_TYPE.replace("minimal", metadata).replace("=false", f"={ieee754}")
    body = _without_metadata(answer.body) if metadata == "none" else answer.body
    return replace(answer, body=body, content_type=content_type)


def _without_metadata(value: Any) -> Any:  # noqa: ANN401 - JSON
    if is_array(value):
        return [_without_metadata(v) for v in value]
    if not is_object(value):
        return value
    return {
        k: _without_metadata(v)
        for k, v in value.items()
        if "@odata." not in k or k in _KEPT_WITHOUT_METADATA
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
