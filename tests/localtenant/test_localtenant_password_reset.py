"""A tenant whose branding hides the reset of passwords resets none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, email_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from customer_browser import Customer

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

NEW = "Other-horse-8"


@pytest.fixture
def hide(graph: Graph) -> Iterator[Callable[..., None]]:
    """Hide links of the sign-in page, or show them; the branding is gone after the test."""
    path = f"/organization/{graph.tenant_id}/branding"

    def set_links(**links: bool) -> None:
        answer = graph.patch(path, {"loginPageTextVisibilitySettings": links})
        assert answer.status_code == 204, answer.text

    yield set_links
    graph.delete(path)


@pytest.mark.parametrize("name", ["hideForgotMyPassword", "hideAccountResetCredentials"])
def test_what_is_hidden_cannot_be_had_by_its_address(
    at_password: Customer, hide: Callable[..., None], name: str
) -> None:
    """No code is sent, and one that was sent before leads to no new password."""
    email = email_on(at_password)
    hide(**{name: True})
    at_password.send("reset")
    assert at_password.step == "email"
    assert at_password.mails(email) == []

    hide(**{name: False})
    at_password.send(email=email).send("reset")
    at_password.send(code=at_password.code(email))
    assert at_password.step == "new-password"
    hide(**{name: True})
    at_password.send(password=NEW, confirmation=NEW)
    assert at_password.step == "email"
    assert at_password.send(email=email).send(password=PASSWORD).step == "stay"
