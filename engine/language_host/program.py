"""Starts a program in a fresh interpreter, waits for it, and stops it."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path

from engine.language_host.environment import Environment
from engine.language_host.job import USER_WAS_TOLD, Job
from engine.places import PROJECT


class Programs:
    """The programs that run at the moment; usually one."""

    def __init__(self) -> None:
        """None runs yet."""
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()

    def run(self, job: Job, environment: Environment) -> int:
        """Run `job` in `environment`; its exit code, negative when a signal ended it."""
        process = subprocess.Popen(  # noqa: S603 - the interpreter the user chose
            [str(environment.python), "-u", "-m", "engine.language_host.executor"],
            cwd=PROJECT,
            env=_variables(environment),
            stdin=subprocess.PIPE,
            text=True,
        )
        with self._lock:
            self._running.add(process)
        try:
            process.communicate(json.dumps(job))
        finally:
            with self._lock:
                self._running.discard(process)
        return process.returncode

    def stop(self) -> None:
        """End every program at once."""
        with self._lock:
            for process in self._running:
                process.kill()


def _variables(environment: Environment) -> dict[str, str]:
    """The environment variables of a program: those of an activated virtual environment."""
    variables = dict(os.environ)
    if environment.virtualenv is not None:
        folder = str(environment.virtualenv.absolute() / "bin")
        variables["VIRTUAL_ENV"] = str(environment.virtualenv.absolute())
        variables["PATH"] = os.pathsep.join(filter(None, [folder, variables.get("PATH")]))
        variables.pop("PYTHONHOME", None)
    return variables


def outcome(exit_code: int) -> tuple[str, bool]:
    """What the engine is told: the error to show (empty: none), whether the user knows already."""
    if exit_code == USER_WAS_TOLD:
        return "", True
    if exit_code < 0:
        return f"program was ended by signal {-exit_code}", False
    return (f"program exited with non-zero exit code: {exit_code}" if exit_code else ""), False


def location(program_directory: str, entry_point: str) -> Path:
    """The program itself: the entry point in the program's folder, by default the folder."""
    return Path(program_directory) / (entry_point or ".")
