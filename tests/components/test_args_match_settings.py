"""Settings and Args are two idioms for the same thing: field by field, default by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, cast

import pytest

from components import (
    AppleArgs,
    AttributeOptionArgs,
    CertificateArgs,
    ClientSecretArgs,
    CustomerTenantArgs,
    DaemonAppArgs,
    FacebookArgs,
    FederatedCredentialArgs,
    GoogleArgs,
    LinksArgs,
    MultiFactorArgs,
    NativeAppArgs,
    OpenIdConnectArgs,
    OptionalClaimArgs,
    OptionalClaimsArgs,
    RoleArgs,
    ScopeArgs,
    SignInPolicyArgs,
    SignUpAttributeArgs,
    SignUpFlowArgs,
    SinglePageAppArgs,
    TenantArgs,
    UserAttributeArgs,
    WebApiArgs,
    WebAppArgs,
)
from components.args import Args
from components.settings.base import SettingsModel
from components.settings.credentials import (
    CertificateSettings,
    ClientSecretSettings,
    FederatedCredentialSettings,
)
from components.settings.daemon_app import DaemonAppSettings
from components.settings.identity_provider import (
    AppleSettings,
    FacebookSettings,
    GoogleSettings,
    OpenIdConnectSettings,
)
from components.settings.links import LinksSettings
from components.settings.native_app import NativeAppSettings
from components.settings.optional_claims import OptionalClaimSettings, OptionalClaimsSettings
from components.settings.root import Settings
from components.settings.sign_in import MultiFactorSettings, SignInSettings
from components.settings.single_page_app import SinglePageAppSettings
from components.settings.tenant import TenantSettings
from components.settings.user_attribute import UserAttributeSettings
from components.settings.user_flow import (
    AttributeOptionSettings,
    SignUpFlowSettings,
    UserFlowAttributeSettings,
)
from components.settings.web_api import RoleSettings, ScopeSettings, WebApiSettings
from components.settings.web_app import WebAppSettings

_CLIENT = {"apis", "deployer"}

PAIRS: list[tuple[type[SettingsModel], type[Any], set[str], set[str]]] = [
    # settings, Args, what only the YAML needs, what only Python can say
    (Settings, CustomerTenantArgs, set(), {"organization"}),
    (TenantSettings, TenantArgs, set(), set()),
    (WebApiSettings, WebApiArgs, set(), {*_CLIENT, "clients", "graph"}),
    (ScopeSettings, ScopeArgs, set(), set()),
    (RoleSettings, RoleArgs, set(), set()),
    (OptionalClaimsSettings, OptionalClaimsArgs, set(), set()),
    (OptionalClaimSettings, OptionalClaimArgs, set(), set()),
    (LinksSettings, LinksArgs, set(), set()),
    (WebAppSettings, WebAppArgs, {"kind"}, {*_CLIENT, "graph"}),
    (SinglePageAppSettings, SinglePageAppArgs, {"kind"}, {*_CLIENT, "graph"}),
    (NativeAppSettings, NativeAppArgs, {"kind"}, {*_CLIENT, "graph"}),
    (DaemonAppSettings, DaemonAppArgs, {"kind"}, _CLIENT),
    (ClientSecretSettings, ClientSecretArgs, set(), set()),
    (CertificateSettings, CertificateArgs, set(), set()),
    (FederatedCredentialSettings, FederatedCredentialArgs, set(), set()),
    (
        SignUpFlowSettings,
        SignUpFlowArgs,
        set(),
        {"applications", "custom_attributes", "identity_provider_ids", "after"},
    ),
    (UserAttributeSettings, UserAttributeArgs, set(), set()),
    (GoogleSettings, GoogleArgs, {"type"}, {"extensions"}),
    (FacebookSettings, FacebookArgs, {"type"}, {"extensions"}),
    (AppleSettings, AppleArgs, {"type"}, {"extensions"}),
    (OpenIdConnectSettings, OpenIdConnectArgs, {"type"}, {"extensions"}),
    (SignInSettings, SignInPolicyArgs, set(), {"applications"}),
    (MultiFactorSettings, MultiFactorArgs, set(), set()),
    (UserFlowAttributeSettings, SignUpAttributeArgs, set(), set()),
    (AttributeOptionSettings, AttributeOptionArgs, set(), set()),
]

REQUIRED = "required"


def plain(value: object) -> object:
    """A default without the differences between the two idioms."""
    if isinstance(value, SettingsModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Args):
        return {name: plain(getattr(value, name)) for name in value.settings.model_fields}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("Sequence[object]", value)]
    return value.value if isinstance(value, Enum) else value


def settings_defaults(model: type[SettingsModel]) -> dict[str, object]:
    """Each field's default; REQUIRED where it has none."""
    return {
        name: REQUIRED
        if field.is_required()
        else plain(field.get_default(call_default_factory=True, validated_data={}))
        for name, field in model.model_fields.items()
    }


def args_defaults(args: type[Any]) -> dict[str, object]:
    """Each field's default; REQUIRED where it has none."""
    defaults: dict[str, object] = {}
    for one in fields(args):
        if one.default_factory is not MISSING:
            defaults[one.name] = plain(one.default_factory())
        else:
            defaults[one.name] = REQUIRED if one.default is MISSING else plain(one.default)
    return defaults


@pytest.mark.parametrize(
    ("model", "args", "yaml_only", "python_only"),
    PAIRS,
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_fields_and_defaults_are_the_same(
    model: type[SettingsModel], args: type[Any], yaml_only: set[str], python_only: set[str]
) -> None:
    """What can be said in YAML can be said in Python, and means the same when it is not said."""
    of_settings, of_args = settings_defaults(model), args_defaults(args)

    assert args.settings is model

    assert yaml_only <= of_settings.keys()
    assert python_only <= of_args.keys()
    assert {name: one for name, one in of_settings.items() if name not in yaml_only} == {
        name: one for name, one in of_args.items() if name not in python_only
    }


def test_every_settings_model_is_compared() -> None:
    """A new settings model needs its Args and a line above; what models share stands in each."""

    def models(model: type[SettingsModel]) -> set[type[SettingsModel]]:
        below = model.__subclasses__()
        return set[type[SettingsModel]]().union(*map(models, below)) if below else {model}

    assert models(SettingsModel) == {model for model, *_ in PAIRS}


def test_every_setting_is_described() -> None:
    """Each field says what it is, and its default or that there is none to say."""
    for model, *_ in PAIRS:
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            if not field.is_required() and model is not Settings and name != "tenant":
                assert "Default: " in field.description or field.default_factory, (
                    f"{model.__name__}.{name} does not say its default"
                )
