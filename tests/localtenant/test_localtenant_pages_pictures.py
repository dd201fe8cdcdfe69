"""The pages with a tenant's branding, in Chromium; and the pictures of them in the documentation.

``make pictures`` takes those anew; no pixel is compared with what it was.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, application, asking, customer, in_flow
from pages_in_chromium import arrived, begin, code, enter, heading, picture, press, usable
from playwright.sync_api import expect

from engine.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from customer_browser import App
    from playwright.sync_api import Browser, Page

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

EMAIL = "ada@example.com"
Pixel = tuple[int, int, int]
GREEN, PALE = (23, 94, 84), (236, 178, 62)


def drawn(width: int, height: int, first: Pixel, last: Pixel, *, dots: bool = False) -> bytes:
    """A PNG that goes from one color at its top to another at its bottom, or a row of such dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = bytearray()
    middle = height / 2
    for y in range(height):
        part = y / (height - 1)
        pixel = bytes(round(a + (b - a) * part) for a, b in zip(first, last, strict=True))
        rows += b"\0"
        for x in range(width):
            far = (x % height + 0.5 - middle) ** 2 + (y + 0.5 - middle) ** 2
            rows += pixel + bytes([0 if dots and far > middle**2 else 255])
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.fixture(scope="module")
def todo(graph: Graph, callback: str) -> App:
    """Make an application that asks for a few attributes."""
    plans = [{"label": "Basic", "value": "basic"}, {"label": "Plus", "value": "plus"}]
    inputs: tuple[Json, ...] = (
        {"attribute": "displayName", "label": "Display Name", "required": True},
        {"attribute": "city", "label": "City"},
        {"attribute": "state", "label": "Plan", "inputType": "radioSingleSelect"}
        | {"options": plans, "required": True},
        {"attribute": "jobTitle", "label": "I accept the terms", "inputType": "boolean"}
        | {"required": True},
    )
    return in_flow(graph, application(graph, callback), **asking(*inputs))


@pytest.fixture
def branding(graph: Graph) -> Iterator[str]:
    """Brand the tenant, in English and in German; the path of the branding."""
    path = f"/organization/{graph.tenant_id}/branding"
    images = {
        "backgroundImage": drawn(96, 54, (14, 58, 66), (94, 158, 122)),
        "bannerLogo": drawn(160, 32, GREEN, PALE, dots=True),
        "headerLogo": drawn(96, 24, PALE, PALE, dots=True),
        "squareLogo": drawn(48, 48, GREEN, PALE, dots=True),
        "squareLogoDark": drawn(48, 48, PALE, GREEN, dots=True),
        "favicon": drawn(32, 32, GREEN, GREEN, dots=True),
    }
    graph.patch(
        path,
        {
            "backgroundColor": "#0E3A42",
            "headerBackgroundColor": "#0E3A42",
            "usernameHintText": "you@example.com",
            "signInPageText": "Questions? Ask the **[help desk](https://shop.example/help)**.",
            "customTermsOfUseUrl": "https://shop.example/terms",
            "customPrivacyAndCookiesUrl": "https://shop.example/privacy",
            "loginPageLayoutConfiguration": {"isHeaderShown": True},
        },
    )
    german: Json = {"id": "de-DE", "signInPageText": "Fragen? Wir helfen gern."}
    texts = {"SignIn_Title": "Anmelden", "SignIn_Description": "Anmelden, um {0} zu benutzen"}
    pairs = [{"key": k, "value": v} for k, v in texts.items()]
    german["contentCustomization"] = {"attributeCollection": pairs}
    graph.made(f"{path}/localizations", german)
    for name, content in images.items():
        sent = {"Content-Type": "image/png"}
        graph.http.put(f"/v1.0{path}/{name}", content=content, headers=sent).raise_for_status()
    yield path
    for name in (*images, "customCSS"):
        graph.delete(f"{path}/{name}")
    graph.delete(f"{path}/localizations/de-DE")
    graph.delete(path)


def test_the_pictures_of_the_documentation(
    page: Page, graph: Graph, todo: App, branding: str
) -> None:
    """Each is in the documentation, and of a page as it is."""
    page.set_viewport_size({"width": 900, "height": 640})
    begin(page, graph, todo)
    files = [picture(page, "branding")]
    page.set_viewport_size({"width": 360, "height": 740})
    for name in ("backgroundImage", "bannerLogo", "headerLogo", "squareLogo", "squareLogoDark"):
        graph.delete(f"{branding}/{name}")
    graph.delete(f"{branding}/favicon")
    graph.delete(f"{branding}/localizations/de-DE")
    graph.delete(branding)
    begin(page, graph, todo)
    files.append(picture(page, "sign-in"))
    page.get_by_role("link", name="Create one").click()
    enter(page, "Email address", EMAIL)
    enter(page, "Code", code(graph, EMAIL))
    heading(page, "Add details")
    page.get_by_label("Display Name").fill("Ada")
    page.get_by_label("Plus").check()
    files.append(picture(page, "sign-up"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Re-enter password").fill(PASSWORD)
    page.get_by_label("I accept the terms").check()
    press(page, "Continue")
    arrived(page, todo)
    customer(graph, "grace@example.com", displayName="Grace")
    begin(page, graph, todo, prompt="login")
    enter(page, "Email address", "grace@example.com")
    enter(page, "Password", PASSWORD)
    press(page, "No")
    begin(page, graph, todo, prompt="select_account")
    heading(page, "Pick an account")
    files.append(picture(page, "accounts"))
    for mail in (EMAIL, "grace@example.com"):
        graph.http.delete(f"/-/users/{mail}").raise_for_status()

    taken = {f.name for f in (PROJECT / "docs" / "pictures").glob("*.png")}
    assert {f.name for f in files} <= taken
    for file in files:
        width, height = struct.unpack(">II", file.read_bytes()[16:24])
        assert (width, height) == (900, 640) or (width == 360 and height >= 740), file


@pytest.mark.parametrize("layout", ["default", "verticalSplit"])
def test_branded_pages_are_usable(
    page: Page, graph: Graph, todo: App, branding: str, layout: str
) -> None:
    """In both layouts every image is there, and nothing is hard to read on the background."""
    change = {"loginPageLayoutConfiguration": {"layoutTemplateType": layout}}
    graph.patch(branding, change)
    missing: list[str] = []
    page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    begin(page, graph, todo)
    usable(page, f"branding-{layout}")

    sizes = page.locator("img").evaluate_all("all => all.map(e => e.naturalWidth)")
    assert sizes == [96, 160]
    background = page.locator(".ext-background-image").evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).backgroundImage]"
    )
    assert background[0] == "rgb(14, 58, 66)"
    assert "/logintenantbranding/0/backgroundimage?ts=" in background[1]
    expect(page.get_by_placeholder("you@example.com")).to_be_visible()
    expect(page.get_by_role("link", name="help desk")).to_be_visible()
    assert missing == []


def test_the_language_of_the_customer_is_that_of_the_texts(
    browser: Browser, page: Page, graph: Graph, todo: App, branding: str
) -> None:
    """By ``ui_locales``, or by the browser; what is English says so."""
    del branding
    begin(page, graph, todo, ui_locales="de")
    heading(page, "Anmelden")
    usable(page, "german")
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "de-DE")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text("Fragen? Wir helfen gern.")).to_have_attribute("lang", "de-DE")
    begin(page, graph, todo)
    heading(page, "Sign in")
    with browser.new_context(ignore_https_errors=True, locale="de-AT") as austrian:
        other = austrian.new_page()
        begin(other, graph, todo)
        heading(other, "Anmelden")
        begin(other, graph, todo, ui_locales="en-US")
        heading(other, "Sign in")


def test_a_style_sheet_of_the_tenants_own_loads_nothing_from_elsewhere(
    browser: Browser, graph: Graph, todo: App, branding: str
) -> None:
    """It colors the page; what it would fetch from another host, the page's policy forbids."""
    sheet = (
        "@import url(https://evil.example/a.css);\n"
        ".ext-title{color:rgb(1,2,3);background:url(https://evil.example/b.png)}"
    )
    headers = {"Content-Type": "text/css"}
    graph.http.put(f"/v1.0{branding}/customCSS", content=sheet, headers=headers).raise_for_status()
    said: list[str] = []
    with browser.new_context(ignore_https_errors=True) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))

        begin(page, graph, todo)

        color = page.locator("h1").evaluate("e => getComputedStyle(e).color")
        assert color == "rgb(1, 2, 3)"
    refused = [s for s in said if "Content Security Policy" in s]
    assert len(refused) == len(said) == 2
    assert [name for name in ("a.css", "b.png") if name in "".join(refused)] == ["a.css", "b.png"]
