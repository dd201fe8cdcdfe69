"""A browser of a customer that costs little itself: it keeps cookies and sends the pages' forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from bench.connection import FORM, FailedRequestError

if TYPE_CHECKING:
    from bench.connection import Connection

_ACTION: Final = re.compile(r'<form method="post" action="([^"]+)"')
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_LINK: Final = re.compile(r'<a href="([^"]+)"')
_LED_ON: Final = (302, 303)
_SHOWN: Final = 200


@dataclass
class Browser:
    """A browser without cookies, at a tenant's pages.

    It is led wherever an answer leads it, until that is the application's ``redirect_uri``, which
    it does not ask: ``returned`` is what it would tell there. ``requests`` counts what it has sent.
    """

    connection: Connection
    redirect_uri: str
    requests: int = 0
    returned: dict[str, str] = field(default_factory=dict[str, str])
    _text: str = ""
    _cookies: dict[str, str] = field(default_factory=dict[str, str])

    def open(self, address: str) -> None:
        """Go to an address. Raises FailedRequestError if that comes to neither page nor return."""
        self._go("GET", address)

    def follow(self, end: str) -> None:
        """Go where the page's link leads whose address ends so. Raises FailedRequestError."""
        found = (unescape(one) for one in _LINK.findall(self._text))
        address = next((one for one in found if one.endswith(end)), None)
        if address is None:
            raise FailedRequestError(f"No link to {end}: {self._text}")
        self.open(address)

    def submit(self, **fields: str) -> None:
        """Send the page's form, with these fields beside the hidden ones.

        Raises FailedRequestError.
        """
        action = _ACTION.search(self._text)
        if action is None:
            raise FailedRequestError(f"No form: {self._text}")
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(self._text)}
        self._go("POST", unescape(action[1]), urlencode({**hidden, **fields}).encode())

    def _go(self, method: str, address: str, content: bytes = b"") -> None:
        while not address.startswith(self.redirect_uri):
            parts = urlsplit(address)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            more = f"Accept: text/html\r\nCookie: {cookies}\r\n" + (FORM if content else "")
            answer = self.connection.send(method, path, content, more)
            self.requests += 1
            for name, value in answer.fields:
                if name == "set-cookie":
                    key, _, kept = value.partition(";")[0].partition("=")
                    self._cookies[key] = kept
            if answer.status == _SHOWN:
                self._text = answer.content.decode()
                return
            if answer.status not in _LED_ON:
                text = f"{method} {path}: {answer.status} {answer.content.decode()}"
                raise FailedRequestError(text)
            method, address, content = "GET", answer.field("location"), b""
        self.returned = dict(parse_qsl(urlsplit(address).query))
