"""A whole sign-in in a real Chromium, where there is one and Playwright, which developers have."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.customers import KNOWN, PASSWORD, Application, new_verifier
from bench.measure import Figure, seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

IN_CHROMIUM: Final = "a whole sign-in in Chromium"
"""How its figures begin; there are none where it cannot be measured."""
_ROUNDS: Final = 20


def figures(url: str, application: Application) -> Iterator[Figure]:
    """Measure it at the tenant ``url``, from the first request to that of the redirect URI.

    Nothing without Playwright, or without a Chromium in ``$CHROMIUM`` or on PATH.
    """
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if find_spec("playwright") is None or executable is None:
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - `make bench` may lack it

    # Chromium has no sandbox for root, and shared memory is scarce in containers.
    root = getattr(os, "geteuid", lambda: 1)() == 0
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        times = [sign_in(browser, url, application) for _ in range(_ROUNDS)]
        browser.close()
    yield Figure(f"{IN_CHROMIUM}, without the application's part: median", median(times), "ms")
    yield Figure(f"{IN_CHROMIUM}, without the application's part: longest", max(times), "ms")


def sign_in(browser: Browser, url: str, application: Application) -> float:
    """The milliseconds of one, in a browser that has neither cookies nor anything cached."""
    context = browser.new_context(ignore_https_errors=True, locale="en-US")
    page = context.new_page()

    def act() -> None:
        page.goto(f"{url}{application.address(new_verifier())}")
        for label, text in (("Email address", KNOWN), ("Password", PASSWORD)):
            field = page.get_by_label(label, exact=True)
            field.fill(text)
            field.press("Enter")
        with page.expect_request(lambda one: one.url.startswith(application.redirect_uri)):
            page.get_by_role("button", name="No", exact=True).click()

    seconds = seconds_of(act)
    context.close()
    return seconds * 1000
