"""``$batch``: up to 20 requests in one, each answered as if it had come alone.

Source: the Graph page "Combine multiple HTTP requests using JSON batching". The texts about the
batch itself are captured, but for the end of the one about dependencies.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from localtenant.odata import bodies
from localtenant.odata.answers import Answer, content_headers, failed
from localtenant.odata.errors import GraphError, gateway
from localtenant.odata.json_text import read_json
from localtenant.odata.request import Request, read_options
from localtenant.odata.types import is_array, is_object

if TYPE_CHECKING:
    from localtenant.answering import Desk
    from localtenant.odata.types import Json

_MOST = 20
_METHODS = {"GET", "POST", "PATCH", "PUT", "DELETE"}
_JSON = "application/json"


@dataclass(frozen=True)
class _Step:
    """One request of a batch: its name, those it waits for, and what it asks."""

    name: str
    waits_for: tuple[str, ...]
    method: str
    url: str
    headers: dict[str, str]
    body: Any


async def answer_batch(
    desk: Desk, asked: Request, request_id: str, client_request_id: str, *, beta: bool
) -> Answer:
    """Answer the requests in a batch, in its order; 400 for a batch that is none."""
    if not asked.content_type.lower().startswith(_JSON):
        bodies.parse(asked.raw, asked.content_type)
    responses: list[Json] = []
    failed_steps: set[str] = set()
    for step in _steps(asked.raw):
        if failed_steps & set(step.waits_for):
            answer = failed(_dependency(), request_id, client_request_id)
        else:
            try:
                answer = await desk.answer(_request(step, asked), beta=beta)
            except GraphError as error:
                answer = failed(error, request_id, client_request_id)
        if answer.status >= 400:  # noqa: PLR2004 - where HTTP's errors begin
            failed_steps.add(step.name.lower())
        responses.append(_response(step.name, answer))
    return Answer(200, {"responses": responses})


def _steps(raw: bytes) -> list[_Step]:
    """The requests in the body of a batch."""
    try:
        requests: Any = read_json(raw).get("requests")
    except GraphError:
        requests = None
    if not is_array(requests) or not requests:
        raise _invalid()
    if len(requests) > _MOST:
        raise gateway("Number of requests inside batch exceed the limit")
    steps: list[_Step] = []
    known: set[str] = set()
    for request in requests:
        step = _step(request)
        if step.name.lower() in known:
            raise gateway(f"Request Id {step.name} has to be unique in a batch.")
        if not known.issuperset(step.waits_for):
            raise gateway(f"Invalid dependency for request Id {step.name}.")
        known.add(step.name.lower())
        steps.append(step)
    return steps


def _step(request: object) -> _Step:
    if not is_object(request):
        raise _invalid()
    name, method, url = (request.get(n) for n in ("id", "method", "url"))
    waits_for: Any = request.get("dependsOn") or []
    headers: Any = request.get("headers") or {}
    if not isinstance(name, str) or not isinstance(method, str) or not isinstance(url, str):
        raise _invalid()
    if not name or not url or method.upper() not in _METHODS or not is_object(headers):
        raise _invalid()
    if not is_array(waits_for) or not all(isinstance(w, str) for w in waits_for):
        raise _invalid()
    return _Step(
        name,
        tuple(w.lower() for w in waits_for),
        method.upper(),
        url,
        {k.lower(): str(v) for k, v in headers.items()},
        request.get("body"),
    )


def _invalid() -> GraphError:
    return gateway("Invalid batch payload format.")


def _dependency() -> GraphError:
    """424 for a request whose dependency failed. Its code and text are our own choice."""
    return GraphError(424, "FailedDependency", "A request that this one depends on has failed.")


def _request(step: _Step, asked: Request) -> Request:
    """The request of a step; it inherits what the batch says about its own client."""
    path, _, query = step.url.partition("?")
    return Request(
        method=step.method,
        path=unquote(path).strip("/"),
        options=read_options(query),
        headers={"client-request-id": asked.headers.get("client-request-id", ""), **step.headers},
        raw=_raw(step),
        encoded=path.strip("/"),
    )


def _raw(step: _Step) -> bytes:
    """The body of a step as it would be sent alone: bytes that are not JSON come as base64."""
    body, content_type = step.body, step.headers.get("content-type", "").lower()
    if body is None:
        return b""
    if not isinstance(body, str) or content_type.startswith(_JSON):
        return json.dumps(body).encode()
    if content_type.startswith("text/"):
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _invalid() from error


def _response(name: str, answer: Answer) -> Json:
    headers = {"Cache-Control": "no-cache", **answer.headers, **content_headers(answer)}
    response: Json = {"id": name, "status": answer.status, "headers": headers}
    if answer.body is not None:
        response["body"] = answer.body
    elif answer.text is not None:
        response["body"] = answer.text
    elif answer.media is not None:
        response["body"] = base64.b64encode(answer.media).decode()
    return response
