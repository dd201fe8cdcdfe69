"""The page at which a user enters the code of a device."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from customer_browser import PASSWORD, address, application, customer

if TYPE_CHECKING:
    from customer_browser import App, Browse, Customer

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

PLACE = "/common/oauth2/deviceauth"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def native(graph: Graph) -> App:
    """Make an application that may use device codes."""
    app = application(graph)
    (found,) = graph.read("/applications", {"$filter": f"appId eq '{app.client_id}'"})["value"]
    body = {"isFallbackPublicClient": True}
    assert graph.patch(f"/applications/{found['id']}", body).status_code == 204
    return app


@pytest.fixture
def ask(graph: Graph, native: App) -> Ask:
    """Ask as the device, below ``/oauth2/v2.0``."""

    def asked(place: str, **fields: str) -> dict[str, Any]:
        path = f"/{graph.tenant_id}/oauth2/v2.0/{place}"
        return graph.http.post(path, data={"client_id": native.client_id, **fields}).json()

    return asked


def poll(ask: Ask, device: dict[str, Any]) -> dict[str, Any]:
    """Ask whether somebody has signed in."""
    return ask("token", grant_type="device_code", device_code=device["device_code"])


def test_a_device_signs_in(graph: Graph, native: App, browse: Browse, ask: Ask) -> None:
    """Its code is entered here, and whoever signs in is told for which application."""
    email = address()
    customer(graph, email)
    device = ask("devicecode", scope="openid")
    assert device["verification_uri"] == f"{graph.url}{PLACE}"
    browser = browse(native).open(PLACE)
    code = device["user_code"].lower()

    browser.send(user_code=f" {code[:4]}-{code[4:]} ")
    assert "Todo list on another device. Go on only if you asked for it there." in browser.text
    browser.send(email=email).send(password=PASSWORD).send(keep="no")

    assert "You have signed in" in browser.text
    assert "access_token" in poll(ask, device)


def test_a_device_is_told_that_nobody_wants_to(native: App, browse: Browse, ask: Ask) -> None:
    """By an error when it asks again."""
    device = ask("devicecode", scope="openid")
    browser = browse(native).open(PLACE).send(user_code=device["user_code"])

    browser.send("cancel")

    assert "You did not sign in" in browser.text
    assert poll(ask, device)["error"] == "authorization_declined"


def test_a_wrong_code_and_a_form_from_elsewhere_do_nothing(
    native: App, browse: Browse, ask: Ask
) -> None:
    """Another site cannot have a browser sign in for its device."""
    device = ask("devicecode", scope="openid")
    browser: Customer = browse(native).open(PLACE).send(user_code="ABCDEFGHJ")
    assert browser.answer.status_code == 400
    assert "That code is not right" in browser.text

    browser.send(user_code=device["user_code"], forged=True)

    assert browser.answer.status_code == 400
    assert "This sign-in is over, or it was begun in another browser." in browser.text
    assert poll(ask, device)["error"] == "authorization_pending"
