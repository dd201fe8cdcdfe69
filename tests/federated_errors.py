"""What pages say of a sign-in at another identity provider that came to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from error_texts import check_page

if TYPE_CHECKING:
    from customer_browser import Customer

CONTACT = (
    "There's an issue with your federated Identity Provider. Contact your IDP to resolve this "
    "issue."
)


def nobody(browser: Customer, number: int, text: str) -> None:
    """Check that a page says an error and leads back, and that nobody has signed in."""
    assert browser.answer.status_code == 400
    check_page(browser.answer.text, number, text)
    assert not browser.returned
    assert "__Host-session" not in browser.http.cookies


def refused_token(browser: Customer, why: str) -> None:
    """Check that an ID token was refused."""
    nobody(browser, 40015, f"{CONTACT} Its ID token was refused: {why}.")
