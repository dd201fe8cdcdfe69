"""The process that runs a Pulumi program: a fresh interpreter, told what to run.

The language host writes what to run as JSON to its standard input (see `job.Job`). Arguments and
environment variables are no place for it, because the stack's configuration holds secrets. The
process starts in the project folder, so that this module is found, and leaves it before any of the
program's code is imported.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import cast

from engine.language_host.job import Job
from engine.lifeline import end_with_engine


def main() -> None:
    """Run the program that standard input describes; ends with its exit code."""
    # The engine interrupts the whole process group when the user cancels; that needs no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_engine()
    job = cast("Job", json.load(sys.stdin))
    program = Path(job["program"])
    os.chdir(job["directory"])
    # Importing the SDK takes a while; the watch and the signal come first.
    from engine.language_host.deployment import run  # noqa: PLC0415 - see above

    # From here on imports look in the program's folder, no longer in this project's.
    sys.path[0] = str(program if program.is_dir() else program.parent)
    sys.argv = [job["program"], *job["arguments"]]
    sys.exit(run(job, program))


if __name__ == "__main__":
    main()
