"""The Args of Python callers obey the rules of the stack's configuration, outputs included."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import pulumi
import pytest
from pulumi.runtime import mocks

from components import (
    AttributeOptionArgs,
    ClientSecretArgs,
    CustomerTenant,
    CustomerTenantArgs,
    RoleArgs,
    ScopeArgs,
    SignUpAttributeArgs,
    SignUpFlow,
    SignUpFlowArgs,
    TenantArgs,
    WebApi,
    WebApiArgs,
    WebApp,
    WebAppArgs,
)
from components.args import ArgsError
from tests.components.program import ORGANIZATION, UNKNOWN, deploy

HTTP_ONLY = "https://; http:// is for localhost and 127.0.0.1 only"
SCOPE = ScopeArgs(
    value="Read", admin_consent_display_name="Read", admin_consent_description="Reads"
)


def shop(*uris: pulumi.Input[str], **other: object) -> WebAppArgs:
    """A web app with these redirect URIs."""
    return WebAppArgs(display_name="Shop", redirect_uris=uris, **other)  # pyright: ignore[reportArgumentType] -- any other field


def later(value: object) -> pulumi.Output[str]:
    """An output of another resource."""
    return cast("pulumi.Output[str]", pulumi.Output.from_input(value))


def declared() -> list[object]:
    """What the program declared before it ended."""
    engine = pulumi.runtime.settings.get_monitor()
    assert isinstance(engine, mocks.MockMonitor)
    return list(engine.resources)


def refusal_of(program: Callable[[], object]) -> ArgsError:
    """The error that ends the program."""
    with pytest.raises(ArgsError) as error:
        deploy(program)
    return error.value


def test_plain_values_are_told_together_and_nothing_is_declared() -> None:
    """Form, references and nested Args: one error with every problem, in the fields' names."""
    error = refusal_of(
        lambda: WebApp(
            "shop",
            shop(
                "https://shop.contoso.com/back",
                "http://shop.contoso.com/back",
                description="d" * 1025,
                secret=ClientSecretArgs(lifetime="6 months", rotation=0),
                api_permissions={"files": ["Read"]},
            ),
        )
    )

    first, *lines = str(error).splitlines()
    assert first == "WebApp 'shop' has 5 problems"
    assert [line.split(": ")[0] for line in lines] == [
        "  description",
        "  redirect_uris[1]",
        "  secret.lifetime",
        "  secret.rotation",
        "  api_permissions.files",
    ]
    assert lines[1] == (
        f'  redirect_uris[1]: given "http://shop.contoso.com/back"; allowed: {HTTP_ONLY}'
    )
    assert declared() == []


def test_one_problem_is_one_line() -> None:
    """An API with a role of a scope's value says so in one line."""
    roles = [RoleArgs(value="Read", description="Reads")]
    error = refusal_of(
        lambda: WebApi("files", WebApiArgs(display_name="Files", scopes=[SCOPE], roles=roles))
    )

    assert str(error) == (
        "WebApi 'files': roles[0].value: given \"Read\", a second time; "
        "allowed: a value that no other scope or app role of the API has"
    )
    assert declared() == []


def test_a_tenant_tells_the_mistakes_of_all_its_parts() -> None:
    """What is wrong in each part and between the parts is one error before anything is declared."""
    args = CustomerTenantArgs(
        organization=ORGANIZATION,
        tenant=TenantArgs(subdomain="a.b"),
        apis={"files": WebApiArgs(display_name="b2c-extensions-app", scopes=[SCOPE])},
        clients={
            "web": shop("x", api_permissions={"files": ["Raed"]}),
            "other": shop(later("https://contoso.com/")),
        },
        user_flows={
            "a": SignUpFlowArgs(clients=["web"]),
            "b": SignUpFlowArgs(clients=["web", "wep"], identity_providers=[]),
        },
    )
    error = refusal_of(lambda: CustomerTenant("tenant", args))

    assert [problem.path for problem in error.problems] == [
        "tenant.subdomain",
        "apis.files.display_name",
        "clients.web.redirect_uris[0]",
        "user_flows.b.identity_providers",
        "clients.web.api_permissions.files[0]",
        "user_flows.b.clients[0]",
        "user_flows.b.clients[1]",
        "clients.other.display_name",
    ]
    assert declared() == []


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            lambda: WebApp("shop", shop("https://contoso.com/", later("http://contoso.com/"))),
            f"WebApp 'shop': redirect_uris[1]: given \"http://contoso.com/\"; allowed: {HTTP_ONLY}",
        ),
        (
            lambda: WebApi("files", WebApiArgs(display_name=later("B2C-extensions-app"))),
            "WebApi 'files': display_name: given \"B2C-extensions-app\"; allowed: a name that",
        ),
        (
            lambda: WebApi(
                "files",
                WebApiArgs(
                    display_name="Files", roles=[RoleArgs(value="A", description=later(""))]
                ),
            ),
            "WebApi 'files': roles[0].description: given \"\"; allowed: a text that is not empty",
        ),
        (
            lambda: SignUpFlow(
                "signin",
                SignUpFlowArgs(
                    attributes=[
                        SignUpAttributeArgs(
                            attribute="city",
                            options=[AttributeOptionArgs(label="Berlin", value=later(7))],
                        )
                    ]
                ),
            ),
            "SignUpFlow 'signin': attributes[0].options[0].value: given 7; allowed: a text",
        ),
        (
            lambda: WebApp("shop", shop(pulumi.Output.secret("http://hunter2.contoso.com/"))),
            f"WebApp 'shop': redirect_uris[0]: given a secret; allowed: {HTTP_ONLY}",
        ),
    ],
    ids=["redirect URI", "name", "nested", "nested twice", "secret"],
)
def test_an_output_is_held_to_the_same_rules_once_it_is_known(
    program: Callable[[], object], said: str
) -> None:
    """The one line of the settings, under the name of Python's field; a secret is not shown."""
    with pytest.raises(pulumi.RunError, match=re.escape(said)) as error:
        deploy(program)

    assert "hunter2" not in str(error.value)


def test_an_output_that_is_right_arrives_unchanged() -> None:
    """Its value, and that it is a secret where it is one."""

    def program() -> object:
        flow = SignUpFlow("signin", SignUpFlowArgs(display_name=later("Sign in")))
        uris = [later("https://contoso.com/a"), "https://contoso.com/b"]
        app = WebApp("shop", shop(*uris, description=pulumi.Output.secret("A shop")))
        return [flow.display_name, app.redirect_uris]

    made = deploy(program)

    assert made.outputs == ["Sign in", ["https://contoso.com/a", "https://contoso.com/b"]]
    application = made["Application", "shop"].inputs
    assert application["web"]["redirectUris"] == ["https://contoso.com/a", "https://contoso.com/b"]
    assert "A shop" in str(application["description"])


def test_a_preview_passes_over_what_it_does_not_know() -> None:
    """An unknown output is no mistake, and stays unknown."""

    def program() -> object:
        unknown = later("x").apply(lambda _: cast("str", pulumi.UNKNOWN))
        return WebApp("shop", shop("https://contoso.com/a", unknown)).redirect_uris

    assert deploy(program, preview=True).outputs == ["https://contoso.com/a", UNKNOWN]
