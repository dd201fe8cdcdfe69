"""The project's settings: all of the stack's configuration below `ciam:`."""

from __future__ import annotations

from pydantic import Field

from components.settings.base import Key, SettingsModel
from components.settings.clients import AnyClientSettings
from components.settings.identity_provider import AnyIdentityProviderSettings, IdentityProviderKey
from components.settings.sign_in import SignInSettings
from components.settings.tenant import TenantSettings
from components.settings.user_attribute import AttributeKey, UserAttributeSettings
from components.settings.user_flow import SignUpFlowSettings
from components.settings.web_api import WebApiSettings

_SEED = (
    "With none of ciam:apis, ciam:clients and ciam:userFlows set, the stack makes the tenant of "
    "Microsoft's page on preparing one; with any of them set, a missing one means none."
)


class Settings(SettingsModel):
    """What the tenant is made of, by key. Keys name objects in the state and in the outputs."""

    tenant: TenantSettings = Field(
        default_factory=TenantSettings,
        description="Where customers sign in, when it is not where External ID puts it.",
    )
    apis: dict[Key, WebApiSettings] = Field(
        default={}, description=f"The APIs that clients call, by key. {_SEED}"
    )
    clients: dict[Key, AnyClientSettings] = Field(
        default={},
        description=f"The applications that sign customers in or call APIs, by key. {_SEED}",
    )
    user_flows: dict[Key, SignUpFlowSettings] = Field(
        default={}, description=f"The user flows for signing up and signing in, by key. {_SEED}"
    )
    attributes: dict[AttributeKey, UserAttributeSettings] = Field(
        default={},
        description="Custom user attributes, by key, which user flows ask for. Default: none.",
    )
    identity_providers: dict[IdentityProviderKey, AnyIdentityProviderSettings] = Field(
        default={},
        description=(
            "Other accounts with which customers sign in, by key, each of a type (google, "
            "facebook, apple, openIdConnect); user flows offer them. Default: none."
        ),
    )
    sign_in: SignInSettings = Field(
        default_factory=SignInSettings,
        description=(
            "What the whole tenant allows when customers sign in: the email one-time passcode, "
            "user names, a second factor. Default: left alone."
        ),
    )
