"""Every way to sign in, on the real engine: made from nothing, changed in place, given back."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import yaml
from passcode import EMAIL_METHOD, PASSCODE_ALLOWED
from stack_fixture import Stack
from tenant_fixture import PROGRAM

from localtenant.testing_client import FLOWS

SECRETS = {
    "googleClientSecret": "hunter2-of-google",
    "applePrivateKey": "hunter2-of-apple",
    "workClientSecret": "hunter2-of-work",
}
POLICIES = "/identity/conditionalAccess/policies"
PROVIDERS = "/identity/identityProviders"
ATTRIBUTES = "/identity/userFlowAttributes"
USERNAME = "/identity/signInIdentifiers/Username"
HIDDEN = {"loginPageTextVisibilitySettings": {"hideAccountResetCredentials": True}}

SECTIONS: dict[str, Any] = {
    "clients": {
        "shop": {
            "kind": "webApp",
            "displayName": "Shop",
            "redirectUris": ["https://shop.example/back"],
        }
    },
    "attributes": {
        "loyaltyNumber": {"displayName": "Loyalty number", "description": "From the card"},
        "newsletter": {"dataType": "boolean", "forceDestroy": True},
    },
    "identityProviders": {
        "google": {
            "type": "google",
            "clientId": "shop-at-google",
            "clientSecret": {"config": "googleClientSecret"},
        },
        "apple": {
            "type": "apple",
            "developerId": "TEAM",
            "serviceId": "com.contoso.shop",
            "keyId": "KEY",
            "privateKey": {"config": "applePrivateKey"},
        },
        "work": {
            "type": "openIdConnect",
            "clientId": "shop-at-work",
            "clientSecret": {"config": "workClientSecret"},
            "issuer": "https://login.contoso.example",
            "inboundClaimMapping": {"sub": "sub", "email": "email"},
        },
    },
    "userFlows": {
        "customers": {
            "identityProviders": [
                "EmailPassword-OAUTH",
                "EmailOtpSignup-OAUTH",
                "google",
                "work",
            ],
            "attributes": ["displayName", "loyaltyNumber", "newsletter"],
            "clients": ["shop"],
        }
    },
}


def sections(stack: Stack) -> dict[str, Any]:
    """All of it, with a second factor for the shop."""
    second = {"emergencyAccounts": [_emergency_account(stack)], "clients": ["shop"]}
    tenant = {"emailOneTimePasscode": True, "passwordReset": True, "username": True}
    return deepcopy(SECTIONS) | {"signIn": tenant | {"multiFactor": second}}


def _emergency_account(stack: Stack) -> str:
    """The object ID of an account that the policy leaves out."""
    (organization,) = stack.tenant.all("/organization")
    name = f"emergency@{organization['verifiedDomains'][0]['name']}"
    body = {
        "accountEnabled": True,
        "displayName": "Emergency",
        "mailNickname": "emergency",
        "userPrincipalName": name,
        "passwordProfile": {"password": "Break-The-Glass-1"},
    }
    return stack.tenant.admin.post("/users", body).raise_for_status().json()["id"]


def test_every_way_to_sign_in_is_made_changed_and_given_back(stack: Stack) -> None:
    """One configuration from nothing; then no change, edits in place, and an end without loss."""
    forbidden = PASSCODE_ALLOWED | {"allowExternalIdToUseEmailOtp": "disabled"}
    stack.tenant.admin.patch(_branding(stack), HIDDEN).raise_for_status()
    stack.tenant.admin.patch(EMAIL_METHOD, forbidden).raise_for_status()
    before = _tenant_settings(stack)
    configured = sections(stack)
    _configure(stack, configured)
    assert "ciam:identityProviders.google.clientSecret.config: given" in up(stack, succeeds=False)
    types = [one["type"] for one in stack.resources()]
    assert [one for one in types if "providers" not in one] == ["pulumi:pulumi:Stack"]
    for name, secret in SECRETS.items():
        stack.pulumi("config", "set", "--secret", name, secret)
    shown = up(stack)
    outputs = stack.outputs()
    _is_made(stack, outputs)
    _secrets_are_encrypted(stack, shown)
    stack.pulumi("preview", "--expect-no-changes", **owner(stack))
    stack.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes", **owner(stack))
    _changes_in_place(stack, configured, outputs)
    _values_are_warned_of(stack, configured, outputs)
    stack.pulumi("destroy", "--yes", "--skip-preview", **owner(stack))
    assert stack.resources() == []
    left = {one["id"] for one in stack.tenant.all(ATTRIBUTES)}
    assert outputs["attributes"]["loyaltyNumber"] in left
    assert outputs["attributes"]["newsletter"] not in left
    assert not {*outputs["identityProviders"].values()} & _provider_ids(stack)
    assert stack.tenant.all(POLICIES) == []
    assert _tenant_settings(stack) == before


def owner(stack: Stack) -> dict[str, Any]:
    """The variables of one who has every permission that a setting needs."""
    program = stack.tenant.ready.clients[PROGRAM]
    return {"ARM_CLIENT_ID": program.clientId, "ARM_CLIENT_SECRET": program.clientSecret}


def up(stack: Stack, *, succeeds: bool = True) -> str:
    """Bring the stack up as one who may."""
    return stack.pulumi("up", "--yes", "--skip-preview", succeeds=succeeds, **owner(stack))


def _beta(stack: Stack, path: str) -> dict[str, Any]:
    """What Graph has in beta only."""
    return stack.tenant.admin.get(path, version="beta").raise_for_status().json()


def _tenant_settings(stack: Stack) -> tuple[object, ...]:
    """What there is before a stack, and has to be there again after it."""
    passcode = stack.tenant.one(EMAIL_METHOD)
    return (
        passcode["state"],
        passcode["allowExternalIdToUseEmailOtp"],
        _beta(stack, USERNAME)["isEnabled"],
        _hides_reset(stack),
    )


def _branding(stack: Stack) -> str:
    """The path of the tenant's branding."""
    return f"/organization/{stack.tenant.ready.tenantId}/branding"


def _hides_reset(stack: Stack) -> object:
    """Whether the link to a new password is hidden."""
    links = stack.tenant.one(_branding(stack))["loginPageTextVisibilitySettings"]
    return links["hideAccountResetCredentials"]


def _configure(stack: Stack, configured: dict[str, Any]) -> None:
    """Write the sections anew; the secrets that are set stay."""
    before: dict[str, Any] = yaml.safe_load(stack.configuration.read_text())["config"]
    secrets = {name: one for name, one in before.items() if name.partition(":")[2] in SECRETS}
    stack.configure(**configured)
    written: dict[str, Any] = yaml.safe_load(stack.configuration.read_text())
    written["config"] |= secrets
    stack.configuration.write_text(yaml.safe_dump(written))


def _provider_ids(stack: Stack) -> set[str]:
    return {one["id"] for one in _beta(stack, PROVIDERS)["value"]}


def _is_made(stack: Stack, outputs: dict[str, Any]) -> None:
    """What Graph says of each, and what the outputs say."""
    made = outputs["identityProviders"]
    assert set(made) == {"google", "apple", "work"}
    assert {*made.values()} <= _provider_ids(stack)
    flow = stack.tenant.one(f"{FLOWS}/{outputs['userFlows']['customers']['id']}")
    offered = flow["onAuthenticationMethodLoadStart"]["identityProviders"]
    assert {one["id"] for one in offered} == {
        "EmailPassword-OAUTH",
        "EmailOtpSignup-OAUTH",
        made["google"],
        made["work"],
    }
    page = flow["onAttributeCollection"]["attributeCollectionPage"]["views"][0]["inputs"]
    inputs = {one["attribute"]: one for one in page}
    attributes = outputs["attributes"]
    assert attributes["loyaltyNumber"].endswith("_Loyaltynumber")
    assert inputs[attributes["loyaltyNumber"]]["label"] == "Loyalty number"
    assert inputs[attributes["loyaltyNumber"]]["inputType"] == "text"
    assert inputs[attributes["newsletter"]]["inputType"] == "boolean"
    (policy,) = stack.tenant.all(POLICIES)
    assert policy["state"] == "enabledForReportingButNotEnforced"
    assert policy["conditions"]["applications"]["includeApplications"] == [
        outputs["clients"]["shop"]["clientId"]
    ]
    assert _beta(stack, USERNAME)["isEnabled"] is True
    assert _hides_reset(stack) is False


def _secrets_are_encrypted(stack: Stack, shown: str) -> None:
    """Neither what is shown nor the state has one of them in clear."""
    state = stack.pulumi("stack", "export")
    in_clear = stack.pulumi("stack", "export", "--show-secrets")
    for secret in SECRETS.values():
        assert secret not in shown
        assert secret not in state
        assert secret in in_clear


def _changes_in_place(stack: Stack, configured: dict[str, Any], outputs: dict[str, Any]) -> None:
    """Other names, another secret, an enforced policy, a flow that offers less: no new object."""
    stack.pulumi("config", "set", "--secret", "googleClientSecret", "hunter2-of-next-year")
    configured["attributes"]["loyaltyNumber"]["description"] = "From the app"
    configured["identityProviders"]["work"]["displayName"] = "Contoso"
    configured["userFlows"]["customers"]["identityProviders"].remove("work")
    configured["signIn"]["multiFactor"]["state"] = "enabled"
    configured["signIn"]["username"] = False
    _configure(stack, configured)
    up(stack)
    after = stack.outputs()
    for section in ("attributes", "identityProviders", "userFlows"):
        assert after[section] == outputs[section]
    (policy,) = stack.tenant.all(POLICIES)
    assert policy["state"] == "enabled"
    assert _beta(stack, USERNAME)["isEnabled"] is False
    described = {one["id"]: one.get("description") for one in stack.tenant.all(ATTRIBUTES)}
    assert described[outputs["attributes"]["loyaltyNumber"]] == "From the app"
    stack.pulumi("preview", "--expect-no-changes", **owner(stack))


def _values_are_warned_of(
    stack: Stack, configured: dict[str, Any], outputs: dict[str, Any]
) -> None:
    """A preview tells how many users have a value for what goes, or that it could not count."""
    kept, deleted = (outputs["attributes"][one] for one in ("loyaltyNumber", "newsletter"))
    assert "have a value" not in stack.pulumi("preview", **owner(stack))
    stack.tenant.admin.user(**{kept: "1", deleted: False})
    stack.tenant.admin.user(**{deleted: True})
    assert (
        f"2 users have a value for the user attribute 'newsletter' ({deleted}), which has "
        "forceDestroy." in stack.pulumi("preview", **owner(stack))
    )

    without = deepcopy(configured)
    without["attributes"].clear()
    without["userFlows"]["customers"]["attributes"] = ["displayName"]
    _configure(stack, without)
    told = stack.pulumi("preview", **owner(stack))
    refused = stack.pulumi("preview")
    _configure(stack, configured)

    assert f"({deleted}) is deleted, and with it the values that 2 users have for it." in told
    assert f"({kept}) is taken out of the configuration. It stays in the tenant" in told
    assert "with the values that 1 user has for it, and this stack lets go of it." in told
    assert "How many users have one could not be told: Could not count the users" in refused
    assert "Grant the application that signs in the Graph permission User.Read.All" in refused
