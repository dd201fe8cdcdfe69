"""The steps of a conversation by their names in its address, each with its page and its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.pages.conversation import Visit

if TYPE_CHECKING:
    from starlette.responses import Response

Act = Callable[[Visit], "Response"]


@dataclass(frozen=True)
class Step:
    """A step: ``show`` answers who comes to it, ``act`` who sends its form.

    Either leads to the beginning whoever has not come to the step by those before it.
    """

    show: Act
    act: Act


def beginning(visit: Visit) -> Response:
    """Lead to where every sign-in begins."""
    return visit.lead("")
