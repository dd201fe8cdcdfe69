"""The parts of an HTTP request that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Request:
    """A request: ``path`` is decoded and below the version, ``options`` is the decoded query.

    The names of ``headers`` are in lower case.
    """

    method: str
    path: str
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    raw: bytes = b""

    @property
    def content_type(self) -> str:
        """The media type of the body, empty if the request does not say."""
        return self.headers.get("content-type", "")

    @property
    def eventual(self) -> bool:
        """Whether the request carries ``ConsistencyLevel: eventual``."""
        return self.headers.get("consistencylevel", "").lower() == "eventual"

    def prefers(self, preference: str) -> bool:
        """Whether the header ``Prefer`` names a preference, such as ``return=representation``."""
        given = self.headers.get("prefer", "").lower().split(",")
        return preference in {g.strip() for g in given}
