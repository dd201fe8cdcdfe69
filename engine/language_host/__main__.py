"""The language host's executable: `python -m engine.language_host [options] ENGINE_ADDRESS`."""

from __future__ import annotations

import signal
import sys

from engine.language_host.stubs import leave_sdk_out
from engine.lifeline import end_with_engine
from engine.search_path import leave_search_path


def main() -> None:
    """Serve one engine until it interrupts this process or is gone."""
    # Until the server can stop in order, an interrupt must not show a traceback of half an import.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_engine()
    leave_sdk_out()
    # Importing gRPC takes a while; the watch and the signal come first.
    from engine.language_host.server import serve  # noqa: PLC0415 - see above

    leave_search_path()
    # The CLI puts its own flags (tracing, verbosity) first and the engine's address last.
    serve(sys.argv[-1])


if __name__ == "__main__":
    main()
