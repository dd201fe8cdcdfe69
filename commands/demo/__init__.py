"""`make demo`: the example web application and its API, against the tenant on this machine."""

from __future__ import annotations

from commands.demo.ports import API_PORT
from commands.demo.running import check, run

__all__ = ["API_PORT", "check", "run"]
