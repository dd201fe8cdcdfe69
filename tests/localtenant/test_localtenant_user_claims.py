"""What tokens for users say beside who they are: roles, groups, optional claims, version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from signing_browser import Browser, refused, returned
from signing_in import graph_principal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signing_in import SignIns

    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only


@pytest.fixture
def asking(signing: SignIns) -> Iterator[SignIns]:
    """Let the applications ask for claims, for one test."""
    yield signing
    nothing = {"optionalClaims": None}
    for app in (signing.web, signing.api):
        signing.changed(f"/applications/{app.id}", nothing)


def claims_of(signing: SignIns, person: Json, scope: str = "") -> tuple[Json, Json]:
    """Sign a person in to the web application: what the access and the ID token say."""
    answer = Browser(signing).signed_in(signing.web, person, scope=scope or signing.scope)
    body = signing.redeem(signing.web, returned(answer)["code"]).body
    return signing.claims(body["access_token"]), signing.claims(body["id_token"])


def assign(signing: SignIns, principal: str, role: str) -> None:
    """Assign a user or a group to a role of the API."""
    signing.made(
        f"/servicePrincipals/{signing.api.principal}/appRoleAssignedTo",
        {"principalId": principal, "resourceId": signing.api.principal, "appRoleId": role},
    )


def role_of(signing: SignIns) -> str:
    """Find the API's role."""
    answer = signing.caller.ask("GET", f"/v1.0/applications/{signing.api.id}")
    return answer.body["appRoles"][0]["id"]


def group_of(signing: SignIns, member: str, name: str) -> str:
    """Make a group with one member."""
    group = signing.made(
        "/groups",
        {"displayName": name, "mailNickname": name, "mailEnabled": False, "securityEnabled": True},
    )["id"]
    reference = {"@odata.id": f"https://localhost/v1.0/directoryObjects/{member}"}
    answer = signing.caller.json("POST", f"/v1.0/groups/{group}/members/$ref", reference)
    assert answer.status == 204, answer.body
    return group


def test_roles_are_in_the_access_token_of_their_api(signing: SignIns, person: Json) -> None:
    """A user has the roles that he is assigned to, and the client's own tokens have none of it."""
    before, _ = claims_of(signing, person)
    assign(signing, person["id"], role_of(signing))

    access, of_client = claims_of(signing, person)

    assert "roles" not in before
    assert access["roles"] == ["Todo.Admin"]
    assert "roles" not in of_client


def test_groups_hand_their_roles_on(signing: SignIns, person: Json) -> None:
    """To their members, not to the members of groups in them."""
    inner = group_of(signing, person["id"], "inner")
    outer = group_of(signing, inner, "outer")
    assign(signing, outer, role_of(signing))
    nested, _ = claims_of(signing, person)
    assign(signing, inner, role_of(signing))

    direct, _ = claims_of(signing, person)

    assert "roles" not in nested
    assert direct["roles"] == ["Todo.Admin"]


def test_optional_claims(asking: SignIns) -> None:
    """Each application gets what it asked for, and nothing that the user does not have."""
    wanted = ["given_name", "family_name", "acct", "auth_time", "ctry", "email", "upn"]
    claims = {"optionalClaims": {"idToken": [{"name": name} for name in wanted]}}
    asking.changed(f"/applications/{asking.web.id}", claims)
    claims = {"optionalClaims": {"accessToken": [{"name": "idtyp"}, {"name": "unheard_of"}]}}
    asking.changed(f"/applications/{asking.api.id}", claims)

    access, of_client = claims_of(asking, asking.user, f"{asking.scope.replace(' email', '')}")

    told = {name: of_client.get(name) for name in wanted if name != "auth_time"}
    assert told == {
        "given_name": "Ada",
        "family_name": "Lovelace",
        "acct": 0,
        "ctry": None,
        "email": "ada@customer.example",
        "upn": asking.user["userPrincipalName"],
    }
    assert of_client["auth_time"] <= of_client["iat"]
    assert access["idtyp"] == "user"
    assert not access.keys() & {"given_name", "unheard_of"}


def test_extension_attribute(asking: SignIns, person: Json) -> None:
    """A directory extension comes under the short name that Entra gives it."""
    made = asking.made(
        f"/applications/{asking.web.id}/extensionProperties",
        {"name": "loyaltyNumber", "dataType": "String", "targetObjects": ["User"]},
    )["name"]
    asking.changed(f"/users/{person['id']}", {made: "L-7"})
    claim = {"name": made, "source": "user"}
    asking.changed(f"/applications/{asking.web.id}", {"optionalClaims": {"idToken": [claim]}})

    _, of_client = claims_of(asking, person)

    assert of_client["extn.loyaltyNumber"] == "L-7"


def test_api_of_version_1(signing: SignIns) -> None:
    """Its tokens are for its identifier URI, and by another issuer."""
    version: dict[str, Any] = {"api": {"requestedAccessTokenVersion": None}}
    signing.changed(f"/applications/{signing.api.id}", version)

    access, _ = claims_of(signing, signing.user)
    version["api"]["requestedAccessTokenVersion"] = 2
    signing.changed(f"/applications/{signing.api.id}", version)

    tenant = signing.caller.tenant.tenant_id
    assert (access["ver"], access["aud"]) == ("1.0", f"api://{signing.api.client_id}")
    assert access["iss"] == f"https://sts.windows.net/{tenant}/"
    assert (access["appid"], access["appidacr"]) == (signing.web.client_id, "1")
    assert (access["scp"], access["amr"]) == ("Todo.Read", ["pwd"])
    assert access["unique_name"] == signing.user["userPrincipalName"]
    assert not access.keys() & {"azp", "azpacr", "preferred_username", "idtyp"}


def test_default_scope_is_all_that_is_consented_to(signing: SignIns, person: Json) -> None:
    """``/.default`` asks for what there is consent to, and no more."""
    scope = f"api://{signing.api.client_id}/.default openid"

    access, _ = claims_of(signing, person, scope)

    assert access["scp"] == "Todo.Read"


def test_several_resources_in_one_sign_in(signing: SignIns, person: Json) -> None:
    """The first one's token comes first; Graph's names OpenID Connect's scopes, too."""
    graph = "https://graph.microsoft.com/openid"
    api = f"api://{signing.api.client_id}/Todo.Read"

    first, _ = claims_of(signing, person, f"{api} {graph} openid")
    second, _ = claims_of(signing, person, f"{graph} {api} openid profile")

    assert graph_principal(signing)
    assert (first["aud"], first["scp"]) == (signing.api.client_id, "Todo.Read")
    assert second["aud"] == "https://graph.microsoft.com"
    assert second["scp"].split() == ["openid", "profile"]


def test_sign_in_time_is_told_to_whom_set_a_limit(signing: SignIns) -> None:
    """An application that sent ``max_age`` can check it."""
    answer = Browser(signing).signed_in(signing.web, max_age="600")

    body = signing.redeem(signing.web, returned(answer)["code"]).body

    claims = signing.claims(body["id_token"])
    assert 0 <= claims["iat"] - claims["auth_time"] <= 5


def test_identity_provider(signing: SignIns) -> None:
    """An account of the tenant's own has none; another provider's is told from then on."""
    own, of_own = claims_of(signing, signing.user)
    browser = Browser(signing)
    answer = browser.complete(browser.authorize(signing.web), idp="google.com")
    body = signing.redeem(signing.web, returned(answer)["code"]).body
    again = signing.refreshed(signing.web, body["refresh_token"]).body

    assert not {"idp"} & (own.keys() | of_own.keys())
    for told in (body, again):
        for name in ("access_token", "id_token"):
            assert signing.claims(told[name])["idp"] == "google.com"


def test_tenant_and_user_as_optional_claims(asking: SignIns, person: Json) -> None:
    """The country and the languages that the directory has."""
    asking.changed(f"/users/{person['id']}", {"preferredLanguage": "de-AT"})
    wanted = ["tenant_ctry", "tenant_region_scope", "xms_pl", "xms_tpl"]
    claims = {"optionalClaims": {"idToken": [{"name": name} for name in wanted]}}
    asking.changed(f"/applications/{asking.web.id}", claims)
    place = f"/v1.0/organization/{asking.caller.tenant.tenant_id}"
    organization = asking.caller.ask("GET", place).body

    _, of_client = claims_of(asking, person)

    assert {name: of_client.get(name) for name in wanted} == {
        "tenant_ctry": organization["countryLetterCode"],
        "tenant_region_scope": "WW",
        "xms_pl": "de-AT",
        "xms_tpl": organization["preferredLanguage"],
    }


@pytest.mark.parametrize("local", [True, False])
def test_verified_address_as_an_optional_claim(
    asking: SignIns, person: Json, *, local: bool
) -> None:
    """It is told of whoever signs in with an address, which a passcode has verified."""
    claims = {"optionalClaims": {"idToken": [{"name": "xms_edov"}]}}
    asking.changed(f"/applications/{asking.web.id}", claims)
    asking.changed(f"/users/{person['id']}", {"mail": "set@customer.example"})

    _, of_client = claims_of(asking, asking.user if local else person)

    assert of_client.get("xms_edov") == (True if local else None)


def test_api_for_assigned_applications_only(signing: SignIns) -> None:
    """Without a role there is no token for it; otherwise there is one without roles."""
    form = {
        "grant_type": "client_credentials",
        "client_id": signing.web.client_id,
        "scope": f"api://{signing.api.client_id}/.default",
        **signing.web.credential,
    }
    place = f"/servicePrincipals/{signing.api.principal}"
    without = signing.token(**form)
    signing.changed(place, {"appRoleAssignmentRequired": True})

    refusal = signing.token(**form)
    assign(signing, signing.web.principal, role_of(signing))
    assigned = signing.token(**form)
    signing.changed(place, {"appRoleAssignmentRequired": False})

    assert "roles" not in signing.claims(without.body["access_token"])
    refused(
        refusal,
        400,
        "invalid_grant",
        501051,
        f"Application '{signing.web.client_id}'(web) is not assigned to a role for the application "
        f"'{signing.api.client_id}'.",
    )
    assert signing.claims(assigned.body["access_token"])["roles"] == ["Todo.Admin"]
