"""Groups in tokens: which of them count, and what stands there if they are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from signing_browser import Browser, returned

from localtenant.testing_bodies import group_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signing_in import SignIns

    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only


@pytest.fixture
def asking(signing: SignIns) -> Iterator[SignIns]:
    """Let the applications ask for groups, for one test."""
    yield signing
    nothing = {"optionalClaims": None, "groupMembershipClaims": None}
    for app in (signing.web, signing.api):
        signing.changed(f"/applications/{app.id}", nothing)


def ask(signing: SignIns, kinds: str | None, token: str = "") -> None:
    """Ask for groups, by the web application's manifest or by an optional claim of it."""
    optional = {"optionalClaims": {token: [{"name": "groups"}]}} if token else {}
    signing.changed(f"/applications/{signing.web.id}", {"groupMembershipClaims": kinds, **optional})


def member_of(signing: SignIns, person: Json, **properties: object) -> str:
    """Make a group with one member."""
    return group_of(signing, person["id"], **properties)


def group_of(signing: SignIns, member: str, **properties: object) -> str:
    """Make a group with one member, a user or a group."""
    reference = f"https://localhost/v1.0/directoryObjects/{member}"
    body = group_body(**properties) | {"members@odata.bind": [reference]}
    return signing.made("/groups", body)["id"]


def told(signing: SignIns, person: Json) -> Json:
    """Sign a person in to the web application: what the ID token says."""
    answer = Browser(signing).signed_in(signing.web, person)
    return signing.claims(signing.redeem(signing.web, returned(answer)["code"]).body["id_token"])


UNIFIED = {"groupTypes": ["Unified"], "mailEnabled": True, "securityEnabled": False}


@pytest.mark.parametrize(
    ("kinds", "token", "of"),
    [
        ("SecurityGroup", "", {"security"}),
        ("All", "", {"security", "unified"}),
        ("ApplicationGroup", "", {"assigned"}),
        ("SecurityGroup, ApplicationGroup", "", {"assigned"}),
        (None, "idToken", {"security", "unified"}),
        ("SecurityGroup", "idToken", {"security"}),
        (None, "accessToken", None),
        ("None", "", None),
        (None, "", None),
    ],
)
def test_which_groups_count(
    asking: SignIns, person: Json, kinds: str | None, token: str, of: set[str] | None
) -> None:
    """Security groups, all, or those that are assigned to the application."""
    groups = {
        "security": member_of(asking, person),
        "unified": member_of(asking, person, **UNIFIED),
    }
    if of == {"assigned"}:
        groups["assigned"] = member_of(asking, person)
        assigned = {
            "principalId": groups["assigned"],
            "resourceId": asking.web.principal,
            "appRoleId": "00000000-0000-0000-0000-000000000000",
        }
        asking.made(f"/groups/{groups['assigned']}/appRoleAssignments", assigned)
    ask(asking, kinds, token)

    found = told(asking, person).get("groups")

    assert (found and set(found)) == (of and {groups[name] for name in of})


def test_groups_in_groups_count(asking: SignIns, person: Json) -> None:
    """The user is a member directly or not."""
    inner = member_of(asking, person)
    outer = group_of(asking, inner)
    ask(asking, "SecurityGroup")

    assert set(told(asking, person)["groups"]) == {inner, outer}


def test_access_token_has_what_its_api_asks_for(asking: SignIns, person: Json) -> None:
    """Not what the client does."""
    group = member_of(asking, person)
    asking.changed(f"/applications/{asking.api.id}", {"groupMembershipClaims": "SecurityGroup"})

    answer = Browser(asking).signed_in(asking.web, person)
    body = asking.redeem(asking.web, returned(answer)["code"]).body

    assert asking.claims(body["access_token"])["groups"] == [group]
    assert "groups" not in asking.claims(body["id_token"])


def test_nobody_is_in_no_group(asking: SignIns, person: Json) -> None:
    """There is no empty claim."""
    ask(asking, "All")

    assert not told(asking, person).keys() & {"groups", "hasgroups", "_claim_names"}


def test_more_groups_than_a_token_has_room_for(asking: SignIns, person: Json) -> None:
    """The token says where at Graph they are told; up to 200 are in it."""
    ask(asking, "SecurityGroup")
    for _ in range(200):
        member_of(asking, person)
    full = told(asking, person)
    member_of(asking, person)

    over = told(asking, person)

    place = f"{asking.caller.tenant.url}/v1.0/users/{person['id']}/getMemberObjects"
    assert len(full["groups"]) == 200
    assert "groups" not in over
    assert over["_claim_names"] == {"groups": "src1"}
    assert over["_claim_sources"] == {"src1": {"endpoint": place}}


@pytest.mark.parametrize("mode", ["fragment", "form_post"])
def test_more_groups_than_an_address_has_room_for(asking: SignIns, person: Json, mode: str) -> None:
    """From six on, a token in an address says only that there are some."""
    implicit = {"web": {"implicitGrantSettings": {"enableIdTokenIssuance": True}}}
    asking.changed(f"/applications/{asking.web.id}", implicit)
    ask(asking, "SecurityGroup")
    asked = {"response_type": "id_token", "nonce": "n", "response_mode": mode}
    found: list[Json] = []
    for number in (5, 1):
        for _ in range(number):
            member_of(asking, person)
        answer = Browser(asking).signed_in(asking.web, person, **asked)
        if mode == "fragment":
            token = returned(answer)["id_token"]
        else:
            page = bytes(answer.body).decode()
            token = page.partition('name="id_token" value="')[2].partition('"')[0]
        found.append(asking.claims(token))

    few, many = found
    assert (len(few["groups"]), "hasgroups" in few) == (5, False)
    if mode == "fragment":
        assert (many["hasgroups"], "groups" in many) == (True, False)
    else:
        assert len(many["groups"]) == 6
