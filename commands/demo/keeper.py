"""Keeps one program: `python -m commands.demo.keeper COMMAND…` ends it when it is to end itself.

That is when it is told to (SIGTERM), and when the command that started it has gone, whatever ended
that. A session of its own keeps a Ctrl-C in the terminal from reaching the program first.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from types import FrameType

from engine.lifeline import end_with_engine

_WITHIN = 5.0
"""Seconds that a program may take to end by itself."""


def main(command: list[str]) -> int:
    """Run the program to its end; its exit code."""
    started = threading.Event()
    kept: list[subprocess.Popen[bytes]] = []

    def end() -> None:
        started.wait()
        for program in kept:
            program.terminate()
            with suppress(subprocess.TimeoutExpired):
                program.wait(_WITHIN)
            program.kill()

    def told(_number: int, _frame: FrameType | None) -> None:
        # On a thread: a signal interrupts the very wait that tells of the program's end.
        threading.Thread(target=end, daemon=True).start()

    # Before there is a program: a signal in between would end its keeper alone.
    signal.signal(signal.SIGTERM, told)
    end_with_engine(end)
    program = subprocess.Popen(command)  # noqa: S603 - the command is the project's own
    kept.append(program)
    started.set()
    return program.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
