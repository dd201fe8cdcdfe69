"""The connection to the tenant that a configured provider works with."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from engine.azuread.environment import discover
from engine.azuread.graph import Graph, http_client
from engine.azuread.settings import Settings
from engine.azuread.sign_in import SignIn


@dataclass(frozen=True)
class Connection:
    """Who signs in, and the clients that do it and talk to Graph."""

    settings: Settings
    sign_in: SignIn
    graph: Graph
    http: httpx.AsyncClient


async def connect(settings: Settings) -> Connection:
    """Return a connection to the tenant of the settings; signing in waits until a token is needed.

    Raises ConfigurationError when the tenant cannot be found or is not on this machine.
    """
    http = http_client()
    environment = await discover(http, settings.metadata_host)
    sign_in = SignIn(settings, environment, http)
    graph = Graph(http, environment.graph_url, sign_in.token)
    return Connection(settings, sign_in, graph, http)
