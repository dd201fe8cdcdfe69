"""`make demo`: the example web application and its API, against the tenant on this machine."""

from __future__ import annotations

from commands.demo.running import API_PORT, run

__all__ = ["API_PORT", "run"]
