"""Which of a tenant's languages a reader gets: what an application asks for, then the browser's.

Source: "Customize the language of the authentication experience" in the documentation of external
tenants: ``ui_locales`` and ``mkt`` in the address, else the language of the browser. How a language
is found among those that there are is RFC 4647's: what was asked for with all its regions, then
without its last part. That English is the default branding, as the pages' own texts are English,
is our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

_OWN = "en"
"""The language of the pages' own texts."""
_MOST = 20
"""How many languages of a reader are looked at."""


def wanted(ui_locales: str | None, accept_language: str) -> tuple[str, ...]:
    """Languages as BCP 47 tags, the most wanted first, of a parameter and a header."""
    asked = (ui_locales or "").split()
    parts = (part.partition(";") for part in accept_language.split(","))
    weighted = [(_quality(more), tag.strip()) for tag, _, more in parts]
    accepted = [t for q, t in sorted(weighted, key=lambda w: -w[0]) if q > 0 and t != "*"]
    return tuple(t for t in (*asked, *accepted) if t)[:_MOST]


def accepted(request: Request) -> str:
    """What a browser says of its languages."""
    return request.headers.get("accept-language", "")


def best(tags: Iterable[str], there: Iterable[str]) -> str | None:
    """The first of the languages that are there for somebody who wants ``tags``; None for none."""
    known = {tag.lower(): tag for tag in there}
    for tag in tags:
        parts = tag.lower().split("-")
        for length in range(len(parts), 0, -1):
            prefix = "-".join(parts[:length])
            for lowered, found in known.items():
                if lowered == prefix or lowered.startswith(f"{prefix}-"):
                    return found
        if parts[0] == _OWN:
            return None
    return None


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
