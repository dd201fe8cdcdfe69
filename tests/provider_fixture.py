"""Identity providers on this machine: a second tenant, and one that says what a test wants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from customer_browser import asking
from extensions_application import extensions_allowed
from federating import (
    CITY,
    EMAIL,
    PROVIDERS,
    REQUIRED_EMAIL,
    Coming,
    Provider,
    coming_by,
    issuer_of,
    openid,
    shop_with,
)

from localtenant.testing import running_tenant
from localtenant.testing_client import FLOWS, Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from customer_browser import App, Browse
    from token_issuer import TokenIssuer

    from localtenant.odata.types import Json

    Offer = Callable[[Json], str]

_MAY = (
    "Application.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Organization.Read.All",
    "User.ReadWrite.All",
)


@pytest.fixture(scope="session")
def other_tenant(tmp_path_factory: pytest.TempPathFactory, graph: Graph) -> Iterator[Graph]:
    """Run a second tenant, an OpenID provider that the first one believes."""
    with running_tenant(tmp_path_factory.mktemp("other"), clients={"admin": _MAY}) as ready:
        other = Graph(ready, ready.clients["admin"])
        body = {"name": issuer_of(other), "trust": Path(ready.caFile).read_text("utf-8")}
        graph.http.put("/-/stand-ins", json=body).raise_for_status()
        yield other
        other.close()


@pytest.fixture(scope="module")
def offer(graph: Graph) -> Iterator[Offer]:
    """Have the tenant know providers, which are gone after the module, as are its flows."""
    made: list[str] = []

    def known(body: Json) -> str:
        made.append(graph.made(PROVIDERS, body)["id"])
        return made[-1]

    with extensions_allowed(graph):
        yield known
        for flow in graph.read(FLOWS, {"$top": 999})["value"] if made else ():
            graph.delete(f"{FLOWS}/{flow['id']}")
        for key in made:
            assert graph.delete(f"{PROVIDERS}/{key}").status_code == 204


@pytest.fixture(scope="module")
def stood_in(graph: Graph) -> Iterator[list[str]]:
    """Gather the names for which something stands in, which is over after the module."""
    names: list[str] = []
    yield names
    for name in names:
        graph.http.delete(f"/-/stand-ins/{quote(name, safe='')}")


@pytest.fixture(scope="module")
def known_provider(offer: Offer, running_issuer: TokenIssuer) -> Provider:
    """Know an OpenID provider on this machine."""
    return Provider(running_issuer, offer(openid(running_issuer.url)))


@pytest.fixture
def provider(known_provider: Provider) -> Provider:
    """Have the provider publish what is right."""
    known_provider.publish()
    return known_provider


@pytest.fixture(scope="module")
def federated(graph: Graph, known_provider: Provider) -> App:
    """Make an application whose customers come by email or by the provider."""
    return shop_with(graph, EMAIL, known_provider.key, **asking(REQUIRED_EMAIL, CITY))


@pytest.fixture
def coming(federated: App, provider: Provider, browse: Browse) -> Coming:
    """Come, as a customer, to where the provider is asked."""
    return coming_by(browse(federated).begin(scope="openid profile"), provider)
