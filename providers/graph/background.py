"""An event loop on a thread of its own, for as long as the process lives.

Requests are asynchronous, Pulumi's dynamic-provider host calls from four synchronous threads,
and pooled connections belong to the loop that opened them. So one loop serves all of them.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


class BackgroundLoop:
    """Runs coroutines for synchronous callers, all on one loop."""

    def __init__(self) -> None:
        """Start the loop's thread; a daemon, so that it never keeps the process alive."""
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="graph", daemon=True).start()

    def run(self, coroutine: Coroutine[object, object, T], *, seconds: float) -> T:
        """Run to completion and return the result.

        Raises ``TimeoutError`` after ``seconds``; the coroutine is then cancelled.
        """
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(timeout=seconds)
        except concurrent.futures.TimeoutError:
            future.cancel()
            raise
