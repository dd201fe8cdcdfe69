"""How Pulumi's dynamic-provider host sees the providers."""

from __future__ import annotations

import asyncio
import base64
import pkgutil
from typing import Any, cast

import dill
import pulumi
import pytest
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.dynamic.dynamic import (
    serialize_provider,  # pyright: ignore[reportUnknownVariableType] -- untyped in Pulumi
)
from pulumi.output import Unknown
from pulumi.runtime.rpc import UNKNOWN
from sign_in import lookup, trust
from tenant_fixture import Tenant

from providers.graph import session
from providers.hosting import LifecycleProvider
from providers.kinds import lifecycles
from providers.lifecycle import Lifecycle
from providers.user_flow import UserFlow, UserFlowArgs, UserFlowAttributeArgs, UserFlowProvider
from providers.user_flow_application import UserFlowApplicationProvider

RECORDED = {
    "providers.user_flow:UserFlowProvider": "pulumi-python:dynamic/ciam:UserFlow",
    "providers.user_flow_application:UserFlowApplicationProvider": (
        "pulumi-python:dynamic/ciam:UserFlowApplication"
    ),
    "providers.user_flow_attribute:UserFlowAttributeProvider": (
        "pulumi-python:dynamic/ciam:UserFlowAttribute"
    ),
    "providers.identity_provider:SocialIdentityProviderProvider": (
        "pulumi-python:dynamic/ciam:SocialIdentityProvider"
    ),
    "providers.identity_provider:AppleIdentityProviderProvider": (
        "pulumi-python:dynamic/ciam:AppleIdentityProvider"
    ),
    "providers.identity_provider:OidcIdentityProviderProvider": (
        "pulumi-python:dynamic/ciam:OidcIdentityProvider"
    ),
    "providers.authentication_method:EmailAuthenticationMethodProvider": (
        "pulumi-python:dynamic/ciam:EmailAuthenticationMethod"
    ),
    "providers.login_page_text_visibility:LoginPageTextVisibilityProvider": (
        "pulumi-python:dynamic/ciam:LoginPageTextVisibility"
    ),
    "providers.sign_in_identifier:SignInIdentifierProvider": (
        "pulumi-python:dynamic/ciam:SignInIdentifier"
    ),
    "providers.conditional_access_policy:ConditionalAccessPolicyProvider": (
        "pulumi-python:dynamic/ciam:ConditionalAccessPolicy"
    ),
    "providers.application_properties:ApplicationPropertiesProvider": (
        "pulumi-python:dynamic/ciam:ApplicationProperties"
    ),
    "providers.microsoft_service_principal:MicrosoftServicePrincipalProvider": (
        "pulumi-python:dynamic/ciam:MicrosoftServicePrincipal"
    ),
}
"""What users' states hold: the provider's class, and the type of its resource. Only ever grows."""

INPUTS: dict[str, Any] = {
    "displayName": "Customers",
    "identityProviders": ["EmailPassword-OAUTH"],
    "__provider": "pickled",
}


@pytest.mark.parametrize("path", RECORDED)
def test_every_recorded_provider_still_exists(path: str) -> None:
    """A state made by any earlier version finds its provider's class, and that its lifecycle."""
    provider = pkgutil.resolve_name(path)
    assert issubclass(provider, LifecycleProvider)
    assert isinstance(pkgutil.resolve_name(provider.lifecycle_path)(), Lifecycle)


def test_the_resource_types_are_the_recorded_ones() -> None:
    """A renamed type would replace every object of it."""
    assert sorted(lifecycles()) == sorted(RECORDED.values())


@pytest.mark.parametrize("provider", [UserFlowProvider, UserFlowApplicationProvider])
def test_a_provider_is_recorded_by_name_alone(provider: type[LifecycleProvider]) -> None:
    """Nothing of an instance is in the state, so code can change without a change of resources."""
    recorded = base64.b64decode(serialize_provider(provider()))
    assert len(recorded) < 120
    assert type(dill.loads(recorded)) is provider  # noqa: S301 -- pickled just above


def test_check_tells_every_problem_and_fills_in_defaults() -> None:
    """What is wrong is a failure by property; what is right comes back complete."""
    bad = UserFlowProvider().check({}, {"displayName": "", "identityProviders": []})
    assert [one.property for one in bad.failures] == ["displayName", "identityProviders"]

    good = UserFlowProvider().check({}, {**INPUTS, "attributes": [{"attribute": "city"}]})
    assert good.failures == []
    assert good.inputs["attributes"][0]["label"] == "City"
    assert "isSignUpAllowed" not in good.inputs


def test_check_bears_what_is_not_known_yet() -> None:
    """In a preview an unknown stays unknown, wherever it stands, and is no problem."""
    inputs = {**INPUTS, "displayName": Unknown(), "attributes": [{"attribute": Unknown()}]}
    checked = UserFlowProvider().check({}, inputs)
    assert checked.failures == []
    assert checked.inputs["displayName"] == UNKNOWN
    assert checked.inputs["attributes"][0]["attribute"] == UNKNOWN


def test_diff_compares_declared_inputs_only() -> None:
    """A provider that is pickled differently, or an output that is no input, is no change."""
    outputs = {**INPUTS, "tenantId": "t", "adopted": False, "__provider": "pickled before"}
    assert UserFlowProvider().diff("id", outputs, dict(INPUTS)).changes is False
    assert UserFlowProvider().diff("id", outputs, {**INPUTS, "displayName": "X"}).changes is True


def test_another_flow_replaces_after_the_old_one_is_deleted() -> None:
    """The host passes on which inputs replace, also one that is not known yet."""
    olds: dict[str, Any] = {"userFlowId": "a", "clientId": "c", "tenantId": "t", "adopted": False}
    diff = UserFlowApplicationProvider().diff("a/c", olds, {**olds, "userFlowId": Unknown()})
    assert diff.replaces == ["userFlowId"]
    assert diff.delete_before_replace is True


def test_a_life_as_the_host_leads_it(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Configure, create, read, update, delete: full outputs each time, inputs rewritten on read."""
    trust(monkeypatch, tenant)
    monkeypatch.setattr(session, "_session", None)
    monkeypatch.setattr("sys.tracebacklimit", 1000, raising=False)
    provider, find = UserFlowProvider(), lookup(tenant)
    config = {f"azuread:{key}": value for key in _KEYS if (value := find(key)) is not None}
    provider.configure(ConfigureRequest(Config(config, "ciam")))

    inputs = provider.check({}, {**INPUTS, "displayName": name}).inputs
    made = provider.create(inputs)
    outputs = {**(made.outs or {}), "__provider": "pickled"}
    read = provider.read(made.id, outputs)
    assert (read.id, read.outs) == (made.id, made.outs)
    assert read.inputs == {key: value for key, value in inputs.items() if key != "__provider"}

    changed = {**inputs, "displayName": f"{name} changed"}
    updated = provider.update(made.id, outputs, changed).outs or {}
    assert updated == {**(made.outs or {}), "displayName": f"{name} changed"}
    provider.delete(made.id, updated)
    gone = provider.read(made.id, updated)
    assert (gone.id, gone.outs) == ("", {})


_KEYS = ("tenantId", "clientId", "clientSecret", "metadataHost")


class Engine(pulumi.runtime.Mocks):
    """Pulumi's own mock of the engine: remembers what is registered."""

    def __init__(self) -> None:
        """Nothing is registered yet."""
        self.inputs: dict[str, Any] = {}

    def new_resource(
        self, args: pulumi.runtime.MockResourceArgs
    ) -> tuple[str | None, dict[Any, Any]]:
        """Give an ID and the inputs back."""
        given = cast("dict[str, Any]", args.inputs)
        self.inputs = {key: value for key, value in given.items() if key != "__provider"}
        return "flow-id", self.inputs

    def call(
        self, args: pulumi.runtime.MockCallArgs
    ) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        """No function is called."""
        raise AssertionError(args.token)


def test_properties_are_camel_case_in_the_state_and_snake_case_in_python() -> None:
    """Nested ones too; what is not given is not sent."""
    # Pulumi's mocks run on the current loop, and `asyncio.run` of another test leaves none.
    asyncio.set_event_loop(asyncio.new_event_loop())
    engine = Engine()
    pulumi.runtime.set_mocks(engine, "ciam", "test")
    args = UserFlowArgs(
        display_name="Customers",
        identity_providers=["EmailPassword-OAUTH"],
        attributes=[UserFlowAttributeArgs(attribute="city", write_to_directory=False)],
    )
    seen: list[object] = []

    @pulumi.runtime.test
    def declare() -> pulumi.Output[None]:
        flow = UserFlow("customers", args)
        return pulumi.Output.all(flow.display_name, flow.attributes).apply(seen.extend)

    declare()
    attribute = {"attribute": "city", "writeToDirectory": False}
    assert engine.inputs == {
        "displayName": "Customers",
        "identityProviders": ["EmailPassword-OAUTH"],
        "attributes": [attribute],
    }
    assert seen == ["Customers", [{"attribute": "city", "write_to_directory": False}]]
