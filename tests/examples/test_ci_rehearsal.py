"""The rehearsal's commands, run as the workflow file says them, in a checkout of their own."""

from __future__ import annotations

import pytest
import yaml
from checkout_fixture import Checkout
from ci_files import SYSTEMS, Step, jobs, steps

RENAMED = "ciam-ToDoList-api, renamed"


@pytest.fixture
def runner(checkout: Checkout) -> Checkout:
    """A pull request that renames an API, checked out as its merge commit; nothing runs yet."""
    fields = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    checkout.environment.update({f"GIT_{field}": "ci" for field in fields})
    checkout.run("git init --quiet --initial-branch=main; git add --all; git commit -qm 'The base'")
    local = checkout.folder / "Pulumi.local.yaml"
    configuration = yaml.safe_load(local.read_text())
    configuration["config"]["ciam:apis"] = {"todolist": {"displayName": RENAMED}}
    local.write_text(yaml.safe_dump(configuration))
    checkout.run("git checkout -qb change; git commit -qam 'Rename the API'")
    checkout.run("git checkout -q --detach main; git merge -q --no-ff -m 'The request' change")
    return checkout


def test_the_rehearsal_shows_what_a_pull_request_changes(runner: Checkout) -> None:
    """The base branch's tenant is made, and the preview holds the difference and nothing else."""
    runner.environment["BASE"] = jobs("github", "rehearse")["rehearse"]["env"]["BASE"]
    summary = runner.folder.parent / "summary.md"
    runner.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    base, change, show = steps("github", "rehearse")

    def run(step: Step) -> str:
        return runner.run(step.commands, bash="-e", **step.variables)

    assert "15 created" in run(base)
    assert "Tenant: https://localhost:" in run(change)
    run(show)

    assert f'"ciam-ToDoList-api" => "{RENAMED}"' in (runner.folder / "preview.txt").read_text()
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
