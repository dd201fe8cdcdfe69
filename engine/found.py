"""The first choice: a Pulumi on PATH, recent enough and with its language host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from engine.model import Cli, Source
from engine.places import HOME, LOCAL
from engine.process import ask
from engine.version import OLDEST_CLI, parse, readable

_LANGUAGE_HOST = "pulumi-language-python"
_ANSWERS_WITHIN = 20


def on_path(path: str | None = None) -> tuple[Cli | None, str]:
    """The CLI on `path` (default: PATH), or None with the reason why there is none to take.

    What this project made itself is passed over: a shell that ran `make env` has it first on its
    PATH.
    """
    folders = (path if path is not None else os.environ.get("PATH", os.defpath)).split(os.pathsep)
    foreign = os.pathsep.join(
        f for f in folders if f and not Path(f).resolve().is_relative_to(LOCAL)
    )
    executable = shutil.which("pulumi", path=foreign)
    if executable is None:
        return None, "no pulumi on PATH"
    pulumi = Path(executable)
    text = version_of(pulumi)
    version = parse(text)
    if version is None:
        return None, f"{pulumi} does not tell its version"
    if version < OLDEST_CLI:
        return None, f"{pulumi} is {text}, older than {readable(OLDEST_CLI)}"
    beside = pulumi.resolve().parent / _LANGUAGE_HOST
    if not (os.access(beside, os.X_OK) or shutil.which(_LANGUAGE_HOST, path=foreign)):
        return None, f"{pulumi} has no {_LANGUAGE_HOST} beside it or on PATH"
    return Cli(pulumi, text, Source.FOUND), ""


def version_of(pulumi: Path) -> str:
    """What `pulumi version` prints, such as `v3.259.0`; empty when it fails."""
    environment = os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true", "PULUMI_HOME": str(HOME)}
    answer = ask([pulumi, "version"], environment=environment, within=_ANSWERS_WITHIN)
    return answer.output.strip() if answer.succeeded else ""
