"""The parts of an HTTP request that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Request:
    """A request: ``path`` is decoded and below the version, ``options`` is the decoded query.

    ``eventual`` says that it carries ``ConsistencyLevel: eventual``.
    """

    method: str
    path: str
    options: Mapping[str, str]
    content_type: str
    eventual: bool
    raw: bytes
