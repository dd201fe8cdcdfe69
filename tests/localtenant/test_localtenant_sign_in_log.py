"""The sign-in log: what Conditional Access made of a sign-in, and would have made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, application, customer

if TYPE_CHECKING:
    from collections.abc import Callable

    from customer_browser import App, Browse
    from customer_fixture import Demand

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("passcode")]

LOG = "/auditLogs/signIns"
REPORT = "enabledForReportingButNotEnforced"


def entries(graph: Graph, user: Json) -> list[Json]:
    """The records of a user, the newest first."""
    return graph.read(LOG, {"$filter": f"userId eq '{user['id']}'"})["value"]


def applied(entry: Json, path: str) -> Json:
    """What a policy made of a sign-in."""
    key = path.rpartition("/")[2]
    return next(p for p in entry["appliedConditionalAccessPolicies"] if p["id"] == key)


def test_a_report_tells_what_would_happen(
    graph: Graph, shop: App, browse: Browse, demand: Demand
) -> None:
    """The customer notices nothing; each policy stands with what it would have come to."""
    email = address()
    user = customer(graph, email)
    factor, blocking = demand(shop, state=REPORT), demand(shop, "block", state=REPORT)
    off, other = demand(shop, state="disabled"), demand(application(graph), state=REPORT)

    browse(shop).begin().send(email=email).send(password=PASSWORD).send(keep="no")

    (entry,) = entries(graph, user)
    results = [applied(entry, one)["result"] for one in (factor, blocking, off, other)]
    assert results == [
        "reportOnlyInterrupted",
        "reportOnlyFailure",
        "notEnabled",
        "reportOnlyNotApplied",
    ]
    assert applied(entry, factor)["enforcedGrantControls"] == ["Mfa"]
    assert entry["conditionalAccessStatus"] == "notApplied"
    assert entry["status"]["errorCode"] == 0
    assert (entry["appId"], entry["appDisplayName"]) == (shop.client_id, "Todo list")
    assert (entry["userDisplayName"], entry["clientAppUsed"]) == ("Ada", "Browser")
    assert graph.read(f"{LOG}/{entry['id']}")["userId"] == user["id"]


def test_a_second_factor_leaves_a_trace_at_each_step(
    graph: Graph, shop: App, browse: Browse, demand: Demand
) -> None:
    """Interrupted after the password, and in silence; then granted."""
    email = address()
    user = customer(graph, email)
    browser = browse(shop).begin().send(email=email).send(password=PASSWORD).send(keep="no")
    policy = demand(shop)
    browser.begin(prompt="none")
    browser.begin().send()
    browser.send(code=browser.code(email))

    told = [(e["status"]["errorCode"], e["conditionalAccessStatus"]) for e in entries(graph, user)]
    assert told == [(0, "success"), (50076, "failure"), (50076, "failure"), (0, "notApplied")]
    assert applied(entries(graph, user)[0], policy)["result"] == "success"


def test_who_may_not_read_policies_does_not_see_them(
    graph: Graph, shop: App, browse: Browse, demand: Demand, holder: Callable[..., Graph]
) -> None:
    """The sign-in itself he does."""
    email = address()
    user = customer(graph, email)
    demand(shop, state=REPORT)
    browse(shop).begin().send(email=email).send(password=PASSWORD).send(keep="no")

    reader = holder("AuditLog.Read.All", "Directory.Read.All")
    (entry,) = entries(reader, user)
    assert entry["appliedConditionalAccessPolicies"] == []
