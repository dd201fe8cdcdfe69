"""Which of Graph's answers are tried again, and for how long.

The first try is at once. Throttling and failures of the service are tried again with growing,
jittered pauses, ``Retry-After`` obeyed. Replication lag shows as refusals that are final anywhere
else, so each operation names the ones it waits out (``Lag``); their pauses grow with the time
waited so far, so that little is lost once the directory has caught up.
Source: https://learn.microsoft.com/graph/throttling and best-practices-concept
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    RetryError,
    retry_if_exception,
    stop_before_delay,
)

from providers.graph.answers import RefusedRequestError
from providers.graph.errors import ConfigurationError, GraphError, first_line
from providers.graph.lag import Lag
from providers.graph.sign_in import RefusedSignInError, UnansweredSignInError, refusal

T = TypeVar("T")

_BUSY = frozenset({408, 423, 424, 429, 500, 502, 503, 504})
_BUSY_FIRST, _BUSY_MOST = 0.5, 20.0
_UNREACHABLE_SECONDS = 30.0
"""How long nobody may be there to be asked: no such host, no route, no port that is open."""
_LAG_FIRST, _LAG_SHARE = 0.1, 0.1


async def send(
    what: str,
    request: Callable[[], Awaitable[T]],
    *,
    seconds: float,
    lag: Sequence[Lag] = (),
    needs: str = "",
) -> T:
    """Send ``request`` until Graph takes it, refuses it for good, or ``seconds`` have gone by.

    ``what`` names the operation and its object for the error ("read the user flow 'X'"),
    ``needs`` the Graph permission that it takes.
    ``request`` must bear being sent again after an answer that was lost.
    Raises ``GraphError``, or ``ConfigurationError`` where signing in fails.
    """
    if seconds <= 0:
        raise GraphError(what, None, cause="The time for the operation was up")
    begun = time.monotonic()
    end = begun + seconds
    last: BaseException | None = None

    def again(error: BaseException) -> bool:
        nonlocal last
        passing = _passing(error, lag)
        if passing:
            last = error
        return passing

    try:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception(again),
            # A pause that would end after the deadline is not begun.
            stop=lambda state: stop_before_delay(seconds)(state) or _unreachable(state),
            wait=_pause,
            reraise=False,
        ):
            with attempt:
                async with asyncio.timeout(end - time.monotonic()):
                    return await request()
    except RetryError as ended:
        waited = min(time.monotonic() - begun, seconds)
        raise _readable(what, ended.last_attempt.exception(), waited, needs) from None
    except TimeoutError:
        # What Graph said to the tries before says more than that the last one was cut off.
        raise _readable(what, last or TimeoutError("no answer came"), seconds, needs) from None
    except (RefusedRequestError, httpx.HTTPError, RefusedSignInError) as error:
        raise _readable(what, error, None, needs) from None
    raise AssertionError("unreachable: the retry loop returns or raises")


def _passing(error: BaseException, lag: Sequence[Lag]) -> bool:
    if isinstance(error, httpx.TransportError):
        return "CERTIFICATE_VERIFY_FAILED" not in str(error)
    if isinstance(error, UnansweredSignInError):
        return True
    if not isinstance(error, RefusedRequestError):
        return False
    answer = error.answer
    return answer.status in _BUSY or any(one.matches(answer) for one in lag)


def _unreachable(state: RetryCallState) -> bool:
    """Whether nobody is there to be asked, which a wait of minutes seldom changes."""
    error = state.outcome.exception() if state.outcome else None
    waited = (state.seconds_since_start or 0.0) > _UNREACHABLE_SECONDS
    return waited and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    answer = error.answer if isinstance(error, RefusedRequestError) else None
    if answer and answer.retry_after is not None:
        return answer.retry_after
    if answer and answer.status not in _BUSY:
        return max(_LAG_FIRST, _LAG_SHARE * (state.seconds_since_start or 0.0))
    step = min(_BUSY_MOST, _BUSY_FIRST * 2 ** (state.attempt_number - 1))
    return step * random.uniform(0.75, 1.25)  # noqa: S311 -- jitter, not a secret


def _readable(
    what: str, error: BaseException | None, seconds: float | None, needs: str
) -> Exception:
    waited = "" if seconds is None else f" for {seconds:.0f} s"
    if isinstance(error, RefusedRequestError):
        return GraphError(what, error.answer, needs=needs)
    if isinstance(error, RefusedSignInError):
        return ConfigurationError(f"Could not {what}. {refusal(error)}")
    said = first_line(error)
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return ConfigurationError(
            f"Could not {what}: Graph's certificate is not trusted. Let SSL_CERT_FILE and "
            "REQUESTS_CA_BUNDLE name a bundle that holds its certificate authority."
        )
    return GraphError(what, None, cause=f"Graph did not answer{waited}: {said}")
