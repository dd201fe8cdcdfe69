"""A copy of this checkout as a newcomer has it, with what takes minutes to get already there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.model import Engine
from engine.places import ENGINE, PROJECT


@dataclass(frozen=True)
class Checkout:
    """A folder with the project's files, an empty home, and a port for its tenant."""

    folder: Path
    environment: dict[str, str]

    def run(self, script: str, *, bash: str = "-euo pipefail", **variables: str) -> str:
        """Run lines of shell, and return what they show; they must succeed."""
        done = subprocess.run(
            ["bash", *bash.split(), "-c", script],
            cwd=self.folder,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}"
        return done.stdout


@pytest.fixture
def checkout(engine: Engine, tmp_path: Path) -> Iterator[Checkout]:
    """A copy of the files that git knows or would know; its tenant is stopped afterwards."""
    del engine  # it is there
    folder, home = tmp_path / "checkout", tmp_path / "home"
    home.mkdir()
    for name in _files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, folder / name)
    packages = folder / ".venv"
    packages.mkdir()
    for entry in Path(sys.prefix).iterdir():
        if not entry.name.endswith("-requirements"):
            (packages / entry.name).symlink_to(entry)
    # By these make knows that nothing has to be installed.
    (packages / ".local-requirements").touch()
    (packages / ".dev-requirements").touch()
    if ENGINE.exists():
        # The executables beside the CLI name their checkout: they are replaced, not changed.
        shutil.copytree(
            ENGINE, folder / ENGINE.relative_to(PROJECT), copy_function=os.link, symlinks=True
        )
    made = Checkout(folder, {**_environment(), "HOME": str(home), "PORT": str(_free_port())})
    yield made
    made.run(".venv/bin/python -m commands.tenant")


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = [name for name in listed.split("\0") if name]
    return [
        name for name in files if (PROJECT / name).is_file() and not (PROJECT / name).is_symlink()
    ]


def _environment() -> dict[str, str]:
    ours = ("ARM_", "AZURE_", "CIAM_", "GIT_", "MAKE", "PULUMI_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
