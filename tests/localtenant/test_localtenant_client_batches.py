"""msgraph-core's batches, unmodified: requests in one, in order, and each answer on its own.

What msgraph-core 1.5 makes of an answer's body is nothing, whoever sent it: it reads bytes where
JSON stands. So the statuses are looked at, and Graph.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest
from graph_sdk import sdk
from msgraph.generated.models.application import Application
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.requests.batch_response_content import BatchResponseContent

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


async def _post(client: GraphServiceClient, content: BatchRequestContent) -> BatchResponseContent:
    builder = BatchRequestBuilder(client.request_adapter)
    return cast("BatchResponseContent", await builder.post(content))


def test_batch_of_the_sdk(ready: Ready, graph: Graph) -> None:
    """A write, a read that waits for it, and a failure come back under their own IDs."""
    name = f"batched {uuid4()}"
    present = graph.application()

    async def run() -> BatchResponseContent:
        async with sdk(ready, ready.clients["everything"]) as client:
            new = Application(display_name=name)
            missing = client.applications.by_application_id(str(uuid4()))
            there = client.applications.by_application_id(present["id"])
            content = BatchRequestContent()
            first: list[str | BatchRequestItem] = ["made"]
            for key, asked, waits_for in (
                ("made", client.applications.to_post_request_information(new), None),
                ("read", there.to_get_request_information(), first),
                ("missing", missing.to_get_request_information(), None),
            ):
                content.add_request(key, BatchRequestItem(asked, key, waits_for))
            return await _post(client, content)

    answer = asyncio.run(run())

    assert answer.get_response_status_codes() == {"made": 201, "read": 200, "missing": 404}
    assert len(graph.named(name)) == 1
