"""Checks of inputs: defaults, and everything that is wrong, each with its path."""

from __future__ import annotations

from typing import Any

import pytest

from engine.azuread.resources import RESOURCES
from engine.azuread.values import UNKNOWN, Properties

APPLICATION = RESOURCES["azuread:index/application:Application"]
PASSWORD = RESOURCES["azuread:index/applicationPassword:ApplicationPassword"]
PRINCIPAL = RESOURCES["azuread:index/servicePrincipal:ServicePrincipal"]
GUID = "00000003-0000-0000-c000-000000000000"
OTHER = "00000003-0000-0000-c000-000000000001"


def role(identifier: str, value: str) -> Properties:
    """An app role."""
    return {
        "id": identifier,
        "value": value,
        "displayName": value,
        "description": value,
        "allowedMemberTypes": ["Application"],
    }


def failures(inputs: Properties) -> dict[str, str]:
    """What is wrong with an application's inputs, by path."""
    _, found = APPLICATION.check({"displayName": "app", **inputs})
    return {failure.path: failure.reason for failure in found}


def test_defaults_are_those_of_the_plugin() -> None:
    """What is left out gets the plugin's default, inside blocks as well."""
    scope: Properties = {"id": GUID}
    filled, found = APPLICATION.check(
        {
            "displayName": "app",
            "api": {"oauth2PermissionScopes": [scope]},
            "appRoles": [role(OTHER, "A")],
            "optionalClaims": {"idTokens": [{"name": "email"}]},
        }
    )
    assert found == []
    assert filled["signInAudience"] == "AzureADMyOrg"
    assert filled["api"]["requestedAccessTokenVersion"] == 1
    assert filled["api"]["oauth2PermissionScopes"] == [
        {"id": GUID, "enabled": True, "type": "User"}
    ]
    assert filled["appRoles"][0]["enabled"] is True
    # The plugin records no default that is false.
    assert "preventDuplicateNames" not in filled
    assert filled["optionalClaims"]["idTokens"] == [{"name": "email"}]
    assert PRINCIPAL.check({"clientId": GUID})[0]["accountEnabled"] is True


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """Each failure has its own path, and says what is expected."""
    found = failures(
        {
            "owners": ["me"],
            "signInAudience": "Everybody",
            "web": {"redirectUris": ["http://localhost", "ftp://localhost/"]},
            "api": {"oauth2PermissionScopes": [{"id": GUID, "value": ".x"}]},
            "appRoles": "all",
        }
    )
    assert set(found) == {
        "owners[0]",
        "signInAudience",
        "web.redirectUris[0]",
        "web.redirectUris[1]",
        "api.oauth2PermissionScopes[0].value",
        "appRoles",
    }
    assert "GUID" in found["owners[0]"]
    assert "slash" in found["web.redirectUris[0]"]
    assert "AzureADMultipleOrgs" in found["signInAudience"]


def test_missing_and_misspelt_properties_are_named() -> None:
    """A required property that is missing and one that nobody knows are failures."""
    _, found = APPLICATION.check({"displayname": "app"})
    assert {failure.path for failure in found} == {"displayname", "displayName"}
    assert "displayName" in next(one for one in found if one.path == "displayname").reason


@pytest.mark.parametrize("name", ["password", "templateId"])
def test_what_only_the_official_plugin_does_is_refused(name: str) -> None:
    """A property of the real plugin that is not supported says what to do instead."""
    assert "official" in failures({name: "x"})[name]


def test_unknown_values_are_right_for_now() -> None:
    """In a preview any value may be unknown, and nothing is held against it."""
    unknown = {
        "displayName": UNKNOWN,
        "owners": [UNKNOWN],
        "api": UNKNOWN,
        "appRoles": [{**role(GUID, UNKNOWN), "allowedMemberTypes": UNKNOWN}],
        "signInAudience": UNKNOWN,
    }
    assert failures(unknown) == {}


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"tags": ["a"], "featureTags": [{"hide": True}]}, "tags"),
        ({"signInAudience": "PersonalMicrosoftAccount"}, "api.requestedAccessTokenVersion"),
        ({"appRoles": [role(GUID, "A"), role(GUID, "B")]}, "appRoles"),
        ({"appRoles": [role(GUID, "A"), role(OTHER, "A")]}, "appRoles"),
        (
            {
                "appRoles": [role(GUID, "A")],
                "api": {"oauth2PermissionScopes": [{"id": OTHER, "value": "A"}]},
            },
            "api.oauth2PermissionScopes",
        ),
    ],
)
def test_conflicts_between_properties(inputs: dict[str, Any], path: str) -> None:
    """Properties that are right alone and wrong together are a failure."""
    assert list(failures(inputs)) == [path]


def test_a_role_may_have_a_twin_scope() -> None:
    """A role and a scope may share both id and value."""
    twins = {
        "appRoles": [role(GUID, "A")],
        "api": {"oauth2PermissionScopes": [{"id": GUID, "value": "A"}]},
    }
    assert failures(twins) == {}


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"applicationId": GUID}, "applicationId"),
        ({"endDate": "2027-01-02"}, "endDate"),
        ({"endDate": "soon"}, "endDate"),
        ({"endDateRelative": "24h"}, "endDateRelative"),
        (
            {"startDate": "2027-01-02T00:00:00Z", "endDate": "2027-01-01T00:00:00Z"},
            "endDate",
        ),
    ],
)
def test_secrets_need_an_application_and_real_dates(inputs: Properties, path: str) -> None:
    """An application is named by its resource id, dates by an instant, and the end comes last."""
    _, found = PASSWORD.check({"applicationId": f"/applications/{GUID}", **inputs})
    assert [failure.path for failure in found] == [path]
