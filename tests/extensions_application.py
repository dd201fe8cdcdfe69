"""Microsoft's application that custom extensions and identity providers need in a tenant."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from localtenant.entities.principals.first_party import AUTHENTICATION_EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Generator

    from localtenant.testing_client import Graph


@contextmanager
def extensions_allowed(graph: Graph) -> Generator[None]:
    """Have a service principal of it for the length of a block, unless there is one already."""
    answer = graph.post("/servicePrincipals", {"appId": AUTHENTICATION_EXTENSIONS})
    yield
    if answer.status_code == 201:
        found = graph.read(f"/servicePrincipals(appId='{AUTHENTICATION_EXTENSIONS}')")
        graph.delete(f"/servicePrincipals/{found['id']}")
        graph.delete(f"/directory/deletedItems/{found['id']}")
