"""The Makefile: what it offers, and that it leaves other stacks to the user's own Pulumi."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.places import PROJECT


def make(*arguments: str, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run make as if the Python packages were installed."""
    installed = ["-o", ".venv/.local-requirements", "-o", ".venv/.dev-requirements"]
    return subprocess.run(
        ["make", "-s", *installed, *arguments],
        cwd=PROJECT,
        env=dict(environ),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def own_pulumi(tmp_path: Path) -> dict[str, str]:
    """The environment of a user whose `pulumi` tells what it was asked and what is set for it."""
    pulumi = tmp_path / "pulumi"
    pulumi.write_text(
        '#!/bin/sh\necho "asked: $*"\nenv | grep -E "^(PULUMI|ARM|AZURE|SSL)_"\ntrue\n'
    )
    pulumi.chmod(0o755)
    return {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PULUMI_ACCESS_TOKEN": "own"}


def test_help_lists_every_target() -> None:
    """What a person can do is listed by `make` alone, each with a line of explanation."""
    listed = {line.split()[0] for line in make(environ=os.environ).stdout.splitlines()[2:]}

    assert listed >= {"up", "preview", "refresh", "down", "outputs", "env", "logs", "clean"}
    assert listed >= {
        "test",
        "lint",
        "format",
        "doctor",
        "upgrade",
        "documents",
        "bench",
        "pictures",
    }


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        ("up", "up --stack prod"),
        ("preview", "preview --stack prod"),
        ("refresh", "refresh --stack prod"),
        ("down", "destroy --stack prod"),
        ("outputs", "stack output --stack prod --json"),
    ],
)
def test_another_stack_is_left_to_the_own_pulumi(
    own_pulumi: dict[str, str], target: str, asked: str
) -> None:
    """No home, backend or credential of the local stack reaches another one."""
    done = make(target, "STACK=prod", environ=own_pulumi)

    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == [f"asked: {asked}", "PULUMI_ACCESS_TOKEN=own"]


def test_a_shell_that_chose_the_local_stack_does_not_touch_another(
    own_pulumi: dict[str, str],
) -> None:
    """Its variables would send another stack's program to the local tenant."""
    done = make("up", "STACK=prod", environ={**own_pulumi, "CIAM_SAVED_ENVIRONMENT": "{}"})

    assert done.returncode != 0
    assert 'eval "$(make -s env OFF=1)"' in done.stderr
    assert "asked" not in done.stdout


def test_a_python_that_is_too_old_is_told(tmp_path: Path) -> None:
    """The first thing that can go wrong on a fresh machine is explained in a sentence."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.6"\nexit 1\n')
    old.chmod(0o755)
    makefile = (PROJECT / "Makefile").read_text()
    (tmp_path / "Makefile").write_text(makefile)
    (tmp_path / "requirements-local.txt").touch()

    done = subprocess.run(
        ["make", "-s", "doctor", f"PYTHON={old}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "Python 3.9.6" in done.stderr
