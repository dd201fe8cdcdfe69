"""The workflow files of `examples/ci`: where they are, and the shell commands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from engine.places import PROJECT

CI = PROJECT / "examples" / "ci"
SYSTEMS = ("github", "azure-devops", "gitlab")
FORMS = ("rehearse", "preview", "apply")


@dataclass(frozen=True)
class Step:
    """The commands of one step, and the variables that the step itself sets."""

    commands: str
    variables: dict[str, str]


def file(system: str, form: str) -> Path:
    """The file of a form for a system."""
    return CI / system / f"{form}.yml"


def jobs(system: str, form: str) -> dict[str, dict[str, Any]]:
    """The jobs of a file by name."""
    content = yaml.safe_load(file(system, form).read_text("utf-8"))
    if system == "gitlab":
        return content
    if system == "github":
        return content["jobs"]
    listed = content["jobs"] if "jobs" in content else content["stages"][0]["jobs"]
    return {job.get("job") or job["deployment"]: job for job in listed}


def steps(system: str, form: str) -> list[Step]:
    """The steps of all jobs of a file that are shell commands, in order."""
    return [step for job in jobs(system, form).values() for step in _of(system, job)]


def _of(system: str, job: dict[str, Any]) -> Iterator[Step]:
    if system == "gitlab":
        for commands in [*job["script"], *job.get("after_script", [])]:
            yield Step(commands, {})
        return
    listed = job["steps"] if "steps" in job else job["strategy"]["runOnce"]["deploy"]["steps"]
    for step in cast("list[dict[str, Any]]", listed):
        commands = step.get("run") or step.get("bash") or step.get("inputs", {}).get("inlineScript")
        if isinstance(commands, str):
            yield Step(commands, step.get("env", {}))
