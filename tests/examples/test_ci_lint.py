"""The workflow files are well formed, their shell is sound, and nobody gets more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from ci_files import CI, FORMS, SYSTEMS, file, jobs, steps

BIN = Path(sys.executable).parent
FILES = [(system, form) for system in SYSTEMS for form in FORMS]
SCHEMAS = {
    "github": ["--builtin-schema", "vendor.github-workflows"],
    # The vendor's schema has patterns that only the older reading of them takes.
    "azure-devops": [
        *("--builtin-schema", "vendor.azure-pipelines", "--data-transform", "azure-pipelines"),
        *("--regex-variant", "nonunicode"),
    ],
    "gitlab": ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
}
CACHES = ("actions/cache@", "Cache@", "\n  cache:")
TENANT_WORDS = (
    "secrets.",
    "id-token",
    "id_tokens",
    "ARM_",
    "PASSPHRASE",
    "ACCESSTOKEN",
    "- group:",
)


def run(*command: str | Path, text: str | None = None) -> None:
    """Run a linter, which has to find nothing."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_files_follow_the_schema_of_their_system(system: str) -> None:
    """Misspelt keys and wrong types are what a service would tell only when it runs."""
    files = [file(system, form) for form in FORMS]
    run(BIN / "check-jsonschema", *SCHEMAS[system], *files)


def test_the_github_workflows_have_no_known_weakness() -> None:
    """Zizmor knows what attackers use: templates in shell, kept credentials, broad permissions."""
    files = [file("github", form) for form in FORMS]
    audit = ("--offline", "--quiet", "--persona", "pedantic", "--config")
    run(BIN / "zizmor", *audit, CI / "github" / "zizmor.yml", *files)


@pytest.mark.parametrize(("system", "form"), FILES)
def test_the_shell_commands_are_sound(system: str, form: str) -> None:
    """Also those that nothing can run here."""
    assert steps(system, form)
    for step in steps(system, form):
        run(BIN / "shellcheck", "--shell=bash", "-", text=step.commands)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_rehearsal_holds_nothing_worth_stealing(system: str) -> None:
    """It runs whatever a fork sends."""
    text = file(system, "rehearse").read_text("utf-8")

    assert [word for word in TENANT_WORDS if word in text] == []


@pytest.mark.parametrize(("system", "form"), FILES)
def test_only_the_apply_writes(system: str, form: str) -> None:
    """And it takes nothing from a cache, and is not cut short by the next run."""
    text = file(system, form).read_text("utf-8")

    assert ("pulumi up" in text) == (form == "apply")
    assert ("production" in text) == (form == "apply")
    assert any(word in text for word in CACHES) == (form == "rehearse")


@pytest.mark.parametrize("form", FORMS)
def test_pull_requests_never_start_the_apply(form: str) -> None:
    """Each file of GitHub's has one event, and never `pull_request_target`."""
    text = file("github", form).read_text("utf-8")

    events = [line.split("#")[0].rstrip() for line in text.splitlines() if line.startswith("  pu")]
    assert events == (["  push:"] if form == "apply" else ["  pull_request:"])


def test_the_job_that_may_comment_has_no_identity_and_runs_the_base_branch() -> None:
    """The job with the reader's identity runs the pull request's code, so it may write nothing."""
    preview, comment = jobs("github", "preview").values()

    assert preview["permissions"] == {"contents": "read", "id-token": "write"}
    assert comment["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert comment["steps"][0]["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert "environment" not in comment
