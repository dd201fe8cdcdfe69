"""Applications of the worker's tenant that sign customers in on pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import address, by_passcode, customer
from native_client import Native, flowing, native_client
from passcode import EMAIL_METHOD, PASSCODE_ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from localtenant.testing_client import Graph


@pytest.fixture(scope="module")
def unsigned(graph: Graph) -> Iterator[httpx.Client]:
    """Reach the tenant without signing in."""
    with graph.anonymous() as http:
        yield http


@pytest.fixture(scope="module")
def by_password(graph: Graph, unsigned: httpx.Client) -> Native:
    """Make an application in a flow with email, password and the city."""
    return flowing(native_client(graph, unsigned))


@pytest.fixture(scope="module")
def by_code(graph: Graph, unsigned: httpx.Client) -> Native:
    """Make an application in a flow with passcodes alone, and the city."""
    assert graph.patch(EMAIL_METHOD, PASSCODE_ALLOWED).status_code == 204
    made = flowing(native_client(graph, unsigned), **by_passcode())
    graph.delete(EMAIL_METHOD)
    return made


@pytest.fixture
def with_password(graph: Graph) -> str:
    """Make a customer with a password; his address."""
    made = address()
    customer(graph, made)
    return made


@pytest.fixture
def without_password(graph: Graph) -> str:
    """Make a customer who signs in by passcode; his address."""
    made = address()
    assert graph.http.post("/-/users", json={"email": made}).status_code == 201
    return made
