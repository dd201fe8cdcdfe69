"""Graph requests as plain JSON, for objects whose properties need no models of the SDK's.

They go through msgraph-sdk's own client (its sign-in, connection and errors), and can reach the
beta version, for which that has no models at all.
Source: https://learn.microsoft.com/graph/use-the-api
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal, cast

from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.graph_service_client import GraphServiceClient

Json = dict[str, object]
Version = Literal["v1.0", "beta"]

_JSON = "application/json"


async def call(
    client: GraphServiceClient,
    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"],
    path: str,
    body: Mapping[str, object] | None = None,
    *,
    version: Version = "v1.0",
    headers: Mapping[str, str] | None = None,
) -> Json:
    """Send one request and return the answer's object; empty where the answer has no body.

    ``path`` begins with a slash and follows the version; a URL that Graph has given is taken as it
    is. Not retried, for use inside ``Graph.send``. Raises Kiota's ``APIError``.
    """
    adapter = client.request_adapter
    request = RequestInformation(Method[method])
    request.url = _url(str(adapter.base_url), version, path)
    request.headers.add("Accept", _JSON)
    for name, value in (headers or {}).items():
        request.headers.add(name, value)
    if body is not None:
        request.set_stream_content(json.dumps(body).encode(), _JSON)
    answer = await adapter.send_primitive_async(request, "bytes", {"XXX": ODataError})
    text = cast("bytes | None", answer)
    return cast("Json", json.loads(text)) if text else {}


async def items(client: GraphServiceClient, path: str, *, version: Version = "v1.0") -> list[Json]:
    """All objects of a collection, to its last page. Not retried.

    Source: https://learn.microsoft.com/graph/paging
    """
    found: list[Json] = []
    place: object = path
    while isinstance(place, str):
        page = await call(client, "GET", place, version=version)
        found += cast("list[Json]", page.get("value", []))
        place = page.get("@odata.nextLink")
    return found


def _url(base: str, version: Version, path: str) -> str:
    if not path.startswith("/"):
        return path
    # The SDK's base URL ends with the version that its models are of.
    return f"{base.rpartition('/')[0]}/{version}{path}"
