"""Somebody else has changed the tenant: refresh shows it, up repairs it or says why not."""

from __future__ import annotations

import re

import pytest
from portal import ATTRIBUTES, INCLUDED, KIND, METHODS, Portal, done
from stack_fixture import Stack

from localtenant.testing_client import FLOWS


@pytest.fixture
def portal(stack: Stack) -> Portal:
    """The seed's tenant, made, and the person who changes it."""
    stack.pulumi("up", "--yes", "--skip-preview")
    return Portal(stack)


def refreshed(stack: Stack) -> str:
    """What a refresh shows, without the addresses of the resources and the columns."""
    shown = stack.pulumi("refresh", "--yes", "--skip-preview", "--diff", "--suppress-outputs")
    return re.sub(r" +:", ":", re.sub(r"\n *\[(urn|provider|id)=.*", "", shown))


def gone(shown: str) -> list[str]:
    """The types of the resources that a refresh found to be gone, sorted."""
    return sorted(re.findall(r"- \S+?(\w+): \(delete\)", shown))


def repaired(stack: Stack) -> None:
    """Run up, after which there is nothing more to do."""
    stack.pulumi("up", "--yes", "--skip-preview")
    stack.pulumi("preview", "--expect-no-changes")


def test_what_was_changed_by_hand_is_shown_by_property_and_put_back(
    stack: Stack, portal: Portal
) -> None:
    """Each change is of a property or a resource of its own, so one refresh shows all of them."""
    web, api = stack.tenant.one(portal.web_path), stack.tenant.one(portal.api_path)
    flow = stack.tenant.one(portal.flow_path)
    granted = {key: one["scope"] for key, one in portal.grants().items()}
    portal.rename_flow("Renamed by hand")
    portal.refer(f"{portal.flow_path}/{ATTRIBUTES}", "/identity/userFlowAttributes/city")
    portal.refer(f"{portal.flow_path}/{METHODS}", "/identityProviders/EmailOtpSignup-OAUTH")
    portal.delete(f"{portal.flow_path}/{METHODS}/EmailPassword-OAUTH/$ref")
    portal.take_out()
    portal.patch(
        portal.web_path, web={"redirectUris": [*web["web"]["redirectUris"], "https://by.hand/"]}
    )
    (secret,) = web["passwordCredentials"]
    done(portal.admin.post(f"{portal.web_path}/removePassword", {"keyId": secret["keyId"]}))
    scopes = api["api"]["oauth2PermissionScopes"]
    disabled = [{**scopes[0], "isEnabled": False}, *scopes[1:]]
    portal.patch(portal.api_path, identifierUris=[], api={"oauth2PermissionScopes": disabled})
    for resource, grant in portal.grants().items():
        path = f"/oauth2PermissionGrants/{grant['id']}"
        if resource == portal.api["servicePrincipalId"]:
            portal.delete(path)
        else:
            portal.patch(path, scope=f"{grant['scope']} User.Read")

    shown = refreshed(stack)
    assert gone(shown) == [
        "ApplicationIdentifierUri",
        "ApplicationPassword",
        "ServicePrincipalDelegatedPermissionGrant",
        "UserFlowApplication",
    ]
    for line in (
        '~ displayName: "SignInSignUpSample" => "Renamed by hand"',
        '+ attribute: "city"',
        '~ [0]: "EmailPassword-OAUTH" => "EmailOtpSignup-OAUTH"',
        '+ [1]: "https://by.hand/"',
        "~ enabled: true => false",
        '+ [0]: "User.Read"',
    ):
        assert line in shown, shown
    assert "~ 4 updated" in shown

    repaired(stack)
    web_again = stack.tenant.one(portal.web_path)
    assert {**web_again, "passwordCredentials": []} == {**web, "passwordCredentials": []}
    assert [one["keyId"] for one in web_again["passwordCredentials"]] != [secret["keyId"]]
    assert stack.tenant.one(portal.api_path) == api
    assert stack.tenant.one(portal.flow_path) == flow
    assert {key: one["scope"] for key, one in portal.grants().items()} == granted
    assert stack.included(portal.flow) == [portal.web["clientId"]]


def test_a_deleted_flow_is_made_anew_with_its_applications(stack: Stack, portal: Portal) -> None:
    """Before the refresh a change of it says what to do; after it, up makes it again."""
    portal.delete(portal.flow_path)
    flow = {"displayName": "SignInSignUpSample", "signUpAllowed": False}
    stack.configure(userFlows={"SignInSignUpSample": flow})
    shown = stack.pulumi("up", "--yes", "--skip-preview", "--target", _urn(stack), succeeds=False)
    assert "'SignInSignUpSample': it is not in the tenant any more. Run 'pulumi refresh'" in shown
    stack.configure()

    assert gone(refreshed(stack)) == ["UserFlow", "UserFlowApplication"]
    repaired(stack)
    again = stack.outputs()["userFlows"]["SignInSignUpSample"]
    assert again["id"] != portal.flow
    assert stack.included(again["id"]) == [portal.web["clientId"]]


def test_another_flow_takes_the_name_the_application_and_the_place(
    stack: Stack, portal: Portal
) -> None:
    """Ours is told from another of its name by its ID, and nothing is taken from the other one."""
    portal.rename_flow("Ours")
    other = portal.admin.flow(displayName="SignInSignUpSample")["id"]
    portal.take_out()
    portal.include(other)

    shown = refreshed(stack)
    assert gone(shown) == ["UserFlowApplication"]
    assert '"SignInSignUpSample" => "Ours"' in shown
    shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False)
    assert "Could not update the user flow 'Ours': Graph said AADB2C: " in shown
    assert "'SignInSignUpSample' already exists" in shown

    portal.patch(f"{FLOWS}/{other}", **{"@odata.type": f"#{KIND}", "displayName": "Theirs"})
    shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False)
    assert f"the application is in the user flow 'Theirs' (ID {other}), and an" in shown
    assert "Take it out there first" in shown
    assert stack.included(other) == [portal.web["clientId"]]

    portal.delete(f"{FLOWS}/{other}/{INCLUDED}/{portal.web['clientId']}")
    repaired(stack)
    assert stack.tenant.one(portal.flow_path)["displayName"] == "SignInSignUpSample"
    assert stack.included(portal.flow) == [portal.web["clientId"]]


def test_a_service_principal_or_an_application_that_is_gone_is_made_anew(
    stack: Stack, portal: Portal
) -> None:
    """With everything that went with it; what is in the recycle bin does not stand in the way."""
    portal.delete(f"/servicePrincipals/{portal.web['servicePrincipalId']}")
    assert gone(refreshed(stack)) == [
        "ServicePrincipal",
        "ServicePrincipalDelegatedPermissionGrant",
        "ServicePrincipalDelegatedPermissionGrant",
        "UserFlowApplication",
    ]
    repaired(stack)
    again = Portal(stack)
    assert again.web["clientId"] == portal.web["clientId"]
    assert again.web["servicePrincipalId"] != portal.web["servicePrincipalId"]
    assert len(again.grants()) == 2
    assert stack.included(portal.flow) == [portal.web["clientId"]]

    again.delete(again.web_path)
    again.delete(again.api_path)
    bin_ = stack.tenant.all("/directory/deletedItems/microsoft.graph.application")
    assert {one["displayName"] for one in bin_} == {"ciam-client-app", "ciam-ToDoList-api"}
    stack.pulumi("up", "--yes", "--skip-preview", "--refresh")
    stack.pulumi("preview", "--expect-no-changes")
    anew = Portal(stack)
    assert anew.web["clientId"] != portal.web["clientId"]
    assert anew.api["clientId"] != portal.api["clientId"]
    assert stack.tenant.one(anew.api_path)["identifierUris"] == [f"api://{anew.api['clientId']}"]
    assert len(anew.grants()) == 2
    assert stack.included(portal.flow) == [anew.web["clientId"]]


def _urn(stack: Stack) -> str:
    """The user flow's URN."""
    (found,) = [one["urn"] for one in stack.resources() if one["type"].endswith(":UserFlow")]
    return found
