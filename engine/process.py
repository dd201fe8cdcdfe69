"""Runs a command to its end and hands back what it said."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What a command printed, and whether it succeeded."""

    succeeded: bool
    output: str
    errors: str

    @property
    def reason(self) -> str:
        """The last line of what it complained of."""
        return (self.errors.strip().splitlines() or ["no reason given"])[-1]


def ask(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    within: float | None = None,
    given: str | None = None,
) -> Answer:
    """Run `command` in `environment` (None: this process's own); its input is what is `given`.

    A command that cannot be started, or does not end `within` so many seconds, has not succeeded.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the commands are this project's own
            command,
            env=environment,
            cwd=folder,
            input=given or "",
            capture_output=True,
            text=True,
            timeout=within,
            check=False,
        )
    except OSError as error:
        return Answer(False, "", str(error))
    except subprocess.TimeoutExpired:
        return Answer(False, "", f"no answer within {within:.0f} s")
    return Answer(done.returncode == 0, done.stdout, done.stderr)
