"""Replication lag: the refusals that mean "not seen everywhere yet"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from providers.graph.errors import Answer

SETTLE_SECONDS = 120.0
"""How long the directory may take until what was just made is seen everywhere."""


@dataclass(frozen=True)
class Lag:
    """A refusal that means "not replicated yet" for the operation that lists it.

    ``status`` is the HTTP status; ``code`` and ``message``, where given, are regular expressions
    searched for in Graph's code and message, case-insensitive.
    """

    status: int
    code: str = ""
    message: str = ""

    def matches(self, answer: Answer) -> bool:
        """Whether ``answer`` is this refusal."""
        return (
            answer.status == self.status
            and re.search(self.code, answer.code, re.IGNORECASE) is not None
            and re.search(self.message, answer.message, re.IGNORECASE) is not None
        )
