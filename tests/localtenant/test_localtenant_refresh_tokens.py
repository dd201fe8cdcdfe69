"""Refresh tokens: who may use them, and for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from signing_browser import refused
from signing_in import GRAPH, ORIGIN

from localtenant.transaction import Row, Transaction

if TYPE_CHECKING:
    from signing_in import SignIns

pytestmark = pytest.mark.local_only

_MALFORMED = "Invalid request. Request is malformed or invalid."
_NOT_YOURS = "Provided grant is invalid or malformed."
_BROWSERS_ONLY = (
    "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via "
    "cross-origin requests."
)


def test_browser_reads_why_it_is_refused(signing: SignIns) -> None:
    """An error of a single-page application is readable, so that its library can act."""
    answer = signing.refreshed(signing.spa, "junk", ORIGIN)

    refused(answer, 400, "invalid_grant", 9002313, _MALFORMED)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_refresh_token_gives_a_new_one(signing: SignIns) -> None:
    """As Entra does it, the old one goes on being valid."""
    first = signing.tokens(signing.web)

    second = signing.refreshed(signing.web, first["refresh_token"]).body
    third = signing.refreshed(signing.web, first["refresh_token"])

    assert second["refresh_token"] != first["refresh_token"]
    assert signing.claims(second["id_token"])["oid"] == signing.user["id"]
    assert signing.claims(second["access_token"])["scp"] == "Todo.Read"
    assert third.status == 200


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_another_client(signing: SignIns) -> None:
    """A refresh token is for the client that got it."""
    token = signing.tokens(signing.native)["refresh_token"]

    answer = signing.refreshed(signing.web, token)

    refused(answer, 400, "invalid_grant", 70000, _NOT_YOURS)


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_a_web_application_needs_its_secret(signing: SignIns) -> None:
    """A stolen one is worth nothing by itself."""
    token = signing.tokens(signing.web)["refresh_token"]

    answer = signing.refreshed(signing.web, token, client_secret="")

    assert answer.body["error_codes"] == [7000218]


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_token_of_a_page_comes_from_a_browser(signing: SignIns) -> None:
    """As its code does."""
    token = signing.tokens(signing.spa)["refresh_token"]

    answer = signing.refreshed(signing.spa, token)

    refused(answer, 400, "invalid_request", 9002327, _BROWSERS_ONLY)


@pytest.mark.cases("abuse of the sign-in")
def test_code_is_no_refresh_token(signing: SignIns) -> None:
    """What was handed out for one grant is worth nothing in another."""
    code = signing.code(signing.web)
    token = signing.tokens(signing.web)["refresh_token"]

    assert signing.refreshed(signing.web, code).body["error_codes"] == [9002313]
    assert signing.redeem(signing.web, token).body["error_codes"] == [9002313]


@pytest.mark.cases("abuse of the sign-in")
def test_refresh_for_a_scope_without_consent(signing: SignIns) -> None:
    """A refresh token opens nothing that nobody consented to."""
    token = signing.tokens(signing.web)["refresh_token"]

    answer = signing.refreshed(
        signing.web, token, scope=f"api://{signing.api.client_id}/Todo.ReadWrite"
    )

    refused(
        answer,
        400,
        "invalid_grant",
        65001,
        "The user or administrator has not consented to use the application with ID "
        f"'{signing.web.client_id}' named 'web'. Send an interactive authorization request for "
        "this user and resource.",
    )
    assert answer.body["suberror"] == "consent_required"


def test_refresh_for_another_resource(signing: SignIns) -> None:
    """One sign-in gives tokens for each resource that is consented to, one at a time."""
    token = signing.tokens(signing.web)["refresh_token"]
    graph = "https://graph.microsoft.com/openid"
    api = f"api://{signing.api.client_id}/Todo.Read"

    answer = signing.refreshed(signing.web, token, scope=graph)
    both = signing.refreshed(signing.web, token, scope=f"{graph} {api}")

    claims = signing.claims(answer.body["access_token"])
    assert claims["aud"] == "https://graph.microsoft.com"
    assert claims["idtyp"] == "user"
    refused(
        both,
        400,
        "invalid_scope",
        700022,
        "The provided value for the input parameter 'scope' is not valid because it contains more "
        "than one resource.",
    )


def test_consent_is_found_without_all_that_graph_has(
    signing: SignIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Microsoft Graph's permissions, hundreds of them, are not read for a token of another API."""
    token = signing.tokens(signing.web)["refresh_token"]
    read: list[Row] = []
    real = Transaction.find

    def find(*args: Any, **options: Any) -> list[Row]:
        found = real(*args, **options)
        read.extend(found)
        return found

    monkeypatch.setattr(Transaction, "find", find)
    assert signing.refreshed(signing.web, token).status == 200

    known = {row.doc.get("appId") for row in read}
    assert signing.web.client_id in known
    assert GRAPH not in known
