"""Ends a stand-in process as soon as the engine that started it has gone.

The Pulumi CLI stops its plugins with SIGINT. A CLI that is killed (`kill -9`, the out-of-memory
killer) stops nobody: language host, program and plugins would live on, hold their port and go on
writing to the tenant. Each of them therefore watches its parent process; the operating system
reports the end of a process, so watching costs nothing.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable

_POLL_SECONDS = 1.0
_ENDED_WITHOUT_ENGINE = 1


def end_with_engine(finish: Callable[[], object] | None = None, *, within: float = 30.0) -> None:
    """Watch the parent process from a daemon thread and end this process when the parent has ended.

    Call it once, as the first thing a process does. `finish` may complete what is under way (an
    operation in flight, a child process to stop); it gets `within` seconds, then the process ends
    regardless. Without `finish` it ends at once. No `finally` block and no `atexit` handler of this
    process runs.
    """
    parent = os.getppid()

    def watch() -> None:
        wait_for_exit(parent)
        try:
            if finish is not None:
                finishing = threading.Thread(target=finish, name="lifeline-finish", daemon=True)
                finishing.start()
                finishing.join(within)
        finally:
            os._exit(_ENDED_WITHOUT_ENGINE)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def wait_for_exit(parent: int) -> None:
    """Block until process `parent`, the parent of this one, has ended."""
    if sys.platform == "linux":
        _wait_on_linux(parent)
    elif sys.platform == "darwin":
        _wait_on_macos(parent)
    else:
        _wait_by_polling(parent)


if sys.platform == "linux":

    def _wait_on_linux(parent: int) -> None:
        try:
            handle = os.pidfd_open(parent)
        except ProcessLookupError:
            return
        except OSError:
            # Linux before 5.3, and sandboxes that do not pass the call on.
            _wait_by_polling(parent)
            return
        # The parent may have ended before the handle was opened, and its number may already be
        # somebody else's.
        if os.getppid() == parent:
            poller = select.poll()
            poller.register(handle, select.POLLIN)
            poller.poll()
        os.close(handle)


if sys.platform == "darwin":

    def _wait_on_macos(parent: int) -> None:
        queue = select.kqueue()
        event = select.kevent(
            parent,
            filter=select.KQ_FILTER_PROC,
            flags=select.KQ_EV_ADD | select.KQ_EV_ONESHOT,
            fflags=select.KQ_NOTE_EXIT,
        )
        try:
            queue.control([event], 0)
        except ProcessLookupError:
            return
        if os.getppid() == parent:
            queue.control(None, 1)
        queue.close()


def _wait_by_polling(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(_POLL_SECONDS)
