"""msgraph-sdk over the providers' own connection, for those who want Graph's typed models.

Importing it takes longer than most operations, so it is imported by those who use it.
"""

from __future__ import annotations

import httpx
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.request_option import RequestOption
from kiota_http.middleware.options import RetryHandlerOption
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_request_adapter import options as sdk_options
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory


def service_client(http: httpx.AsyncClient) -> GraphServiceClient:
    """The SDK's client of Graph v1.0; ``http`` signs its requests and is its own from now on."""
    base = f"{str(http.base_url).rstrip('/')}/v1.0"
    options: dict[str, RequestOption] = dict(sdk_options)
    # Kiota's retries would multiply with those of `providers.graph.retry`.
    options[RetryHandlerOption.get_key()] = RetryHandlerOption(should_retry=False)
    http = GraphClientFactory.create_with_default_middleware(client=http, options=options)
    adapter = GraphRequestAdapter(AnonymousAuthenticationProvider(), http)
    adapter.base_url = base
    return GraphServiceClient(request_adapter=adapter)
