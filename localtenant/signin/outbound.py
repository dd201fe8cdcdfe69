"""What the local tenant itself asks of others: on this machine, by HTTPS, and nowhere else."""

from __future__ import annotations

from http.client import HTTPSConnection
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

_LARGEST = 1_000_000
"""Bytes of an answer."""


class ElsewhereError(ValueError):
    """An address that is not on this machine, or not of HTTPS: nobody is asked there."""


def get(url: str, trust: ssl.SSLContext, seconds: float) -> tuple[int, bytes]:
    """The status and the body at an address. Raises OSError, HTTPException and ValueError."""
    return _ask("GET", url, None, trust, seconds)


def post(
    url: str, form: Mapping[str, str], trust: ssl.SSLContext, seconds: float
) -> tuple[int, bytes]:
    """What a form is answered with, as :func:`get` tells it."""
    return _ask("POST", url, urlencode(form), trust, seconds)


def check(url: str) -> None:
    """Raise ElsewhereError for an address that is not asked."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not _is_here(parts.hostname or ""):
        raise ElsewhereError(url)


def _ask(
    method: str, url: str, body: str | None, trust: ssl.SSLContext, seconds: float
) -> tuple[int, bytes]:
    check(url)
    parts = urlsplit(url)
    headers = {"Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=trust)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_LARGEST)
    finally:
        connection.close()


def _is_here(host: str) -> bool:
    """Whether a host is this machine by its very name; nobody is asked to resolve it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
