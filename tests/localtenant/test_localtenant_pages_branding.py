"""What company branding sets is what the pages show, in the language of the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from customer_browser import address, customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from customer_browser import App, Browse

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
IMAGES = ("backgroundImage", "bannerLogo", "customCSS", "favicon", "headerLogo", "squareLogo")


@pytest.fixture
def branding(graph: Graph) -> Iterator[str]:
    """Name the path of the branding, which is gone after the test."""
    path = f"/organization/{graph.tenant_id}/branding"
    yield path
    for place in (f"{path}/localizations/fr-FR", path):
        for name in IMAGES:
            graph.delete(f"{place}/{name}")
        graph.delete(place)


def put(graph: Graph, path: str, content: bytes, kind: str = "image/png") -> None:
    """Upload an image, or a style sheet."""
    sent = graph.http.put(f"/v1.0{path}", content=content, headers={"Content-Type": kind})
    assert sent.status_code == 204, sent.text


def texts(**values: str) -> Json:
    """Texts of the pages."""
    return {"attributeCollection": [{"key": k, "value": v} for k, v in values.items()]}


def test_texts_and_links_are_the_tenants(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """The hint, the words below the form, the link to a new password, and the footer."""
    body = {
        "usernameHintText": "you@shop.example",
        "signInPageText": "Mind <b>the</b> **gap**, and [ask us](https://shop.example/help?a=1&b=2)",
        "customForgotMyPasswordText": "Lost it?",
        "customTermsOfUseText": "Rules",
        "customTermsOfUseUrl": "https://shop.example/rules",
        "customPrivacyAndCookiesUrl": "javascript:alert(1)",
        "customAccountResetCredentialsUrl": "https://shop.example/reset",
    }
    assert graph.patch(branding, body).status_code == 204

    page = browse(shop).begin()

    raw = page.answer.text
    assert 'placeholder="you@shop.example"' in raw
    assert "Mind &lt;b&gt;the&lt;/b&gt; <strong>gap</strong>" in raw
    assert '<a href="https://shop.example/help?a=1&amp;b=2" rel="noreferrer">ask us</a>' in raw
    assert 'href="https://shop.example/rules" rel="noreferrer">Rules</a>' in raw
    assert "javascript:" not in raw
    assert '<a href="https://shop.example/reset" rel="noreferrer">Can&#39;t access' in raw
    page.send(email=address())
    reset = '<a href="https://shop.example/reset" rel="noreferrer">Lost it?</a>'
    assert reset in page.answer.text


@pytest.mark.parametrize("hides", ["hideForgotMyPassword", "hideAccountResetCredentials"])
def test_what_is_hidden_is_not_there(
    graph: Graph, branding: str, shop: App, browse: Browse, hides: str
) -> None:
    """The link to a new password, and the footer's links."""
    body = {
        "customTermsOfUseUrl": "https://shop.example/rules",
        "customPrivacyAndCookiesUrl": "https://shop.example/privacy",
        "loginPageTextVisibilitySettings": {hides: True, "hideTermsOfUse": True},
    }
    graph.patch(branding, body)
    page = browse(shop).begin()
    assert "shop.example/rules" not in page.text
    assert "shop.example/privacy" in page.text
    assert "Forgot password?" not in page.send(email=address()).text

    graph.patch(branding, {"loginPageLayoutConfiguration": {"isFooterShown": False}})

    assert "shop.example" not in page.begin().text


def test_the_header_and_the_split_layout_are_what_is_configured(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """Neither is there before."""
    page = browse(shop).begin()
    assert "ext-header" not in page.text
    assert "split" not in page.text
    layout = {"isHeaderShown": True, "layoutTemplateType": "verticalSplit"}
    graph.patch(branding, {"loginPageLayoutConfiguration": layout})
    put(graph, f"{branding}/headerLogo", PNG)

    page.begin()

    assert '<header class="ext-header">' in page.text
    assert 'class="ext-header-logo" src="/c1c6b6c8-' in page.text
    assert "ext-vertical-split-main-section" in page.text


def test_images_are_served_by_the_tenant(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """At the address that Graph says, with a policy of their own, for as long as it is theirs."""
    for name in ("bannerLogo", "favicon"):
        put(graph, f"{branding}/{name}", PNG, "application/octet-stream")
    page = browse(shop).begin()
    (banner,) = re.findall(r'<p class="brand"><img src="([^"]+)" alt="[^"]+">', page.text)
    assert f'<link rel="icon" href="/{graph.read(branding)["faviconRelativeUrl"]}">' in page.text
    assert banner == f"/{graph.read(branding)['bannerLogoRelativeUrl']}"

    served = page.http.get(banner)

    assert (served.content, served.headers["content-type"]) == (PNG, "image/png")
    assert "immutable" in served.headers["cache-control"]
    assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert page.http.get(banner.partition("?")[0]).headers["cache-control"] == "no-cache"
    for part, other in (("c1c6b6c8", "x"), ("bannerlogo", "squarelogo"), ("bannerlogo", "x")):
        assert page.http.get(banner.replace(part, other)).status_code == 404


def test_what_is_no_image_is_not_served(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """Whatever it was called when it was sent, a browser could take it for a page."""
    put(graph, f"{branding}/bannerLogo", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    page = browse(shop).begin()
    (banner,) = re.findall(r'<p class="brand"><img src="([^"]+)"', page.text)

    assert page.http.get(banner).status_code == 404


def test_colors_are_a_style_sheet(graph: Graph, branding: str, shop: App, browse: Browse) -> None:
    """Its address changes when they do, and the policy of the pages stays as strict as it is."""
    graph.patch(branding, {"backgroundColor": "#123456", "headerBackgroundColor": "#654321"})
    page = browse(shop).begin()
    (sheet,) = re.findall(r'href="(/-/branding/0[^"]+)"', page.text)
    served = page.http.get(sheet)

    assert ".ext-background-image{background-color:#123456}" in served.text
    assert ".ext-header{background-color:#654321}" in served.text
    assert served.headers["content-type"].startswith("text/css")
    assert "immutable" in served.headers["cache-control"]
    assert "style-src 'self';" in page.answer.headers["content-security-policy"]
    graph.patch(branding, {"backgroundColor": "#123457"})
    assert sheet not in page.begin().text
    assert page.http.get(sheet).headers["cache-control"] == "no-cache"


def test_a_style_sheet_of_the_tenants_own_comes_last(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """The classes that the documentation names are there for it."""
    put(graph, f"{branding}/customCSS", b".ext-title{color:#123456}", "text/css")
    page = browse(shop).begin()
    *_, last = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)

    served = page.http.get(last)

    assert served.text == ".ext-title{color:#123456}"
    assert served.headers["content-type"].startswith("text/css")
    page.send(email="nobody")
    for name in ("title", "subtitle", "sign-in-box", "middle", "footer", "error", "primary"):
        assert re.search(rf'class="[^"]*\bext-{name}\b', page.text), name
    assert 'class="ext-input ext-text-box ext-has-error"' in page.text


def test_a_localization_is_for_who_asks_for_its_language(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """By ``ui_locales`` or ``mkt``, else the browser's; what it leaves out is the default's."""
    graph.patch(branding, {"signInPageText": "Hello", "customForgotMyPasswordText": "Lost?"})
    own: Json = {"id": "fr-FR", "signInPageText": "Bonjour", "usernameHintText": "vous@exemple.fr"}
    own["contentCustomization"] = texts(
        SignIn_Title="Se connecter",
        SignIn_Description="Accédez à {0}",
        Attribute_City="Ville",
        Attribute_Password="Mot de passe",
        Attribute_Generic_ConfirmationLabel="Retapez : {0}",
        Attribute_Password_MismatchErrorString="Pas les mêmes.",
    )
    graph.made(f"{branding}/localizations", own)
    put(graph, f"{branding}/localizations/fr-FR/bannerLogo", PNG)

    page = browse(shop).begin(ui_locales="fr-CA de")

    raw = page.answer.text
    assert '<html lang="en">' in raw
    assert '<title lang="fr-FR" dir="auto">Se connecter · ' in raw
    assert '<h1 class="ext-title" lang="fr-FR" dir="auto">Se connecter</h1>' in raw
    assert '<span lang="fr-FR" dir="auto">Accédez à Todo list</span>' in raw
    assert 'placeholder="vous@exemple.fr"' in raw
    assert '<p class="words ext-boilerplate-text" lang="fr-FR" dir="auto">Bonjour</p>' in raw
    assert "/logintenantbranding/fr-FR/bannerlogo" in raw
    assert "Lost?</button>" in page.send(email=address()).answer.text
    email = address()
    page.send("create", email=email).send(code=page.code(email))
    label = '<label for="attribute.city"><span lang="fr-FR" dir="auto">Ville</span>'
    assert label in page.answer.text
    assert "Retapez : Mot de passe</span>" in page.answer.text
    page.send(password="Correct-horse-7", confirmation="x")
    assert '<span lang="fr-FR" dir="auto">Pas les mêmes.</span>' in page.answer.text
    for asked, accepted, said in (
        ({"mkt": "fr-FR"}, "en", "Bonjour"),
        ({}, "de;q=0.5, fr;q=0.9", "Bonjour"),
        ({}, "en-GB, fr;q=0.9", "Hello"),
        ({"ui_locales": "en"}, "fr", "Hello"),
        ({}, "de", "Hello"),
    ):
        page.http.headers["accept-language"] = accepted
        assert f">{said}</p>" in page.begin(**asked).text, (asked, accepted)


def test_the_square_logo_stands_for_accounts(
    graph: Graph, branding: str, shop: App, browse: Browse
) -> None:
    """In the place of the first letter of a name."""
    email = address()
    customer(graph, email)
    page = browse(shop).begin().send(email=email).send(password="Correct-horse-7").send(keep="no")
    page.begin(prompt="select_account")
    assert '<span class="mark" aria-hidden="true">A</span>' in page.text
    put(graph, f"{branding}/squareLogo", PNG)

    page.begin(prompt="select_account")

    assert re.search(r'<picture class="badge">.*/squarelogo\?.* alt=""', page.text)


def test_pages_of_the_local_tenant_itself_have_no_branding(graph: Graph, branding: str) -> None:
    """The mailbox is no page of the service."""
    put(graph, f"{branding}/customCSS", b"body{display:none}", "text/css")

    assert "logintenantbranding" not in graph.http.get("/-/mailbox").text
    assert "logintenantbranding" in graph.http.get(f"/{graph.tenant_id}/signedout").text
