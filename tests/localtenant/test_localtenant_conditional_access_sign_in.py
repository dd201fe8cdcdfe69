"""Which Conditional Access policies apply to a sign-in, and what later uses of it are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from signing_browser import Browser, returned
from signing_in import GRAPH, consent, graph_principal

from localtenant.signin.authorization import DemandError
from localtenant.signin.on_behalf_of import NAME
from tests.localtenant.policy_bodies import POLICIES, conditions, controls, policy_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph_in_process import Answered
    from signing_in import Application, SignIns

    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only

BOTH = ["pwd", "otp", "mfa"]


@pytest.fixture
def policy(signing: SignIns) -> Iterator[Callable[..., Json]]:
    """Make policies for one test, by default one that demands a second factor of everybody."""
    made: list[str] = []

    def of(**properties: object) -> Json:
        found = signing.made(POLICIES, policy_body(**{"state": "enabled", **properties}))
        made.append(found["id"])
        return found

    yield of
    for key in made:
        signing.caller.ask("DELETE", f"/v1.0{POLICIES}/{key}")


@pytest.fixture(scope="module", autouse=True)
def email_passcode(signing: SignIns) -> None:
    """Allow the passcode, so that there is a second factor."""
    body = {
        "@odata.type": "#microsoft.graph.emailAuthenticationMethodConfiguration",
        "state": "enabled",
    }
    place = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/email"
    signing.changed(place, body)


def users(**lists: object) -> Json:
    """Conditions that name users."""
    return conditions(users={"includeUsers": [], **lists})


def applications(included: list[str], *excluded: str) -> Json:
    """Conditions that name applications."""
    named = {"includeApplications": included, "excludeApplications": list(excluded)}
    return conditions(applications=named)


def number_of(signing: SignIns, app: Application | None = None, **parameters: str) -> int | None:
    """The AADSTS number of what is demanded of the customer with a password; None for nothing."""
    try:
        answer = Browser(signing).signed_in(app or signing.web, **parameters)
    except DemandError as error:
        return error.error.number
    assert "code" in returned(answer)
    return None


def groups(signing: SignIns) -> tuple[str, str]:
    """A group with the customer in it, and another with that one in it."""
    inner, outer = (
        signing.made(
            "/groups",
            {
                "displayName": f"g {uuid4()}",
                "mailEnabled": False,
                "mailNickname": "g",
                "securityEnabled": True,
            },
        )["id"]
        for _ in range(2)
    )
    for group, member in ((inner, signing.user["id"]), (outer, inner)):
        reference = {"@odata.id": f"https://localhost/v1.0/directoryObjects/{member}"}
        answer = signing.caller.json("POST", f"/v1.0/groups/{group}/members/$ref", reference)
        assert answer.status == 204, answer.body
    return inner, outer


def test_users_and_groups_that_a_policy_names(
    signing: SignIns, policy: Callable[..., Json]
) -> None:
    """Members of groups in groups count; an exclusion goes before every inclusion."""
    me, other = signing.user["id"], signing.person()["id"]
    inner, outer = groups(signing)
    for said, applies in (
        (users(includeUsers=["All"]), True),
        (users(includeUsers=[me]), True),
        (users(includeUsers=[other]), False),
        (users(includeUsers=["None"], includeGroups=[inner]), True),
        (users(includeGroups=[outer]), True),
        (users(includeUsers=["GuestsOrExternalUsers"]), False),
        (users(includeRoles=[str(uuid4())]), False),
        (users(includeUsers=["All"], excludeUsers=[me]), False),
        (users(includeUsers=["All"], excludeUsers=[other]), True),
        (users(includeUsers=[me], excludeGroups=[outer]), False),
        (users(includeUsers=["All"], excludeUsers=["GuestsOrExternalUsers"]), True),
    ):
        made = policy(conditions=said)
        assert number_of(signing) == (50076 if applies else None), said
        signing.caller.ask("DELETE", f"/v1.0{POLICIES}/{made['id']}")


def test_guests_of_the_tenant_itself(signing: SignIns, policy: Callable[..., Json]) -> None:
    """By the word for all guests, or as internal ones."""
    signing.changed(f"/users/{signing.user['id']}", {"userType": "Guest"})
    internal = {"guestOrExternalUserTypes": "internalGuest"}
    try:
        for said, applies in (
            (users(includeUsers=["GuestsOrExternalUsers"]), True),
            (users(includeGuestsOrExternalUsers=internal), True),
            (users(includeUsers=["All"], excludeGuestsOrExternalUsers=internal), False),
        ):
            made = policy(conditions=said)
            assert number_of(signing) == (50076 if applies else None), said
            signing.caller.ask("DELETE", f"/v1.0{POLICIES}/{made['id']}")
    finally:
        signing.changed(f"/users/{signing.user['id']}", {"userType": "Member"})


def test_applications_that_a_policy_names(signing: SignIns, policy: Callable[..., Json]) -> None:
    """The client, or an API of which it asks for a scope; one of them that is not excluded does."""
    web, api, spa = signing.web.client_id, signing.api.client_id, signing.spa.client_id
    for included, excluded, applies, alone in (
        (["All"], [], True, True),
        ([web], [], True, True),
        ([api], [], True, False),
        ([spa], [], False, False),
        (["None"], [], False, False),
        (["Office365"], [], False, False),
        (["All"], [web], True, False),
        (["All"], [web, api], False, False),
        ([web], [web], False, False),
    ):
        made = policy(conditions=applications(included, *excluded))
        scopes = (signing.scope, "openid", f"{GRAPH}/openid")
        told = tuple(number_of(signing, scope=one) for one in scopes)
        assert told == tuple(50076 if one else None for one in (applies, alone, alone)), included
        signing.caller.ask("DELETE", f"/v1.0{POLICIES}/{made['id']}")


def test_what_else_a_policy_may_say(signing: SignIns, policy: Callable[..., Json]) -> None:
    """The kind of client; risk and place, which are none here."""
    everywhere = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
    for said, applies in (
        (conditions(clientAppTypes=["browser"]), True),
        (conditions(clientAppTypes=["mobileAppsAndDesktopClients", "other"]), False),
        (conditions(signInRiskLevels=["high", "medium"]), False),
        (conditions(signInRiskLevels=["none", "low"]), True),
        (conditions(locations=everywhere), True),
        (conditions(locations={"includeLocations": ["AllTrusted"]}), False),
    ):
        made = policy(conditions=said)
        assert number_of(signing) == (50076 if applies else None), said
        signing.caller.ask("DELETE", f"/v1.0{POLICIES}/{made['id']}")
    policy(conditions=conditions(clientAppTypes=["mobileAppsAndDesktopClients"]))
    assert number_of(signing, signing.native) == 50076


def test_to_block_goes_before_all(signing: SignIns, policy: Callable[..., Json]) -> None:
    """Each policy that applies counts; reports count for nothing."""
    policy(state="enabledForReportingButNotEnforced", grantControls=controls("block"))
    policy(state="disabled", grantControls=controls("block"))
    assert number_of(signing) is None
    policy()
    assert number_of(signing) == 50076
    policy(grantControls=controls("block"))
    assert number_of(signing) == 53003


def signed_in(signing: SignIns, methods: list[str]) -> dict[str, Any]:
    """The tokens of a sign-in by these methods."""
    browser = Browser(signing)
    answer = browser.complete(browser.authorize(signing.web), methods=methods)
    return signing.redeem(signing.web, returned(answer)["code"]).body


def interrupted(answer: Answered, error: str, number: int, policy: Json) -> None:
    """Check that the token endpoint refuses, and names the policy for the next sign-in."""
    body = answer.body
    assert (answer.status, body["error"], body["error_codes"]) == (400, error, [number])
    assert body["suberror"] == ("message_only" if number == 53003 else "basic_action")
    assert body["claims"] == (
        f'{{"access_token":{{"polids":{{"essential":true,"values":["{policy["id"]}"]}}}}}}'
    )


@pytest.mark.parametrize(("control", "number"), [("mfa", 50076), ("block", 53003)])
def test_a_refresh_token_is_held_against_policies_that_came_later(
    signing: SignIns, policy: Callable[..., Json], control: str, number: int
) -> None:
    """That of a sign-in with both factors goes on, unless it is blocked."""
    one, both = signed_in(signing, ["pwd"]), signed_in(signing, BOTH)
    made = policy(grantControls=controls(control))

    refused = signing.refreshed(signing.web, one["refresh_token"])
    other = signing.refreshed(signing.web, both["refresh_token"])

    interrupted(refused, "invalid_grant", number, made)
    assert other.status == (200 if control == "mfa" else 400)
    if control == "mfa":
        again = signing.refreshed(signing.web, other.body["refresh_token"])
        assert again.status == 200, again.body


def test_an_api_that_calls_another_is_told_what_to_ask_for(
    signing: SignIns, policy: Callable[..., Json]
) -> None:
    """The user's factors are those of the token with which the API was called."""
    one, both = signed_in(signing, ["pwd"]), signed_in(signing, BOTH)
    consent(signing, signing.api, graph_principal(signing), "User.Read")
    secret = signing.made(
        f"/applications/{signing.api.id}/addPassword", {"passwordCredential": {}}
    )["secretText"]
    made = policy()

    def on_behalf(token: str) -> Answered:
        return signing.token(
            grant_type=NAME,
            client_id=signing.api.client_id,
            client_secret=secret,
            assertion=token,
            requested_token_use="on_behalf_of",
            scope="User.Read",
        )

    interrupted(on_behalf(one["access_token"]), "interaction_required", 50076, made)
    assert on_behalf(both["access_token"]).status == 200
