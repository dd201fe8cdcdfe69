"""What an application asks of the sign-in itself: ``prompt``, ``max_age``, ``domain_hint``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, application, customer, in_flow
from signing_browser import Browser, interaction_id, redirect_refused, returned

from localtenant.testing_bodies import flow_body

if TYPE_CHECKING:
    from customer_browser import App, Browse, Customer
    from signing_in import SignIns

    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def step_of(signing: SignIns, browser: Browser, **parameters: str) -> str:
    """Ask for a sign-in to the web application; the step of the pages where it begins."""
    asked = browser.authorize(signing.web, **parameters)
    name = interaction_id(asked)
    led = browser.ask(asked.headers["location"])
    assert led.status == 303, led.content
    return led.headers["location"].rpartition(name)[2]


@pytest.mark.parametrize(
    ("prompt", "step"),
    [("login", "/email"), ("select_account", "/accounts"), ("create", "/create")],
)
def test_prompts_that_ask_somebody(signing: SignIns, prompt: str, step: str) -> None:
    """Whoever is signed in is not taken for an answer: each has its own page."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    assert step_of(signing, browser, prompt=prompt) == step


def test_nobody_can_be_picked_before_anybody_has_signed_in(signing: SignIns) -> None:
    """An empty picker is no page."""
    assert step_of(signing, Browser(signing), prompt="select_account") == "/email"


@pytest.mark.parametrize("prompt", ["none", "consent"])
def test_prompts_that_ask_nobody(signing: SignIns, prompt: str) -> None:
    """Consent is an administrator's: its page is none that customers see."""
    browser = Browser(signing)
    browser.signed_in(signing.web)

    assert "code" in returned(browser.authorize(signing.web, prompt=prompt))


def test_consent_page_grants_nothing(signing: SignIns) -> None:
    """Whoever asks for consent to what no administrator consented to is refused as without."""
    browser = Browser(signing)
    browser.signed_in(signing.web)
    scope = f"api://{signing.api.client_id}/Todo.ReadWrite openid"

    redirect_refused(
        browser.authorize(signing.web, prompt="consent", scope=scope),
        "consent_required",
        65001,
        "The user or administrator has not consented to use the application with ID "
        f"'{signing.web.client_id}' named 'web'. Send an interactive authorization request for "
        "this user and resource.",
    )


def test_old_sign_in(signing: SignIns, clock: dict[str, float]) -> None:
    """One that is older than ``max_age`` does not answer; the new one is told in the token."""
    browser = Browser(signing)
    browser.signed_in(signing.web)
    clock["later"] = 100

    young = browser.authorize(signing.web, max_age="200")
    silent = browser.authorize(signing.web, max_age="50", prompt="none")
    step = step_of(signing, browser, max_age="50")
    anew = browser.signed_in(signing.web, None, max_age="50")

    first = signing.claims(signing.redeem(signing.web, returned(young)["code"]).body["id_token"])
    second = signing.claims(signing.redeem(signing.web, returned(anew)["code"]).body["id_token"])
    assert second["auth_time"] - first["auth_time"] >= 100
    assert step == "/accounts"
    redirect_refused(
        silent,
        "login_required",
        50058,
        "A silent sign-in request was sent but no user is signed in.",
    )


def test_picking_an_account_does_not_make_its_sign_in_younger(
    at_password: Customer,
) -> None:
    """The password is asked for."""
    at_password.send(password=PASSWORD).send(keep="no")
    oid = at_password.who()["oid"]

    at_password.begin(max_age="0").send("accounts", account=oid)

    assert at_password.step == "password"


def test_hint_fills_in_the_address(shop: App, browse: Browse) -> None:
    """Of a sign-in and of a sign-up; who has an account of that name is not told."""
    email = address()
    browser = browse(shop)

    for prompt, step in (("login", "email"), ("create", "create")):
        browser.begin(prompt=prompt, login_hint=email)
        assert browser.step == step
        assert f'value="{email}"' in browser.text


@pytest.mark.parametrize(
    ("hint", "step"),
    [
        ("google.com", "by/Google-OAUTH"),
        ("Google", "by/Google-OAUTH"),
        ("facebook.com", "email"),
        ("contoso.com", "email"),
        ("consumers", "email"),
    ],
)
def test_domain_hint_chooses_a_provider_of_the_flow(
    graph: Graph, browse: Browse, google: str, hint: str, step: str
) -> None:
    """Another one is nobody's to whom the flow could lead."""
    method = flow_body()["onAuthenticationMethodLoadStart"]
    providers = [*method["identityProviders"], {"id": google}]
    app = in_flow(
        graph,
        application(graph),
        onAuthenticationMethodLoadStart={**method, "identityProviders": providers},
    )

    assert browse(app).begin(domain_hint=hint).step == step


def test_domain_hint_of_a_flow_without_other_providers(
    graph: Graph, shop: App, browse: Browse
) -> None:
    """The customer signs in as ever."""
    email = address()
    customer(graph, email)
    browser = browse(shop).begin(domain_hint="google.com")

    browser.send(email=email).send(password=PASSWORD).send(keep="no")

    assert "code" in browser.returned
