"""Attributes, identity providers and the tenant's own settings, and how flows refer to them."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components import (
    AttributeDataType,
    CustomerTenant,
    CustomerTenantArgs,
    DaemonAppArgs,
    GoogleArgs,
    IdentityProvider,
    MultiFactorArgs,
    OpenIdConnectArgs,
    SignInPolicyArgs,
    SignUpAttributeArgs,
    SignUpFlowArgs,
    UserAttribute,
    UserAttributeArgs,
    WebAppArgs,
)
from tests.components.program import ORGANIZATION, Deployment, deploy

ACCOUNT = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
PASSCODE = "EmailOtpSignup-OAUTH"
LINKS = ("hideAccountResetCredentials", "hideForgotMyPassword", "hideResetItNow")


def tenant(**parts: Any) -> Deployment:
    """A tenant of these parts, declared."""
    args = CustomerTenantArgs(organization=ORGANIZATION, **parts)
    return deploy(lambda: CustomerTenant("tenant", args).outputs)


def google(**settings: Any) -> GoogleArgs:
    """Google, with a secret."""
    return GoogleArgs(client_id="shop", client_secret="s", **settings)


def shop() -> WebAppArgs:
    """A web application."""
    return WebAppArgs(display_name="Shop", redirect_uris=["https://contoso.com/back"])


def test_a_flow_asks_for_an_attribute_by_its_key() -> None:
    """It gets Graph's id, the attribute's name as label, and an input that fits the type."""
    made = tenant(
        attributes={
            "loyalty": UserAttributeArgs(display_name="Loyalty number"),
            "newsletter": UserAttributeArgs(data_type=AttributeDataType.BOOLEAN),
            "interests": UserAttributeArgs(data_type=AttributeDataType.STRING_COLLECTION),
        },
        user_flows={
            "signin": SignUpFlowArgs(
                attributes=[
                    SignUpAttributeArgs(attribute="city"),
                    SignUpAttributeArgs(attribute="loyalty", label="Card"),
                    SignUpAttributeArgs(attribute="newsletter"),
                    SignUpAttributeArgs(attribute="interests"),
                ]
            )
        },
    )

    assert made["UserFlow", "tenant-signin"].inputs["attributes"] == [
        {"attribute": "city"},
        {"attribute": "id-of-tenant-loyalty", "label": "Card", "inputType": "text"},
        {"attribute": "id-of-tenant-newsletter", "label": "newsletter", "inputType": "boolean"},
        {
            "attribute": "id-of-tenant-interests",
            "label": "interests",
            "inputType": "checkboxMultiSelect",
        },
    ]
    assert made.outputs["attributes"]["loyalty"] == "id-of-tenant-loyalty"
    assert made["UserFlowAttribute", "tenant-newsletter"].inputs["displayName"] == "newsletter"


@pytest.mark.parametrize("force", [False, True])
def test_what_users_have_for_an_attribute_is_never_lost(*, force: bool) -> None:
    """Taken out of the program, the attribute stays in the tenant, unless it has forceDestroy."""
    args = UserAttributeArgs(force_destroy=force)
    made = deploy(lambda: UserAttribute("loyalty", args).attribute_id)

    assert made["UserFlowAttribute", "loyalty"].retain_on_delete is not force


def test_a_flow_offers_an_identity_provider_by_its_key() -> None:
    """It gets the id that Graph gives, comes after it, and may name others by their ids."""
    made = tenant(
        identity_providers={"google": google()},
        user_flows={"signin": SignUpFlowArgs(identity_providers=["Facebook-OAUTH", "google"])},
    )
    flow, provider = made["UserFlow", "tenant-signin"], ("SocialIdentityProvider", "tenant-google")

    assert flow.inputs["identityProviders"] == ["Facebook-OAUTH", "id-of-tenant-google"]
    assert made[provider].urn in flow.dependencies
    assert made.outputs["identityProviders"] == {"google": "id-of-tenant-google"}


def test_microsofts_extensions_come_before_and_stay() -> None:
    """One service principal for all identity providers; it is Microsoft's and never deleted."""
    work = OpenIdConnectArgs(client_id="a", client_secret="s", issuer="https://contoso.example/")
    made = tenant(identity_providers={"google": google(), "work": work})
    (name,) = made.names("MicrosoftServicePrincipal")
    extensions = made["MicrosoftServicePrincipal", name]

    assert extensions.inputs["clientId"] == "99045fe1-7639-4a75-9d4a-577b6ca3810f"
    for kind in (
        ("SocialIdentityProvider", "tenant-google"),
        ("OidcIdentityProvider", "tenant-work"),
    ):
        assert extensions.urn in made[kind].dependencies
    issuer = made["OidcIdentityProvider", "tenant-work"].inputs
    assert issuer["displayName"] == "work"
    assert issuer["wellKnownEndpoint"] == (
        "https://contoso.example/.well-known/openid-configuration"
    )


def test_a_secret_is_a_secret_whoever_says_it() -> None:
    """Even one that a program says in clear is encrypted in the state."""
    args = google()
    made = deploy(lambda: IdentityProvider("google", args).provider_id)

    assert made["SocialIdentityProvider", "google"].secret_outputs == ("clientSecret",)


def test_a_flow_with_the_passcode_comes_after_the_policy_on_it() -> None:
    """Graph refuses a flow that offers what the tenant does not allow yet."""
    made = tenant(
        sign_in=SignInPolicyArgs(email_one_time_passcode=True, password_reset=True, username=False),
        user_flows={
            "otp": SignUpFlowArgs(identity_providers=[PASSCODE]),
            "password": SignUpFlowArgs(),
        },
    )
    policy = made["EmailAuthenticationMethod", "tenant"]

    assert policy.inputs["state"] == policy.inputs["allowExternalIdToUseEmailOtp"] == "enabled"
    assert policy.urn in made["UserFlow", "tenant-otp"].dependencies
    assert policy.urn not in made["UserFlow", "tenant-password"].dependencies
    links = made["LoginPageTextVisibility", "tenant"]
    assert {name: links.inputs[name] for name in LINKS} == dict.fromkeys(LINKS, False)
    assert policy.urn in links.dependencies
    identifier = made["SignInIdentifier", "tenant"].inputs
    assert (identifier["name"], identifier["isEnabled"]) == ("Username", False)


def test_what_is_not_said_of_signing_in_is_left_alone() -> None:
    """No setting of the whole tenant is declared by a stack that has nothing to say of it."""
    made = tenant(user_flows={"otp": SignUpFlowArgs(identity_providers=[PASSCODE])})

    for kind in (
        "EmailAuthenticationMethod",
        "LoginPageTextVisibility",
        "SignInIdentifier",
        "ConditionalAccessPolicy",
    ):
        assert made.names(kind) == []


def test_a_password_reset_is_hidden_alone() -> None:
    """The links go, whatever the tenant allows else."""
    made = tenant(sign_in=SignInPolicyArgs(password_reset=False))

    links = made["LoginPageTextVisibility", "tenant"].inputs
    assert {name: links[name] for name in LINKS} == dict.fromkeys(LINKS, True)
    assert made.names("EmailAuthenticationMethod") == []


def test_a_second_factor_is_reported_first_and_leaves_the_emergency_accounts_out() -> None:
    """It is for the clients that are named, and for all without; only told, it is enforced."""

    def policy(**settings: Any) -> Any:
        second = MultiFactorArgs(emergency_accounts=[ACCOUNT], **settings)
        made = tenant(clients={"shop": shop()}, sign_in=SignInPolicyArgs(multi_factor=second))
        return made["ConditionalAccessPolicy", "tenant"].inputs

    named, everywhere = policy(clients=["shop"]), policy(state="enabled")

    assert named["state"] == "enabledForReportingButNotEnforced"
    assert named["includeApplications"] == ["client-id-of-tenant-shop"]
    assert named["excludeUsers"] == [ACCOUNT]
    assert (everywhere["state"], everywhere["includeApplications"]) == ("enabled", ["All"])


def test_what_cannot_be_is_told_to_a_program_in_its_own_names() -> None:
    """All of it at once, before anything is declared."""
    second = MultiFactorArgs(emergency_accounts=["admin@contoso.com"], clients=["jobs"])
    with pytest.raises(pulumi.RunError) as error:
        tenant(
            clients={"jobs": DaemonAppArgs(display_name="Jobs")},
            attributes={"city": UserAttributeArgs()},
            identity_providers={"google": google(display_name="")},
            sign_in=SignInPolicyArgs(
                email_one_time_passcode=False, password_reset=True, multi_factor=second
            ),
            user_flows={"a": SignUpFlowArgs(identity_providers=[PASSCODE, "gogle"])},
        )

    told = [line.strip().partition(": ")[0] for line in str(error.value).splitlines()[1:]]
    assert told == [
        "attributes.city",
        "identity_providers.google.display_name",
        "sign_in.multi_factor.emergency_accounts[0]",
        "user_flows.a.identity_providers[0]",
        "user_flows.a.identity_providers[1]",
        "sign_in.password_reset",
        "sign_in.multi_factor.clients[0]",
    ]
