"""How long a credential lives, as settings and Args write it: `180d` (days) or `26w` (weeks)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

LIFETIME_PATTERN: Final = r"[1-9][0-9]{0,3}[dw]"
LIFETIME_ALLOWED: Final = "a number of days or weeks with its unit, such as 180d or 26w"

ENDS_SOON: Final = timedelta(days=30)
"""How long before its end a credential is spoken of: enough to bring another one out."""

_UNITS: Final = {"d": timedelta(days=1), "w": timedelta(weeks=1)}


def parse_lifetime(text: str) -> timedelta:
    """The lifetime that `text` says; ValueError, with what is allowed, for anything else."""
    if not re.fullmatch(LIFETIME_PATTERN, text):
        raise ValueError(f"{text!r} is no lifetime: {LIFETIME_ALLOWED}")
    return int(text[:-1]) * _UNITS[text[-1]]


def end_of_lifetime(lifetime: str, start: datetime | None = None) -> str:
    """When a credential made at `start` (by default now) ends: RFC 3339, UTC, whole seconds.

    Graph gives back what it was sent only in this form, and azuread compares it as text.
    """
    end = (start or datetime.now(UTC)).astimezone(UTC) + parse_lifetime(lifetime)
    return end.strftime("%Y-%m-%dT%H:%M:%SZ")
