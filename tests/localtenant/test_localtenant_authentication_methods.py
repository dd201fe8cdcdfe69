"""Authentication methods, and the other policies of which a tenant has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

POLICY = "/policies/authenticationMethodsPolicy"
METHODS = f"{POLICY}/authenticationMethodConfigurations"
EMAIL = "#microsoft.graph.emailAuthenticationMethodConfiguration"
NO_TYPE = (
    "A value without a type name was found and no expected type is available. When the model is "
    "specified, each value in the payload must have a type which can be either specified in the "
    "payload, explicitly by the caller or implicitly inferred from the parent value."
)
OTHER_TYPE = (
    "A type named 'microsoft.graph.smsAuthenticationMethodConfiguration' could not be resolved by "
    "the model. When a model is available, each type name must resolve to a valid type."
)
EVERYBODY = {"targetType": "group", "id": "all_users", "isRegistrationRequired": False}


def test_the_policy_shows_its_methods(graph: Graph) -> None:
    """They are in the policy and in a list of their own, each with its type."""
    policy = graph.read(POLICY)

    assert policy["id"] == "authenticationMethodsPolicy"
    listed = graph.read(METHODS)["value"]
    assert listed == policy["authenticationMethodConfigurations"]
    assert {m["id"]: m["@odata.type"].rpartition(".")[2] for m in listed}["Fido2"] == (
        "fido2AuthenticationMethodConfiguration"
    )
    campaign = policy["registrationEnforcement"]["authenticationMethodsRegistrationCampaign"]
    assert campaign["state"] == "default"


@pytest.mark.parametrize("key", ["Email", "email", "EMAIL"])
def test_a_method_is_found_in_any_letter_case(graph: Graph, key: str) -> None:
    """Clients write the id as the page does, in lower case, and read it as Graph spells it."""
    read = graph.read(f"{METHODS}/{key}")

    assert (read["@odata.type"], read["id"]) == (EMAIL, "Email")


def test_email_passcodes_are_enabled_and_put_back(graph: Graph) -> None:
    """A PATCH merges; a DELETE gives the method what a new tenant has."""
    path = f"{METHODS}/email"
    before = graph.read(path)
    assert (before["state"], before["includeTargets"]) == ("disabled", [EVERYBODY])

    change = {"@odata.type": EMAIL, "state": "enabled", "allowExternalIdToUseEmailOtp": "enabled"}
    assert graph.patch(path, change).status_code == 204

    enabled = graph.read(path)
    assert (enabled["state"], enabled["allowExternalIdToUseEmailOtp"]) == ("enabled", "enabled")
    assert enabled["includeTargets"] == [EVERYBODY]
    assert graph.read(POLICY)["lastModifiedDateTime"]
    assert graph.delete(path).status_code == 204
    assert graph.read(path) == before


def test_other_methods_take_what_is_their_own(graph: Graph) -> None:
    """Nested settings and targets with properties of their own read back."""
    path = f"{METHODS}/MicrosoftAuthenticator"
    target = {**EVERYBODY, "authenticationMode": "push"}
    state = {"state": "enabled", "includeTarget": {"targetType": "group", "id": "all_users"}}
    change = {
        "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration",
        "includeTargets": [target],
        "featureSettings": {"displayAppInformationRequiredState": state},
    }
    try:
        assert graph.patch(path, change).status_code == 204
        read = graph.read(path)
    finally:
        graph.delete(path)

    assert read["includeTargets"] == [target]
    shown = read["featureSettings"]["displayAppInformationRequiredState"]
    assert shown == {**state, "excludeTarget": None}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"state": "enabled"},
            NO_TYPE,
        ),
        (
            {"@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration"},
            OTHER_TYPE,
        ),
        (
            {"@odata.type": EMAIL, "isUsableOnce": True},
            (
                "The property 'isUsableOnce' does not exist on type "
                "'microsoft.graph.emailAuthenticationMethodConfiguration'. Make sure to only use "
                "property names that are defined by the type."
            ),
        ),
    ],
    ids=["no type", "other type", "property of another type"],
)
def test_a_change_must_name_the_methods_type(graph: Graph, body: Json, message: str) -> None:
    """A body without its type, or with another's, is refused."""
    refused(graph.patch(f"{METHODS}/email", body), 400, "Request_BadRequest", message)


def test_the_policy_itself_can_be_changed(graph: Graph) -> None:
    """Its nested settings merge."""
    name = "authenticationMethodsRegistrationCampaign"
    before = graph.read(POLICY)["registrationEnforcement"]
    campaign = {name: {"state": "disabled"}}
    try:
        assert graph.patch(POLICY, {"registrationEnforcement": campaign}).status_code == 204
        read = graph.read(POLICY)["registrationEnforcement"]
    finally:
        graph.patch(POLICY, {"registrationEnforcement": {name: {"state": before[name]["state"]}}})

    assert read["authenticationMethodsRegistrationCampaign"]["state"] == "disabled"
    assert read["authenticationMethodsRegistrationCampaign"]["snoozeDurationInDays"] == 1


def test_the_authorization_policy_can_be_changed(graph: Graph) -> None:
    """What a body leaves out of the users' permissions stays."""
    path = "/policies/authorizationPolicy"
    before = graph.read(path)
    names = ("allowInvitesFrom", "defaultUserRolePermissions")
    assert before["allowInvitesFrom"] == "everyone"
    permissions = {"allowedToCreateSecurityGroups": True}
    change = {"allowInvitesFrom": "none", "defaultUserRolePermissions": permissions}
    try:
        assert graph.patch(path, change).status_code == 204
        read = graph.read(path)
    finally:
        graph.patch(path, {name: before[name] for name in names})

    assert (read["id"], read["allowInvitesFrom"]) == ("authorizationPolicy", "none")
    assert read["defaultUserRolePermissions"]["allowedToCreateSecurityGroups"] is True
    assert read["defaultUserRolePermissions"]["allowedToCreateApps"] is False


def test_applications_are_not_restricted(graph: Graph) -> None:
    """The policy of the credentials that applications may have is there, and off."""
    read = graph.read("/policies/defaultAppManagementPolicy")

    assert read["isEnabled"] is False
    nothing: Json = {"passwordCredentials": [], "keyCredentials": []}
    assert read["applicationRestrictions"] == nothing
    assert read["servicePrincipalRestrictions"] == nothing


@pytest.mark.local_only
@pytest.mark.parametrize("name", ["appManagementPolicies", "crossTenantAccessPolicy"])
def test_other_policies_are_not_there_yet(graph: Graph, name: str) -> None:
    """They are Graph's, and this tenant says that it lacks them."""
    refused(
        graph.get(f"/policies/{name}"),
        501,
        "NotImplemented",
        f"The local tenant does not implement '{name}'. Microsoft Graph may.",
    )
