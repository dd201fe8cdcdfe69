"""`WebApp` as Python callers use it: redirect URIs, secrets that rotate, permissions."""

from __future__ import annotations

from typing import cast

import pulumi
import pytest

from components import (
    ClientSecretArgs,
    WebApp,
    WebAppArgs,
)
from tests.components.program import (
    GRAPH_CLIENT_ID,
    UNKNOWN,
    Deployment,
    Secret,
    deploy,
)


def web_app(secret: ClientSecretArgs | None = None, *, preview: bool = False) -> Deployment:
    """A web app on its own; the outputs are its secrets."""

    def program() -> object:
        args = WebAppArgs(
            display_name="shop",
            redirect_uris=["https://shop.contoso.com/back"],
            secret=secret or ClientSecretArgs(),
        )
        app = WebApp("shop", args)
        return [app.client_secret, app.previous_client_secret]

    return deploy(program, preview=preview)


def unknown(_: str) -> str:
    """What a preview gives for an output that it cannot know."""
    return cast("str", pulumi.UNKNOWN)


def test_a_redirect_uri_may_be_an_output_that_is_not_known_yet() -> None:
    """What follows from an unknown redirect URI is unknown, and the preview goes on."""

    def program() -> object:
        site = pulumi.Output.from_input("https://shop.contoso.com").apply(unknown)
        uri = pulumi.Output.concat(site, "/back")
        app = WebApp("shop", WebAppArgs(display_name="Shop", redirect_uris=[uri]))
        return [app.redirect_uris, app.post_logout_redirect_uri]

    made = deploy(program, preview=True)

    assert made.outputs == [[UNKNOWN], UNKNOWN]
    assert made["Application", "shop"].inputs["displayName"] == "Shop"


def test_customers_return_to_the_origin_unless_told_otherwise() -> None:
    """The URI after signing out is the first redirect URI's origin, or the one that is set."""

    def program() -> object:
        uris = ["https://shop.contoso.com:444/a/b?c=d", "https://other.contoso.com/x"]
        default = WebApp("a", WebAppArgs(display_name="a", redirect_uris=uris))
        chosen = WebApp(
            "b",
            WebAppArgs(
                display_name="b",
                redirect_uris=uris,
                post_logout_redirect_uri="https://shop.contoso.com/bye",
            ),
        )
        return [default.post_logout_redirect_uri, chosen.post_logout_redirect_uri]

    assert deploy(program).outputs == [
        "https://shop.contoso.com:444",
        "https://shop.contoso.com/bye",
    ]


@pytest.mark.parametrize(
    ("registered", "after"),
    [
        (["https://a.example/back", "https://a.example/"], "https://a.example/"),
        (["https://a.example/"], "https://a.example/"),
        (["https://a.example/back", "https://b.example/"], "https://a.example"),
    ],
)
def test_customers_come_back_to_what_is_registered(registered: list[str], after: str) -> None:
    """The service compares it to the letter, its slash included."""
    args = WebAppArgs(display_name="a", redirect_uris=registered)
    made = deploy(lambda: WebApp("a", args).post_logout_redirect_uri)

    assert made.outputs == after


def test_a_rotation_adds_a_secret_and_keeps_the_one_before() -> None:
    """With rotation 3 there are the secrets 3 and 2; both are secret outputs."""
    made = web_app(ClientSecretArgs(rotation=3))

    assert sorted(made.names("ApplicationPassword")) == ["shop-secret-2", "shop-secret-3"]
    assert made.outputs == [Secret("value-of-shop-secret-3"), Secret("value-of-shop-secret-2")]


def test_the_previous_secret_goes_when_it_is_not_kept() -> None:
    """Once applications use the new secret, the old one can be taken away."""
    made = web_app(ClientSecretArgs(rotation=3, keep_previous=False))

    assert made.names("ApplicationPassword") == ["shop-secret-3"]
    assert made.outputs == [Secret("value-of-shop-secret-3"), None]


def test_the_first_secret_has_none_before_it() -> None:
    """Keeping the previous secret means nothing before the first rotation."""
    assert web_app().outputs == [Secret("value-of-shop-secret-1"), None]


def test_a_secret_is_secret_before_it_exists() -> None:
    """A preview hides the secret although it does not know it."""
    assert web_app(preview=True).outputs == [Secret(UNKNOWN), None]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            WebAppArgs(
                display_name="s",
                redirect_uris=["https://contoso.com/back"],
                graph_permissions=["opendi"],
            ),
            "Microsoft.Graph has no scope (delegated permission) opendi; nearest: openid",
        ),
        (
            WebAppArgs(
                display_name="s",
                redirect_uris=["https://contoso.com/back"],
                api_permissions={"files": ["Read"]},
            ),
            "WebApp 'shop': api_permissions.files: unknown API; allowed: a key of apis",
        ),
    ],
)
def test_a_permission_of_nothing_is_an_error_to_read(args: WebAppArgs, said: str) -> None:
    """A permission that Graph does not have, or an API nobody passed, ends the program in words."""
    with pytest.raises(pulumi.RunError) as error:
        deploy(lambda: WebApp("shop", args).client_id)

    assert said in str(error.value)


def test_graph_is_referred_to_by_its_client_id() -> None:
    """Microsoft Graph's client ID is the same in every tenant."""
    accesses = web_app()["Application", "shop"].inputs["requiredResourceAccesses"]

    assert [access["resourceAppId"] for access in accesses] == [GRAPH_CLIENT_ID]
