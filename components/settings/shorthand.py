"""Entries that can be written as one text: `country` for `{attribute: country}`."""

from __future__ import annotations

from collections.abc import Callable


def shorthand(key: str) -> Callable[[object], object]:
    """A validator that reads a text as a mapping of `key` to it and leaves all else alone."""

    def expand(value: object) -> object:
        return {key: value} if isinstance(value, str) else value

    return expand
