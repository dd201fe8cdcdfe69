"""A real browser: the Chromium of ``$CHROMIUM``, or one on PATH. Without any, its tests skip.

``$PICTURES`` names a folder in which pictures of the pages are kept.
"""

from __future__ import annotations

import os
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """Find the executable of a Chromium."""
    named = os.environ.get("CHROMIUM")
    return named or next((p for n in _NAMES if (p := shutil.which(n))), None)


# Not for longer than a module: as long as Playwright runs, its loop is the thread's, and no other
# test can run one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run a Chromium."""
    executable = chromium()
    if executable is None:
        pytest.skip("There is no Chromium: set CHROMIUM to its path, or have chromium on PATH.")
    root = getattr(os, "geteuid", lambda: 1)() == 0
    # Chromium has no sandbox for root, and shared memory is scarce in containers.
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield running
        running.close()


class _Callback(BaseHTTPRequestHandler):
    """An application that customers come back to, and that says no more than that."""

    def do_GET(self) -> None:
        body = b"<!doctype html><html lang=en><title>Application</title><h1>Application</h1>"
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
