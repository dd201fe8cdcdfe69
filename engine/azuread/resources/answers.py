"""Reading of Graph's answers, where an absent value and null mean "empty"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.azuread.values import Properties


def child(parent: Properties, name: str) -> Properties:
    """Return an object inside an object."""
    return parent.get(name) or {}


def items(parent: Properties, name: str) -> list[Any]:
    """Return a list inside an object."""
    found: Iterable[Any] = parent.get(name) or ()
    return list(found)
