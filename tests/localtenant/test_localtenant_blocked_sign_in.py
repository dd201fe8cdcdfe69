"""Sign-ins that Conditional Access blocks, on the pages and in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD

if TYPE_CHECKING:
    from customer_browser import App, Customer
    from customer_fixture import Demand

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("passcode")]

BLOCKED = (
    "Access has been blocked by Conditional Access policies. The access policy does not allow "
    "token issuance."
)


def test_who_is_blocked_goes_no_further(at_password: Customer, shop: App, demand: Demand) -> None:
    """Whatever else he could prove, for as long as it is so."""
    demand(shop)
    blocking = demand(shop, "block")

    at_password.send(password=PASSWORD)

    assert f"AADSTS53003: {BLOCKED}" in at_password.text
    assert "You cannot access this right now" in at_password.text
    at_password.graph.delete(blocking)
    assert "Send code" in at_password.open(at_password.answer.url.path).text


def test_a_silent_sign_in_is_blocked_as_well(
    at_password: Customer, shop: App, demand: Demand
) -> None:
    """By an error, since there is no page to show."""
    at_password.send(password=PASSWORD).send(keep="no")
    demand(shop, "block")

    told = at_password.begin(prompt="none").returned
    assert told["error"] == "interaction_required"
    assert told["error_description"].startswith(f"AADSTS53003: {BLOCKED} Trace ID: ")
