"""What the language host tells the process that runs a program."""

from __future__ import annotations

from typing import Final, TypedDict

USER_WAS_TOLD: Final = 32
"""Exit code of a program whose failure the user has already been shown; the host adds nothing."""


class Job(TypedDict):
    """A program to run, and the deployment it runs in."""

    program: str
    """The program: a folder with a `__main__.py`, or a file."""
    arguments: list[str]
    directory: str
    """The folder to run it in."""
    root: str
    """The folder of `Pulumi.yaml`."""
    monitor: str
    """Address of the engine's resource monitor."""
    engine: str
    """Address of the engine's log service."""
    organization: str
    project: str
    stack: str
    dry_run: bool
    """True for a preview."""
    parallel: int
    """How many resource operations may run at once."""
    config: dict[str, str]
    secret_keys: list[str]
    """The keys of `config` whose values are secrets."""
