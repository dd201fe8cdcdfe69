"""`make map` as a command: where it writes, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from map_samples import SEED
from rich.console import Console

from commands import tenant_map
from commands.errors import CommandError
from engine.places import PROJECT

CONSOLE = Console(markup=False, soft_wrap=True)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("a.svg", "<svg ", "</svg>\n"),
        ("a.mmd", "flowchart LR\n", "\n"),
        ("A.MD", "```mermaid\nflowchart LR\n", "\n```\n"),
    ],
)
def test_the_name_of_the_file_tells_the_form(
    tmp_path: Path, name: str, start: str, end: str
) -> None:
    """Folders are made for it."""
    file = tmp_path / "new" / name
    tenant_map.write(SEED, file, CONSOLE, ids=False)

    text = file.read_text("utf-8")
    assert text.startswith(start)
    assert text.endswith(end)


def test_another_name_is_refused_before_anything_is_asked() -> None:
    """A PNG would have to be drawn by somebody else."""
    with pytest.raises(CommandError, match=r"tenant\.png: a map is a picture \(\.svg\)"):
        tenant_map.check(Path("tenant.png"))
    tenant_map.check(None)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In a line."""
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(CommandError, match=r"cannot be written to .*a\.svg: Is a directory"):
        tenant_map.write(SEED, tmp_path / "a.svg", CONSOLE, ids=False)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ((), 'map --port "" --file ""'),
        (("FILE=a b.svg", "IDS=1"), 'map --port "" --file "a b.svg" --ids'),
        (("STACK=prod", "FILE=a.md"), 'map --stack "prod" --file "a.md"'),
    ],
)
def test_make_hands_its_variables_on(arguments: tuple[str, ...], command: str) -> None:
    """Another stack is read with the user's own CLI and login."""
    ready = ["-o", ".venv/.local-requirements"]
    # The suite itself runs below make, which would hand on how it was called.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    done = subprocess.run(
        ["make", "-n", "--no-print-directory", *ready, "map", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1].strip() == f".venv/bin/python -m commands {command}"
