"""Customers of the worker's tenant, at its pages."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from customer_browser import App, Browse, Customer, address, application, customer, in_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from localtenant.testing_client import Graph


@pytest.fixture
def browse(graph: Graph) -> Iterator[Browse]:
    """Open browsers of customers; they are closed after the test."""
    with ExitStack() as opened:

        def open_browser(app: App) -> Customer:
            browser = Customer(graph, app)
            opened.callback(browser.http.close)
            return browser

        yield open_browser


@pytest.fixture(scope="module")
def shop(graph: Graph) -> App:
    """Make an application in a flow with email and password."""
    return in_flow(graph, application(graph))


@pytest.fixture
def at_password(graph: Graph, shop: App, browse: Browse) -> Customer:
    """Come, as a customer who has a password, to where it is asked for."""
    email = address()
    customer(graph, email)
    return browse(shop).begin(login_hint=email).send(email=email)
