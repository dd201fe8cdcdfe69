"""What the checks between settings look at: the parts of a configuration, and the keys it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from components.settings.problems import Location

Found = tuple[Location, str]
"""Where a problem is, in the names of Python's fields, and its text."""


@dataclass(frozen=True)
class Names:
    """The keys that there are, those of entries that could not be read included.

    None where the whole section could not be read, so that nothing is held against it.
    """

    apis: Collection[str] | None = None
    clients: Collection[str] | None = None
    attributes: Collection[str] | None = None
    identity_providers: Collection[str] | None = None
    root: str = "ciam:"
    """What the reader finds the sections below."""


@dataclass(frozen=True)
class Parts:
    """What is checked against each other, by key: settings or Args, which have the same fields."""

    apis: Mapping[str, Any] = field(default_factory=dict[str, Any])
    clients: Mapping[str, Any] = field(default_factory=dict[str, Any])
    user_flows: Mapping[str, Any] = field(default_factory=dict[str, Any])
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any])
    identity_providers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    sign_in: Any = None

    @classmethod
    def of(cls, whole: object) -> Self:
        """The parts of a whole tenant: its settings or its Args, which name them alike."""
        return cls(**{one.name: getattr(whole, one.name) for one in fields(cls)})
