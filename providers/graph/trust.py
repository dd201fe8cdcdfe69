"""Whom connections trust: as httpx does it, certifi's authorities or those of ``SSL_CERT_FILE``."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache

import httpx


def trust() -> ssl.SSLContext:
    """The trust of this process; it is kept, for reading it takes longer than asking."""
    return _read(*(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")))


@lru_cache(maxsize=1)
def _read(*_variables: str | None) -> ssl.SSLContext:
    return httpx.create_ssl_context()
