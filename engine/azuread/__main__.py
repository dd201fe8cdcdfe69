"""Entry point: `python -m engine.azuread [ADDRESS]`, with the address at which the engine listens.

Without an address it waits for an engine that attaches (`PULUMI_DEBUG_PROVIDERS=azuread:PORT`).
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys


def main() -> None:
    """Serve the azuread provider until the engine interrupts this process or is gone."""
    # Asked for before anything slow happens: an engine that is killed meanwhile must be noticed.
    parent = os.getppid()
    # Until the server takes them over, signals end the process without the traceback of half an
    # import.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    # httpx loads its own command line (and with it rich and Pygments) and HTTP/2 wherever those are
    # installed, and bears that they are missing. They take longer than all else of httpx.
    for unused in ("httpx._main", "h2"):
        sys.modules[unused] = None  # pyright: ignore[reportArgumentType] -- how Python says that there is no such module
    gc.disable()  # What is imported stays.
    from engine.azuread.server import serve  # noqa: PLC0415 - it imports for a second

    gc.freeze()
    gc.enable()
    # The CLI puts its own flags first and its address last.
    arguments = sys.argv[1:]
    asyncio.run(serve(arguments[-1] if arguments else None, parent))
    # All is closed, and the engine waits: taking the interpreter apart is what would take longest.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
