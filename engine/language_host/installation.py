"""What `pulumi install` does for a Python program: make its virtual environment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.language_host.environment import Environment


class InstallationError(Exception):
    """A step of the installation failed; its output has been shown."""


def install(environment: Environment, program: Path) -> Iterator[bytes]:
    """Make `environment` if it is missing and install `program`'s requirements; yields the output.

    Raises InstallationError when a step fails.
    """
    if environment.virtualenv is not None and not environment.python.exists():
        yield f"Creating the virtual environment {environment.virtualenv} ...\n".encode()
        yield from _run([sys.executable, "-m", "venv", str(environment.virtualenv)])
    requirements = program / "requirements.txt"
    if requirements.exists():
        yield b"Installing the packages of requirements.txt ...\n"
        command = [str(environment.python), "-m", "pip", "install", "--disable-pip-version-check"]
        yield from _run([*command, "-r", str(requirements)])


def _run(command: Sequence[str]) -> Iterator[bytes]:
    with subprocess.Popen(  # noqa: S603 - pip and venv of the user's interpreter
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        yield from process.stdout or ()
    if process.returncode != 0:
        raise InstallationError(f"`{' '.join(command)}` failed with exit code {process.returncode}")
