"""Customers of the worker's tenant, at its pages."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

import pytest
from customer_browser import App, Browse, Customer, address, application, customer, in_flow

from localtenant.testing_client import FLOWS
from tests.localtenant.policy_bodies import POLICIES, conditions, controls, policy_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from localtenant.testing_client import Graph

PROVIDERS = "/identity/identityProviders"


class Demand(Protocol):
    """Makes a Conditional Access policy for one application, as :func:`demand` says."""

    def __call__(self, app: App, control: str = "mfa", *, state: str = "enabled") -> str:
        """Make it; its path."""
        ...


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


@pytest.fixture
def demand(graph: Graph) -> Iterator[Demand]:
    """Demand something, for one test, of all who sign in to an application."""
    made: list[str] = []

    def of(app: App, control: str = "mfa", *, state: str = "enabled") -> str:
        named = {"includeApplications": [app.client_id], "excludeApplications": []}
        body = policy_body(
            state=state,
            conditions=conditions(applications=named),
            grantControls=controls(control),
        )
        made.append(f"{POLICIES}/{graph.made(POLICIES, body)['id']}")
        return made[-1]

    yield of
    for path in made:
        graph.delete(path)


def allow_names(graph: Graph, *, enabled: bool) -> None:
    """Let customers sign in with a user name, or do not."""
    body = {"@odata.type": "#microsoft.graph.usernameSignInIdentifier", "isEnabled": enabled}
    path = "/identity/signInIdentifiers/Username"
    assert graph.patch(path, body, version="beta").status_code == 200


def named(graph: Graph, **properties: object) -> str:
    """Make a customer who has a user name and no email address with which he signs in; the name."""
    name = f"Card-{uuid4().hex[:8]}"
    identity = {"signInType": "username", "issuer": graph.domain, "issuerAssignedId": name}
    customer(graph, "", identities=[identity], **properties)
    return name


@pytest.fixture
def names(graph: Graph) -> Iterator[None]:
    """Let customers, for one test, sign in with a user name."""
    allow_names(graph, enabled=True)
    yield
    allow_names(graph, enabled=False)


@pytest.fixture
def google(extensible: Graph) -> Iterator[str]:
    """Let customers come by Google; the ID of the identity provider, which is gone afterwards."""
    body = {
        "@odata.type": "#microsoft.graph.socialIdentityProvider",
        "displayName": "Google",
        "identityProviderType": "Google",
        "clientId": "client",
        "clientSecret": "secret",
    }
    key = extensible.made(PROVIDERS, body)["id"]
    others = [flow["id"] for flow in extensible.read(FLOWS)["value"]]
    yield key
    for flow in extensible.read(FLOWS)["value"]:
        if flow["id"] not in others:
            extensible.delete(f"{FLOWS}/{flow['id']}")
    extensible.delete(f"{PROVIDERS}/{key}")
