"""The log on the tenant page: what is in it, how it is filtered, and that it holds no secrets."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import PASSWORD, address, application, customer, in_flow
from native_client import INITIATE, RESET, START, Native

from localtenant.portal.exchanges import KEPT, LISTENERS, Exchange, Exchanges
from localtenant.portal.masking import Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from customer_browser import Browse

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


@pytest.fixture
def browser(graph: Graph) -> Iterator[httpx.Client]:
    """Open a client that wants pages."""
    with graph.anonymous() as client:
        client.headers["accept"] = "text/html"
        yield client


def listed(browser: httpx.Client, **asked: str) -> list[tuple[str, int]]:
    """The log: method and address of each exchange, and its number."""
    page = browser.get("/-/log", params=asked).raise_for_status().text
    found = re.findall(
        r'href="/-/log/(\d+)"><span class="method">(.*?)</span>.*?mono">(.*?)<', page
    )
    return [(f"{method} {unescape(at)}", int(number)) for number, method, at in found]


def opened(browser: httpx.Client, number: int) -> str:
    """An exchange in full."""
    return unescape(browser.get(f"/-/log/{number}").raise_for_status().text)


def test_an_exchange_is_told_in_full(graph: Graph, browser: httpx.Client) -> None:
    """Request line, headers and body, status, headers and body, duration, request ID, client."""
    name = uuid4().hex
    answer = graph.post("/groups", {"displayName": name, "mailNickname": "x y"})
    ((line, number),) = listed(browser, kind="graph", q=answer.headers["request-id"])

    page = opened(browser, number)

    assert line == "POST /v1.0/groups"
    for part in (
        name,
        f"Status {answer.status_code}",
        answer.headers["request-id"],
        answer.json()["error"]["message"],
        "content-type",
        "Bearer ***",
        graph.client.clientId,
        " ms</dd>",
    ):
        assert part in page, part


def test_the_filter_is_in_the_address(graph: Graph, browser: httpx.Client) -> None:
    """Graph, sign-in, errors, and words: of the path, the status, the client's ID or its name."""
    mark = uuid4().hex
    graph.http.get(f"/v1.0/users/{mark}")
    graph.http.get("/v1.0/users", params={"$filter": f"displayName eq '{mark}'"})
    browser.get(f"/{mark}/v2.0/.well-known/openid-configuration")
    first, second = (line for line, _ in listed(browser, kind="graph", q=mark))
    assert first.startswith("GET /v1.0/users?")
    assert second == f"GET /v1.0/users/{mark}"
    assert [line for line, _ in listed(browser, kind="sign-in", q=mark)] == [
        f"GET /{mark}/v2.0/.well-known/openid-configuration"
    ]
    assert len(listed(browser, q=mark)) == 3
    assert [line for line, _ in listed(browser, kind="errors", q=f"{mark} users")] == [
        f"GET /v1.0/users/{mark}"
    ]
    assert len(listed(browser, q=f"404 {mark}")) >= 1
    assert len(listed(browser, q=f"everything {mark}")) == 2
    assert listed(browser, q=f"nobody {mark}") == []


def test_no_secret_of_a_sign_in_is_kept(
    graph: Graph, browser: httpx.Client, browse: Browse
) -> None:
    """Not the password, the code, the secret, a token, a cookie or the proof of a form."""
    app = in_flow(graph, application(graph))
    email = address()
    customer(graph, email)
    someone = browse(app).begin()
    someone.send(email=email).send(password=PASSWORD).send(keep="no")
    code = someone.returned["code"]
    someone.who()
    secrets = {code, app.secret, PASSWORD, *someone.http.cookies.values()}
    secrets |= {someone.place.rpartition("/")[2]}
    graph.post(f"/applications(appId='{app.client_id}')/addPassword", {"passwordCredential": {}})
    lines = listed(browser)
    told = "".join(opened(browser, number) for _, number in lines[:40])
    for secret in secrets:
        assert len(secret) > 5
        assert secret not in told
        assert secret not in browser.get("/-/log").text
    assert "eyJhb" not in told
    assert re.findall(r"csrf=(?!\*\*\*)", told) == []
    assert email in told
    assert "/oauth2/v2.0/token" in told
    assert not re.search(r'"secretText": "(?!\*\*\*)', told)


def test_no_secret_of_a_native_sign_in_is_kept(
    by_password: Native, by_code: Native, browser: httpx.Client
) -> None:
    """Not the password, a passcode or a continuation token, in forms, answers and refusals."""
    email, other = address(), address()
    tokens = [by_password.challenged(START, email, password=PASSWORD)]
    codes = [by_password.code(email)]
    answer = by_password.continued(tokens[0], "oob", oob=codes[0])
    tokens += [answer.json()["continuation_token"], by_password.challenged(INITIATE, email)]
    by_password.redeemed(tokens[1], "continuation_token")
    by_password.redeemed(tokens[2], "password", password=PASSWORD)
    tokens += [by_password.challenged(RESET, email), by_code.challenged(START, other)]
    codes += [by_password.code(email), by_code.code(other)]
    form = {"continuation_token": tokens[3], "grant_type": "oob", "oob": codes[1]}
    tokens += [by_password.token("resetpassword/v1.0/continue", **form)]
    new = {"continuation_token": tokens[5], "new_password": f"New-{PASSWORD}"}
    by_password.token("resetpassword/v1.0/submit", **new)
    refused = by_password.proved(address()).json()["continuation_token"]

    lines = listed(browser)

    told = "".join(opened(browser, number) for _, number in lines[:30])
    for secret in (PASSWORD, *tokens, *codes, refused):
        assert len(secret) > 5
        assert secret not in told
    assert not re.search(r"continuation_token(=|\": \")(?!\*\*\*)", told)
    assert email.partition("@")[0] in told
    assert "resetpassword/v1.0/submit" in told


def test_the_tenants_own_pages_are_not_logged(graph: Graph, browser: httpx.Client) -> None:
    """Else looking on would be all that there is to see."""
    mark = uuid4().hex
    for path in (f"/-/log?q={mark}", f"/?q={mark}", f"/-/mailbox?to={mark}"):
        browser.get(path)
    assert listed(browser, q=mark) == []
    del graph


def test_an_exchange_that_is_not_kept_is_not_found(browser: httpx.Client) -> None:
    """Nor is one that never was."""
    for number in ("0", "999999999", "x", "9" * 30):
        answer = browser.get(f"/-/log/{number}")
        assert answer.status_code == 404
        assert "No such request" in answer.text


def exchange(number: int) -> Exchange:
    """An exchange of which nothing matters but the number."""
    nothing = Body()
    return Exchange(number, 0, "Graph", "GET", "/", 200, 1, "", "", [], nothing, [], nothing)


def test_the_last_thousand_are_kept() -> None:
    """And found by their numbers."""
    kept = Exchanges()
    assert kept.find(1) is None
    for number in range(1, KEPT + 6):
        assert kept.next_number == number
        kept.add(exchange(number))
    assert [e.number for e in kept.newest()] == list(range(KEPT + 5, 5, -1))
    assert kept.find(5) is None
    found = kept.find(6)
    assert found
    assert found.number == 6
    assert kept.find(KEPT + 6) is None


def test_listeners_are_woken_and_few() -> None:
    """Each exchange wakes them; one more than there is room for is sent away."""
    kept = Exchanges()
    held = [kept.listener() for _ in range(LISTENERS)]
    events = [one.__enter__() for one in held]
    with kept.listener() as another:
        assert another is None
    kept.add(exchange(1))
    assert all(event is not None and event.is_set() for event in events)
    for one in held:
        one.__exit__(None, None, None)
    with kept.listener() as another:
        assert another is not None
