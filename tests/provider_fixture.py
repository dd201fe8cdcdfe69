"""Identity providers on this machine: a second local tenant, and one that says what a test wants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from federating import PROVIDERS, Provider, issuer_of, openid

from localtenant.testing import running_tenant
from localtenant.testing_client import FLOWS, Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from token_issuer import TokenIssuer

    from localtenant.odata.types import Json

    Offer = Callable[[Json], str]

_MAY = (
    "Application.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
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


@pytest.fixture
def offer(extensible: Graph) -> Iterator[Offer]:
    """Have the tenant know providers; after the test they are gone, and the flows that have them."""
    flows = {flow["id"] for flow in extensible.read(FLOWS)["value"]}
    made: list[str] = []

    def known(body: Json) -> str:
        made.append(extensible.made(PROVIDERS, body)["id"])
        return made[-1]

    yield known
    for flow in extensible.read(FLOWS)["value"]:
        if flow["id"] not in flows:
            extensible.delete(f"{FLOWS}/{flow['id']}")
    for key in made:
        assert extensible.delete(f"{PROVIDERS}/{key}").status_code == 204


@pytest.fixture
def provider(offer: Offer, issuer: TokenIssuer) -> Provider:
    """Know an OpenID provider that says what a test wants."""
    made = Provider(issuer, offer(openid(issuer.url)))
    made.publish()
    return made
