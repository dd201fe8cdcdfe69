"""The time that an operation has, with all its requests, their repetitions and their pauses."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import Final

OPERATION_SECONDS: Final = 300.0
"""How long an operation may take when the resource has no `customTimeouts`."""

_end: ContextVar[float | None] = ContextVar("end_of_operation", default=None)


def set_deadline(seconds: float = 0.0) -> None:
    """Let the current operation end in `seconds` from now; 0 means the default."""
    _end.set(time.monotonic() + (seconds if seconds > 0 else OPERATION_SECONDS))


def seconds_left() -> float:
    """Return how many seconds the current operation still has; negative when its time is up."""
    end = _end.get()
    return OPERATION_SECONDS if end is None else end - time.monotonic()
