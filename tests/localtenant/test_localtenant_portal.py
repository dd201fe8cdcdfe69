"""The tenant page: what it tells of the tenant, and who may look at it."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import address, application, customer, in_flow, without_sign_up

from localtenant.testing_client import FLOWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

REFUSED = "The tenant's pages are for a browser on this machine alone."
PLACES = ("/", "/-/log", "/-/log/1", "/-/log/events", "/-/try", "/-/try/answer", "/-/try/outcome/x")


@pytest.fixture
def browser(graph: Graph) -> Iterator[httpx.Client]:
    """Open a client that wants pages."""
    with graph.anonymous() as client:
        client.headers["accept"] = "text/html"
        yield client


def text_of(answer: httpx.Response) -> str:
    """What a page says, on one line."""
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def test_it_tells_what_the_tenant_holds(graph: Graph, browser: httpx.Client) -> None:
    """The application with its credentials' ends, its flow, the customer, and the endpoints."""
    app = in_flow(graph, application(graph), **without_sign_up())
    made = graph.named("Todo list")
    doc = next(one for one in made if one["appId"] == app.client_id)
    scope = {"id": str(uuid4()), "value": "Todo.Read", "type": "User", "isEnabled": True}
    scope |= {"adminConsentDisplayName": "Read", "adminConsentDescription": "Read"}
    role = {"id": str(uuid4()), "value": "Todo.Admin", "displayName": "Admin", "isEnabled": True}
    role |= {"description": "Admin", "allowedMemberTypes": ["Application"]}
    change = {
        "api": {"oauth2PermissionScopes": [scope]},
        "appRoles": [role],
        "spa": {"redirectUris": ["https://spa.example/back"]},
    }
    assert graph.patch(f"/applications/{doc['id']}", change).status_code == 204
    email = address()
    customer(graph, email)

    text = text_of(browser.get("/", params={"q": app.client_id}))

    ends = graph.read(f"/applications/{doc['id']}")["passwordCredentials"][0]["endDateTime"]
    flow = graph.read(f"{FLOWS}/{graph.read(FLOWS)['value'][0]['id']}")["displayName"]
    for part in (
        f"Client ID {app.client_id}",
        "web single-page API",
        "web https://app.example/callback",
        "single-page https://spa.example/back",
        "Scopes Todo.Read",
        "App roles Todo.Admin",
        f"until {ends[:10]}",
        "openid profile offline_access (everybody)",
        f"User flow {flow}",
        f"{email} Ada password",
        f"{flow} off",
        f"{graph.url}/{graph.tenant_id}/v2.0/.well-known/openid-configuration",
        "1 application with",
    ):
        assert part in text, part
    assert app.secret not in text
    assert app.secret[:3] in text, "the hint tells secrets apart"


def test_what_is_named_like_markup_is_shown_as_it_is(graph: Graph, browser: httpx.Client) -> None:
    """Names are whatever somebody called something."""
    hostile = f"\"><script>alert('{uuid4().hex[:6]}')</script>{{{{ 7 * 7 }}}}"
    made = graph.application(displayName=hostile)
    email = address()
    customer(graph, email, displayName=hostile)
    graph.http.get("/v1.0/users/<script>alert(1)", params={"$filter": "<img src=x>"})

    for path in (f"/?q={made['appId']}", f"/-/try?client={made['appId']}", "/-/log"):
        page = browser.get(path).raise_for_status()
        assert "<script>alert" not in page.text, path
        assert "<img src=x" not in page.text, path
        if path != "/-/log":
            assert hostile in text_of_raw(page), path


def text_of_raw(answer: httpx.Response) -> str:
    """A page with its references to characters resolved."""
    return unescape(answer.text)


def test_a_program_at_the_root_is_answered_as_before(graph: Graph) -> None:
    """It learns where Graph and sign-in are, as at any path where there is nothing."""
    for accept in ("*/*", "application/json"):
        answer = graph.anonymous().get("/", headers={"accept": accept})
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "NotFound"
        assert "Graph is under /v1.0 and /beta" in answer.json()["error"]["message"]
    assert graph.anonymous().post("/", headers={"accept": "text/html"}).status_code == 404


@pytest.mark.cases("abuse of the sign-in")
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "contoso.ciamlogin.com"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    ],
)
def test_another_site_reads_nothing(browser: httpx.Client, headers: dict[str, str]) -> None:
    """By a name of its own that leads here, or by having the browser ask."""
    for place in PLACES:
        answer = browser.get(place, headers=headers)
        assert answer.status_code == 403, place
        assert answer.json() == {"error": {"code": "Refused", "message": REFUSED}}
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.cases("abuse of the sign-in")
def test_a_link_of_another_site_leads_here_but_a_form_does_not(browser: httpx.Client) -> None:
    """Somebody may follow a link to the page; nothing can be sent from elsewhere."""
    asked = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    assert browser.get("/", headers=asked).status_code == 200
    for place in ("/-/try", "/-/try/daemon", "/-/try/answer"):
        assert browser.post(place, headers=asked).status_code == 403


def test_each_page_forbids_frames_and_foreign_scripts(browser: httpx.Client) -> None:
    """The policy lets nothing but the tenant's own style and script run."""
    for place in ("/", "/-/log", "/-/try"):
        headers = browser.get(place).headers
        policy = headers["content-security-policy"].split("; ")
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


def test_many_applications_come_in_pages(graph: Graph, browser: httpx.Client) -> None:
    """Of what a search finds the number is told, and a page has 25."""
    mark = uuid4().hex[:8]
    for number in range(30):
        graph.application(displayName=f"{mark} {number:02}")

    first = browser.get("/", params={"q": mark.upper()})
    last = browser.get("/", params={"q": mark, "page": "9"})

    assert "30 applications" in text_of(first)
    assert "page 1 of 2" in text_of(first)
    assert f"{mark} 24" in first.text
    assert f"{mark} 25" not in first.text
    assert "page 2 of 2" in text_of(last)
    assert f"{mark} 25" in last.text
    start = time.perf_counter()
    browser.get("/", params={"q": mark}).raise_for_status()
    assert time.perf_counter() - start < 1
