"""How much is lost to replication lag: at most a tenth, with nothing fixed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from tenacity import RetryCallState

from providers.graph import retry
from providers.graph.answers import RefusedRequestError, answer_of

_REQUEST = 0.05
"""Seconds that each try takes."""


@pytest.mark.parametrize("lag", [1.0, 2.0, 5.0, 17.0, 60.0])
def test_little_is_lost_once_the_directory_has_caught_up(lag: float) -> None:
    """Pauses grow with the time waited, so the first try after the lag is not far behind it."""
    refused = RefusedRequestError(answer_of(httpx.Response(404)))
    waited = 0.0
    while waited < lag:
        outcome = SimpleNamespace(exception=lambda: refused)
        state: Any = SimpleNamespace(outcome=outcome, seconds_since_start=waited)
        waited += retry._pause(cast("RetryCallState", state)) + _REQUEST

    assert waited - lag < 0.15 * lag
