"""The rehearsal's commands, run as the workflow file says them, in a checkout of their own."""

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
import yaml
from ci_files import SYSTEMS, Step, jobs, steps

from engine.model import Engine
from engine.places import ENGINE, PROJECT

RENAMED = "ciam-ToDoList-api, renamed"


@dataclass(frozen=True)
class Runner:
    """A machine of a pipeline as far as the commands see it."""

    checkout: Path
    environment: dict[str, str]

    def bash(self, step: Step) -> str:
        """Run the commands of a step as the services do; what they print."""
        return self.run("bash", "-e", "-c", step.commands, **step.variables)

    def run(self, *command: str, **variables: str) -> str:
        """Run a command that has to succeed."""
        done = subprocess.run(
            command,
            cwd=self.checkout,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", message)


@pytest.fixture
def runner(engine: Engine, tmp_path: Path) -> Iterator[Runner]:
    """A pull request that renames an API, checked out as its merge commit; nothing runs yet."""
    assert engine.pulumi.exists()
    checkout, home = tmp_path / "checkout", tmp_path / "home"
    home.mkdir()
    made = Runner(checkout, environment(home))
    copy_of_the_project(checkout)
    install(checkout)
    made.run("git", "init", "--quiet", "--initial-branch=main")
    made.commit("The base")
    made.run("git", "checkout", "--quiet", "-b", "change")
    local = checkout / "Pulumi.local.yaml"
    configuration = yaml.safe_load(local.read_text())
    configuration["config"]["ciam:apis"] = {"todolist": {"displayName": RENAMED}}
    local.write_text(yaml.safe_dump(configuration))
    made.commit("Rename the API")
    made.run("git", "checkout", "--quiet", "--detach", "main")
    made.run("git", "merge", "--quiet", "--no-ff", "--message", "The pull request", "change")
    yield made
    made.run(".venv/bin/python", "-m", "commands.tenant")


def environment(home: Path) -> dict[str, str]:
    """The variables of a job, and a port of its own for the tenant."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    foreign = ("ARM_", "AZURE_", "CIAM_", "GIT_", "MAKE", "PULUMI_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    fields = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    author = {f"GIT_{field}": "ci" for field in fields}
    return {**kept, **author, "HOME": str(home), "PORT": str(port)}


def copy_of_the_project(checkout: Path) -> None:
    """Copy what is, or is to be, under version control."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(listed, cwd=PROJECT, text=True).split("\0")
    for name in names:
        source = PROJECT / name
        if source.is_file() and not source.is_symlink():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, checkout / name)


def install(checkout: Path) -> None:
    """Put the packages and the engine there that a cache would restore."""
    packages = checkout / ".venv"
    packages.mkdir()
    for entry in Path(sys.prefix).iterdir():
        if not entry.name.endswith("-requirements"):
            (packages / entry.name).symlink_to(entry)
    (packages / ".local-requirements").touch()
    shutil.copytree(ENGINE, checkout / ".local" / "engine", symlinks=True)


def test_the_rehearsal_shows_what_a_pull_request_changes(runner: Runner) -> None:
    """The base branch's tenant is made, and the preview holds the difference and nothing else."""
    runner.environment["BASE"] = jobs("github", "rehearse")["rehearse"]["env"]["BASE"]
    summary = runner.checkout.parent / "summary.md"
    runner.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    base, change, show = steps("github", "rehearse")

    assert "15 created" in runner.bash(base)
    assert "Tenant: https://localhost:" in runner.bash(change)
    runner.bash(show)

    assert f'"ciam-ToDoList-api" => "{RENAMED}"' in (runner.checkout / "preview.txt").read_text()
    shown = summary.read_text()
    assert f'"ciam-ToDoList-api" => "{RENAMED}"' in shown
    assert shown.count("```") == 2
    assert "CLIENT_SECRET: [secret]" in shown


@pytest.mark.parametrize("system", SYSTEMS[1:])
def test_the_others_run_the_same_commands(system: str) -> None:
    """What was run for one was run for all; only how a service shows the result differs."""
    base, change, show = steps(system, "rehearse")
    expected_base, expected_change, expected_show = steps("github", "rehearse")

    assert commands(base) == commands(expected_base)
    assert commands(change) == commands(expected_change)
    assert variables(change) == variables(expected_change)
    assert commands(show)[0].split(" > ")[0] == commands(expected_show)[0].split(" >> ")[0]


def commands(step: Step) -> list[str]:
    """The commands of a step without how it says that the first failure ends it, and variables."""
    lines = step.commands.strip().splitlines()
    return [line for line in lines if line != "set -e" and not line.startswith("export ")]


def variables(step: Step) -> dict[str, str]:
    """The variables of a step, wherever it sets them."""
    exported = [line for line in step.commands.splitlines() if line.startswith("export ")]
    words = " ".join(exported).replace("export ", "").split()
    return {**step.variables, **dict(word.split("=", 1) for word in words)}
