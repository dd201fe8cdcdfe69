"""Which answers are worth asking again, how soon, and for how long.

Two reasons to repeat a request: the service is busy or broken for a moment (any operation, until
the operation's own deadline), or what was written a moment ago has not reached the replica that
answers (only the operations that follow a write, only these answers, for a shorter time, because
the same answer may also be final).
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_exponential_jitter

from engine.azuread.errors import ConnectionFailedError, StandInError
from engine.azuread.graph_error import GraphError

LAG_SECONDS: Final = 60.0
"""How long a request is repeated because an earlier write may not have arrived everywhere."""

UNREACHABLE_SECONDS: Final = 5.0
"""How long a request is repeated because no connection can be made; a tenant on this machine is
there or it is not.
"""

_LAG_FIRST: Final = 0.1
_LAG_SHARE: Final = 0.1
"""Of the time waited so far: so much at most is lost once the directory has caught up."""

_BACKOFF: Final = wait_exponential_jitter(multiplier=0.1, exp_base=2, max=10, jitter=0.1)


@dataclass(frozen=True)
class Symptom:
    """An answer that replication lag may explain: its status and, if need be, its text."""

    status: int
    says: re.Pattern[str] | None = None

    def fits(self, error: GraphError) -> bool:
        """Tell whether Graph's answer shows this symptom."""
        return error.status == self.status and (
            self.says is None or self.says.search(f"{error.code}: {error.said}") is not None
        )


NOT_FOUND: Final = Symptom(404)
"""The object that was just created is not there yet."""

REFERENCE: Final = Symptom(
    400, re.compile("does not exist or one of its queried reference-property objects")
)
"""The same in other words: something that the request names is not there yet."""

_NO_ACCOUNT: Final = Symptom(409, re.compile("The corresponding MSA application does not exist"))
_STILL_ENABLED: Final = Symptom(400, re.compile("CannotDeleteOrUpdateEnabledEntitlement"))

CHANGE: Final = (_NO_ACCOUNT, _STILL_ENABLED)
"""Changes of an application: right after its creation, or of a scope or role right after it was
disabled.
"""

AFTER_CREATE: Final = (NOT_FOUND, Symptom(409), _STILL_ENABLED)
"""Changes of an application right after its creation."""

CREDENTIAL: Final = (NOT_FOUND, REFERENCE)
"""A secret for an application that was just created."""

NO_PASSWORD: Final = Symptom(400, re.compile("No password credential found"))
"""Removal of a secret that was just added."""

OWNER_ADDED: Final = (NOT_FOUND, Symptom(400, re.compile("Not a valid reference update")))
OWNER_REMOVED: Final = (
    NOT_FOUND,
    Symptom(400, re.compile("One or more removed object references do not exist")),
)
"""Changes of the owners of an object that was just created."""

SERVICE_PRINCIPAL: Final = (
    Symptom(400, re.compile(r"The appId '.+' of the service principal does not reference a valid")),
    Symptom(400, re.compile("NoBackingApplicationObject")),
    Symptom(403, re.compile("the backing application of the service principal being created must")),
)
"""Creation of a service principal right after its application."""

GRANT: Final = (NOT_FOUND, REFERENCE)
"""Creation of a delegated permission grant right after its service principals."""

ASSIGNMENT: Final = (
    NOT_FOUND,
    Symptom(400, re.compile("Not a valid reference update")),
    Symptom(400, re.compile("Permission being assigned was not found on application")),
)
"""Creation of an app role assignment right after its service principals, or after the role."""


def repeating(
    symptoms: tuple[Symptom, ...], *, seconds: float, stopped: asyncio.Event
) -> AsyncRetrying:
    """Return the policy for one request: a first try at once, then short steps with jitter.

    `seconds` is what the operation has left; `stopped` is set when nobody waits for the answer any
    more.
    """

    def worth_repeating(error: BaseException) -> bool:
        if isinstance(error, GraphError):
            return error.transient or any(symptom.fits(error) for symptom in symptoms)
        return isinstance(error, ConnectionFailedError)

    def stop(state: RetryCallState) -> bool:
        limit = min(_patience_with(_error(state), seconds), seconds)
        return stopped.is_set() or (state.seconds_since_start or 0.0) + wait(state) > limit

    def wait(state: RetryCallState) -> float:
        error = _error(state)
        if isinstance(error, GraphError) and error.retry_after is not None:
            return error.retry_after
        if isinstance(error, GraphError) and not error.transient:
            return max(_LAG_FIRST, _LAG_SHARE * (state.seconds_since_start or 0.0))
        return _BACKOFF(state)

    async def sleep(seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), seconds)
            # Nothing more is sent: nobody would record what it creates.
            raise StandInError(
                "interrupted while waiting to repeat a request that Graph had refused for now; "
                "run pulumi again"
            )

    return AsyncRetrying(
        retry=retry_if_exception(worth_repeating), stop=stop, wait=wait, sleep=sleep, reraise=True
    )


def _patience_with(error: BaseException | None, seconds: float) -> float:
    if isinstance(error, GraphError):
        return seconds if error.transient else LAG_SECONDS
    unanswered = isinstance(error, ConnectionFailedError) and error.unclear
    return seconds if unanswered else UNREACHABLE_SECONDS


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None
