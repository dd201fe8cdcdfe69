"""A real browser: the Chromium that ``chromium.py`` finds. Without any, its tests skip.

Pictures of the pages are kept in the folder ``$PICTURES``, by default ``.local/pictures``.
"""

from __future__ import annotations

import os
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import chromium
import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize


def executable_or_skip() -> str:
    """The executable of a Chromium; without any the test skips, or fails where one is required."""
    executable = chromium.found(os.environ)
    if executable:
        return executable
    if chromium.is_required(os.environ):
        pytest.fail(f"{chromium.MISSING} CHROMIUM_REQUIRED is set, so no test may skip.")
    pytest.skip(chromium.MISSING)


# Not for longer than a module: as long as Playwright runs, its loop is the thread's, and no other
# test can run one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run a Chromium."""
    executable = executable_or_skip()
    root = getattr(os, "geteuid", lambda: 1)() == 0
    # Chromium has no sandbox for root, and shared memory is scarce in containers.
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page on a narrow screen; it complains of nothing, least of all of its policy."""
    narrow: ViewportSize = {"width": 360, "height": 740}
    context = browser.new_context(ignore_https_errors=True, viewport=narrow, locale="en-US")
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(10_000)
    _wait_for_the_focus(page)
    yield page
    context.close()
    # A page that refuses what was entered is answered with status 400, which Chromium mentions.
    assert [s for s in said if "status of 400" not in s] == []


def _wait_for_the_focus(page: Page) -> None:
    """Let nothing be done on a page before its first element has the focus, as a person would.

    Who is faster takes the focus away from it, of which Chromium complains.
    """
    page.add_init_script(
        'addEventListener("focusin", () => { document.documentElement.dataset.focused = ""; });'
    )
    # Before each action and expectation Playwright waits until what is found here is gone.
    page.add_locator_handler(
        page.locator("html:not([data-focused]) [autofocus]"), lambda _found: None
    )


class _Callback(BaseHTTPRequestHandler):
    """An application that customers come back to, and that says no more than that."""

    def do_POST(self) -> None:
        """Take an answer that comes as a form; the page's heading says of what."""
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(" ".join(parse_qs(sent)))

    def do_GET(self) -> None:
        """Take an answer that comes in the address."""
        self._say("Application")

    def _say(self, text: str) -> None:
        page = f"<!doctype html><html lang=en><title>Application</title><h1>{escape(text)}</h1>"
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base names it
        """Keep quiet."""


@pytest.fixture(scope="module")
def callback() -> Iterator[str]:
    """Serve a redirect URI of an origin other than the tenant's."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Callback) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/callback"
        server.shutdown()
