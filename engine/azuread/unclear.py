"""Requests whose answer got lost: what became of them is looked up before they are sent again.

A connection that breaks, a time-out and a failure of the service (5xx) say nothing about whether
the write took effect. Sent again unseen, a creation would make a second object, and given up it
would leave one that no state knows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from engine.azuread.errors import ConnectionFailedError, StandInError
from engine.azuread.graph_error import GraphError
from engine.azuread.values import Properties

Look = Callable[[], Awaitable[Properties | None]]
"""Looks whether a request was carried out: what stands for its answer, or None if it was not."""


class Clarified:
    """One request, sent as often as this is called, until it is known to be carried out."""

    def __init__(self, send: Callable[[], Awaitable[Properties]], look: Look) -> None:
        """Send with `send`; after an unclear answer, and before the next try, `look`."""
        self._send = send
        self._look = look
        self._unclear: StandInError | None = None

    async def __call__(self) -> Properties:
        """Return the answer of the request, or what stands for it; raise what `send` raises."""
        if self._unclear is not None:
            found = await self._found(self._unclear)
            if found is not None:
                return found
        try:
            return await self._send()
        except (ConnectionFailedError, GraphError) as error:
            if error.unclear:
                self._unclear = error
            # After an unclear answer a clear refusal may be about what that one has made.
            found = None if self._unclear is None else await self._found(error)
            if found is None:
                raise
            return found

    async def _found(self, error: StandInError) -> Properties | None:
        """Look; where that fails too, what counts is that the request itself got no answer."""
        try:
            return await self._look()
        except ConnectionFailedError as unanswered:
            # A tenant that has gone is not waited for as long as one that fails.
            gone = not unanswered.unclear
            raise (ConnectionFailedError(str(error), unclear=False) if gone else error) from None
        except GraphError as refusal:
            # Not to be repeated where nothing can tell what a repetition would do.
            raise (error if refusal.transient else StandInError(str(error))) from None
