"""The ports of the demo: which they are, and that nothing else listens there."""

from __future__ import annotations

import errno
import socket
from typing import Final
from urllib.parse import urlsplit

from commands.errors import CommandError

API_PORT: Final = 8080


def port_of(redirect_uri: str) -> int:
    """Where the web application listens: its redirect URI says it."""
    return urlsplit(redirect_uri).port or 80


def check_web(redirect_uri: str) -> None:
    """Raise CommandError where something listens already instead of the web application."""
    _check(
        port_of(redirect_uri),
        f"the redirect URI of the client is {redirect_uri}. End what listens there, or give the "
        "client another redirect URI in Pulumi.local.yaml.",
    )


def check_api(port: int) -> None:
    """Raise CommandError where something listens already instead of the API."""
    _check(port, "end what listens there, or name another: make demo API_PORT=8081.")


def _check(port: int, advice: str) -> None:
    for family, kind, _, _, address in socket.getaddrinfo(
        "localhost", port, type=socket.SOCK_STREAM
    ):
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                # What else there may be, such as a port for root alone, the program says itself.
                if error.errno == errno.EADDRINUSE:
                    raise CommandError(f"Port {port} is in use: {advice}") from error
