"""The benchmark's customers really sign in and up, and what is measured of them is written down."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from bench import chromium, customers, sign_in
from bench.browser import Browser
from bench.connection import Connection, FailedRequestError
from bench.customers import KNOWN, Application
from bench.figure_tables import MOTO, SIGN_IN, TENANT, sections
from bench.measure import Figure
from bench.samples import Samples
from bench.texts import NO_CHROMIUM
from localtenant.testing_tenant import LocalTenant, LocalTenantOptions, TenantProcess

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTenant]:
    """Run a tenant that has nothing but what the benchmark makes in it."""
    process = TenantProcess(tmp_path_factory.mktemp("tenant"), LocalTenantOptions())
    made = process.fresh()
    yield made
    made.close()
    process.stop()


@pytest.fixture(scope="module")
def application(tenant: LocalTenant) -> Application:
    """Make what customers sign in to."""
    return customers.prepared(tenant.graph)


@pytest.fixture(scope="module")
def connection(tenant: LocalTenant) -> Iterator[Connection]:
    """Connect as the benchmark does."""
    trust = ssl.create_default_context(cafile=tenant.ready.caFile)
    with Connection(int(tenant.ready.url.rpartition(":")[2]), {}, trust) as made:
        yield made


def claims(tenant: LocalTenant, token: str, audience: str) -> dict[str, Any]:
    """Check a token as an API does; what it says."""
    keys = jwt.PyJWKSet.from_dict(
        tenant.graph.http.get(f"/{tenant.ready.tenantId}/discovery/v2.0/keys").json()
    )
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, ["RS256"], audience=audience)


def test_a_customer_signs_in(
    tenant: LocalTenant, application: Application, connection: Connection
) -> None:
    """In nine requests, to tokens for the API and about the customer, that can be renewed."""
    tokens, requests = application.sign_in(connection, KNOWN)

    assert requests == 9
    api = application.api.removeprefix("api://")
    access = claims(tenant, tokens["access_token"], api)
    about = claims(tenant, tokens["id_token"], application.client_id)
    (ada,) = tenant.graph.read("/users", {"$filter": "displayName eq 'Ada'"})["value"]
    assert (access["azp"], access["scp"]) == (
        application.client_id,
        "ToDoList.Read",
    )
    assert access["oid"] == about["oid"] == ada["id"]
    renewed = application.token(connection, "refresh_token", refresh_token=tokens["refresh_token"])
    assert claims(tenant, renewed["access_token"], api)["oid"] == ada["id"]
    assert renewed["refresh_token"] != tokens["refresh_token"]
    scope = f"{application.api}/.default"
    own = application.token(connection, "client_credentials", scope=scope)
    assert claims(tenant, own["access_token"], api)["idtyp"] == "app"


def test_a_customer_signs_up(
    tenant: LocalTenant, application: Application, connection: Connection
) -> None:
    """In eleven requests, to an account with which he signs in from then on."""
    tokens, requests = application.sign_up(connection, "new@customer.example")

    assert requests == 11
    made = claims(tenant, tokens["id_token"], application.client_id)["oid"]
    assert tenant.graph.read(f"/users/{made}")["mail"] == "new@customer.example"
    again, _ = application.sign_in(connection, "new@customer.example")
    assert claims(tenant, again["id_token"], application.client_id)["oid"] == made


def test_what_is_no_sign_in_is_not_measured(
    application: Application, connection: Connection
) -> None:
    """Nobody's address, a code that is not redeemed, an address of nowhere and another's code."""
    with pytest.raises(FailedRequestError, match="password: 400"):
        application.sign_in(connection, "nobody@customer.example")
    with pytest.raises(FailedRequestError, match="AADSTS7000215"):
        replace(application, secret="wrong").sign_in(connection, KNOWN)
    with pytest.raises(FailedRequestError, match="AADSTS50011"):
        replace(application, redirect_uri="https://else.example/").sign_in(connection, KNOWN)
    for told in ({"error": "access_denied"}, {"code": "stolen", "state": "another"}):
        browser = Browser(connection, application.redirect_uri, returned=told)
        with pytest.raises(FailedRequestError, match="came back"):
            application._redeemed(browser, "verifier")


def test_sign_ins_are_measured(application: Application, connection: Connection) -> None:
    """Each figure is of something; the first says how many requests it took."""
    figures = list(sign_in.whole(application, connection, 2, 2))

    assert [one.what.partition(":")[0] for one in figures] == [
        "a whole sign-in, 9 requests",
        "a whole sign-in, 9 requests",
        "a whole sign-up, 11 requests",
        "a whole sign-up, 11 requests",
        sign_in.HASHING,
    ]
    assert all(one.value > 0 for one in figures)


def test_chromium_signs_in(
    tenant: LocalTenant, application: Application, browser: Chromium
) -> None:
    """A real browser comes to the redirect URI, too."""
    assert chromium.sign_in(browser, tenant.ready.url, application) > 0


def test_without_chromium_nothing_is_measured(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no failure."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    assert list(chromium.figures("https://localhost", application)) == []


def test_figures_are_kept_and_written(tmp_path: Path) -> None:
    """They outlast the run; the page has both tables, and says why Chromium is missing if it is."""
    start = Figure("start", 0.4, "s", 1.0)
    whole = [
        Figure(f"{sign_in.WHOLE}9 requests: median", 40, "ms"),
        Figure(sign_in.HASHING, 10, "ms"),
    ]
    figures = {TENANT: [start], MOTO: [replace(start, target=None)], SIGN_IN: whole}
    Samples(figures=figures).save(tmp_path / "results.json")

    kept = Samples.load(tmp_path / "results.json")

    assert kept.figures == figures
    page = "\n".join(sections(kept))
    assert "## The local tenant" in page
    assert "| local tenant: start | 0.40 s |  | ≤ 1.00 s | met |" in page
    assert "| moto: start | 0.40 s |  |  |  |" in page
    assert "## A whole sign-in" in page
    assert "| a whole sign-in, 9 requests: median | 40 ms |  |  |  |" in page
    assert "is 25 % of the whole sign-in" in page
    assert NO_CHROMIUM in page
    whole.append(Figure(f"{chromium.IN_CHROMIUM}: median", 800, "ms"))
    assert NO_CHROMIUM not in "\n".join(sections(Samples(figures={SIGN_IN: whole})))
    assert list(sections(Samples())) == []
