"""Graph requests as plain JSON.

Source: https://learn.microsoft.com/graph/use-the-api
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from providers.graph.connection import GraphHttp

Json = dict[str, object]
Version = Literal["v1.0", "beta"]


async def call(
    http: GraphHttp,
    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"],
    path: str,
    body: Mapping[str, object] | None = None,
    *,
    version: Version = "v1.0",
    headers: Mapping[str, str] | None = None,
) -> Json:
    """Send one request and return the answer's object; empty where the answer has no body.

    ``path`` begins with a slash and follows the version; a URL that Graph has given is taken as it
    is. Not retried, for use inside ``Graph.send``. Raises ``RefusedRequestError``.
    """
    content = None if body is None else json.dumps(body).encode()
    sent = {**(headers or {}), **({} if content is None else {"Content-Type": "application/json"})}
    url = f"/{version}{path}" if path.startswith("/") else path
    answer = await http.request(method, url, content=content, headers=sent)
    return cast("Json", json.loads(answer.content)) if answer.content else {}


async def items(http: GraphHttp, path: str, *, version: Version = "v1.0") -> list[Json]:
    """All objects of a collection, to its last page. Not retried.

    Source: https://learn.microsoft.com/graph/paging
    """
    found: list[Json] = []
    place: object = path
    while isinstance(place, str):
        page = await call(http, "GET", place, version=version)
        found += cast("list[Json]", page.get("value", []))
        place = page.get("@odata.nextLink")
    return found


def query(path: str, **options: str) -> str:
    """The path with query options, which are named without their ``$``: ``filter="a eq 'b'"``."""
    named = {f"${name}": value for name, value in options.items()}
    return f"{path}?{urlencode(named, safe='$,()/:', quote_via=quote)}"


def objects(value: object) -> list[Json]:
    """The objects of an answer's list; empty where it has none."""
    return cast("list[Json]", value) if isinstance(value, list) else []


def part(whole: Mapping[str, object], name: str) -> Json:
    """An object within an answer's object; empty where it is null or missing."""
    value = whole.get(name)
    return cast("Json", value) if isinstance(value, dict) else {}
