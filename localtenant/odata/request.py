"""The parts of an HTTP request that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from localtenant.odata.errors import gateway

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_options(query: str) -> dict[str, str]:
    """The decoded options of a query; the gateway's 400 for one of OData's that is there twice."""
    options: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True) if query else ():
        if name in options and name.startswith("$"):
            raise gateway(
                f"Query option '{name}' was specified more than once, but it must be specified at "
                "most once."
            )
        options[name] = value
    return options


@dataclass(frozen=True)
class Request:
    """A request: ``path`` is decoded and below the version, ``options`` is the decoded query.

    ``encoded`` is the path as it was sent, if that differs.

    The names of ``headers`` are in lower case.
    """

    method: str
    path: str
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    raw: bytes = b""
    encoded: str = ""

    @property
    def raw_path(self) -> str:
        """The path as it was sent."""
        return self.encoded or self.path

    @property
    def content_type(self) -> str:
        """The media type of the body, empty if the request does not say."""
        return self.headers.get("content-type", "")

    @property
    def eventual(self) -> bool:
        """Whether the request carries ``ConsistencyLevel: eventual``."""
        return self.headers.get("consistencylevel", "").lower() == "eventual"

    @property
    def metadata(self) -> str:
        """How many annotations the answer is to carry: ``none``, ``minimal`` or ``full``."""
        return self._wanted("odata.metadata", ("none", "minimal", "full"), "minimal")

    @property
    def ieee754(self) -> str:
        """``true`` if 64-bit numbers are to be written as strings, else ``false``."""
        return self._wanted("ieee754compatible", ("true", "false"), "false")

    def _wanted(self, parameter: str, values: tuple[str, ...], default: str) -> str:
        """A parameter of the media type that ``$format``, or else ``Accept``, asks for."""
        formats = (v for k, v in self.options.items() if k.lower() in {"$format", "format"})
        asked = next(formats, "") or self.headers.get("accept", "")
        if not asked.isascii() or parameter not in asked.lower():
            return default
        for part in asked.lower().replace(",", ";").split(";"):
            name, _, value = part.strip().partition("=")
            if name == parameter and value in values:
                return value
        return default

    def prefers(self, preference: str) -> bool:
        """Whether the header ``Prefer`` names a preference, such as ``return=representation``."""
        given = self.headers.get("prefer", "").lower().split(",")
        return preference in {g.strip() for g in given}
