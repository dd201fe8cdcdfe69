"""Native authentication: a customer signs in, and an application gets his tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import PASSWORD
from native_client import (
    INITIATE,
    Native,
    claims,
    flowing,
    masked,
    native_client,
    native_refused,
)

if TYPE_CHECKING:
    import httpx

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

CHALLENGE = "oauth2/v2.0/challenge"


def test_customer_signs_in_with_a_password(by_password: Native, with_password: str) -> None:
    """Step by step, with each answer as the reference has it; the tokens are those of any grant."""
    begun = by_password.told(INITIATE, username=with_password, challenge_type="password redirect")
    assert begun.keys() == {"continuation_token"}
    token = begun["continuation_token"]
    wanted = by_password.told(
        CHALLENGE, continuation_token=token, challenge_type="password redirect"
    )
    assert wanted.pop("challenge_type") == "password"
    assert wanted.keys() == {"continuation_token"}
    answer = by_password.redeemed(wanted["continuation_token"], "password", password=PASSWORD)

    who = claims(answer)
    assert (who["aud"], who["preferred_username"]) == (by_password.client_id, with_password)
    told = answer.json()
    assert (told["token_type"], told["scope"]) == ("Bearer", "openid profile")
    assert told.keys() == {
        *("token_type", "scope", "expires_in", "ext_expires_in", "access_token"),
        *("id_token", "refresh_token", "client_info"),
    }
    assert by_password.mails(with_password) == []


def test_customer_signs_in_with_a_passcode(by_password: Native, without_password: str) -> None:
    """He signs in as he signed up, whatever the flow has by now."""
    token = by_password.begun(INITIATE, without_password)
    sent = by_password.told(CHALLENGE, continuation_token=token)
    token = sent.pop("continuation_token")
    assert sent == {
        "challenge_type": "oob",
        "binding_method": "prompt",
        "challenge_channel": "email",
        "challenge_target_label": masked(without_password),
        "code_length": 8,
    }

    answer = by_password.redeemed(token, "oob", oob=by_password.code(without_password))

    assert claims(answer)["preferred_username"] == without_password


def test_access_token_is_that_of_every_grant(
    graph: Graph, unsigned: httpx.Client, with_password: str
) -> None:
    """For an API it has the API's scope and audience; scopes of two APIs are refused."""
    scope = str(uuid4())
    published = [
        {
            "id": scope,
            "value": "Todo.Read",
            "type": "User",
            "isEnabled": True,
            "adminConsentDisplayName": "Read",
            "adminConsentDescription": "Read",
        }
    ]
    api = graph.application(
        api={"oauth2PermissionScopes": published, "requestedAccessTokenVersion": 2}
    )
    graph.patch(f"/applications/{api['id']}", {"identifierUris": [f"api://{api['appId']}"]})
    app = flowing(native_client(graph, unsigned))
    own = graph.read(f"/servicePrincipals(appId='{app.client_id}')")["id"]
    held = graph.made("/servicePrincipals", {"appId": api["appId"]})["id"]
    grant = {"clientId": own, "consentType": "AllPrincipals", "resourceId": held}
    graph.made("/oauth2PermissionGrants", {**grant, "scope": "Todo.Read"})
    asked = f"api://{api['appId']}/Todo.Read"
    token = app.challenged(INITIATE, with_password)
    two = app.redeemed(token, "password", password=PASSWORD, scope=f"{asked} User.Read")
    native_refused(
        two,
        "invalid_scope",
        700022,
        "The provided value for the input parameter 'scope' is not valid because it contains more "
        "than one resource.",
    )

    answer = app.redeemed(token, "password", password=PASSWORD, scope=f"{asked} openid")

    assert claims(answer)
    assert answer.json()["scope"] == f"{asked} openid"
    assert "refresh_token" not in answer.json()


def test_resent_passcode_counts_alone(by_password: Native, without_password: str) -> None:
    """The former one does not, nor does the token that came with it."""
    first = by_password.challenged(INITIATE, without_password)
    old = by_password.code(without_password)
    second = by_password.token(CHALLENGE, continuation_token=first)

    wrong = by_password.redeemed(second, "oob", oob=old)

    refusal = ("invalid_grant", 50181, "Unable to validate the otp.", "invalid_oob_value")
    native_refused(wrong, *refusal)
    used = by_password.redeemed(first, "oob", oob=by_password.code(without_password))
    native_refused(used, "invalid_grant", 55200, "The continuation_token is invalid.")
    assert claims(by_password.redeemed(second, "oob", oob=by_password.code(without_password)))


def test_passcodes_have_an_end(by_password: Native, without_password: str) -> None:
    """A sign-in is sent five."""
    token = by_password.begun(INITIATE, without_password)
    for _ in range(5):
        token = by_password.token(CHALLENGE, continuation_token=token)

    answer = by_password.ask(CHALLENGE, continuation_token=token)

    text = "Cannot generate more one time passcodes."
    native_refused(answer, "invalid_request", 701014, text)
    assert len(by_password.mails(without_password)) == 5
