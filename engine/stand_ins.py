"""Writes the executables by which the CLI starts this project's stand-ins."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Final

from engine.places import PROJECT

_MARK: Final = "# A stand-in of this project, written by `python -m engine install`."

_SCRIPT: Final = """\
#!/bin/sh
{mark}
PYTHONPATH={project}${{PYTHONPATH:+:$PYTHONPATH}}
export PYTHONPATH
environment={environment}
exec {python} -P -u -m {module} "$@"
"""

_OF_THIS_PROJECT: Final = '"$environment/bin/python3"'
_OF_THE_PROGRAM: Final = '"${PULUMI_RUNTIME_VIRTUALENV:-$environment}/bin/python3"'
"""The engine hands down `virtualenv` of Pulumi.yaml: a program's providers need the program's
packages.
"""


def write_hosts(folder: Path) -> None:
    """Put the hosts for Python into `folder`, that of the CLI: there it looks for them."""
    _write(folder / "pulumi-language-python", "engine.language_host", _OF_THIS_PROJECT)
    _write(folder / "pulumi-resource-pulumi-python", "engine.dynamic_host", _OF_THE_PROGRAM)


def write_azuread(folder: Path) -> None:
    """Put the azuread plugin into `folder`, a plugin's folder below `PULUMI_HOME`."""
    _write(folder / "pulumi-resource-azuread", "engine.azuread", _OF_THIS_PROJECT)


def is_stand_in(executable: Path) -> bool:
    """Whether the plugin at `executable` is one that this module wrote."""
    try:
        with executable.open("rb") as file:
            return _MARK.encode() in file.read(200)
    except FileNotFoundError:
        return False


def _write(executable: Path, module: str, python: str) -> None:
    text = _SCRIPT.format(
        mark=_MARK,
        project=shlex.quote(str(PROJECT)),
        environment=shlex.quote(sys.prefix),
        python=python,
        module=module,
    )
    if executable.exists() and executable.read_bytes() == text.encode():
        return
    executable.parent.mkdir(parents=True, exist_ok=True)
    # The CLI may start it at any moment, so it is there whole or not at all.
    partial = executable.with_name(f"{executable.name}.{os.getpid()}.partial")
    partial.write_text(text, "utf-8")
    partial.chmod(0o755)
    partial.rename(executable)
