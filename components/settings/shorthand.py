"""Entries that can be written as one text: `country` for `{attribute: country}`."""

from __future__ import annotations

from collections.abc import Callable


def shorthand(*keys: str) -> Callable[[object], object]:
    """A validator that reads a text as a mapping of each key to it and leaves all else alone."""

    def expand(value: object) -> object:
        return dict.fromkeys(keys, value) if isinstance(value, str) else value

    return expand
