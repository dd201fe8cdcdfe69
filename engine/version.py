"""Versions: which CLI this project accepts, which one it builds, and what a version text says."""

from __future__ import annotations

import re
from typing import Final

from engine.places import CLI_MODULE

Version = tuple[int, int, int]

OLDEST_CLI: Final[Version] = (3, 259, 0)
"""The oldest CLI that the SDK pinned in requirements.txt is known to work with."""

CLI_PACKAGE: Final = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
"""The Go package of the CLI, declared as a tool in engine/cli/go.mod."""

_CLI_MODULE_PATH: Final = "github.com/pulumi/pulumi/pkg/v3"


def parse(text: str) -> Version | None:
    """The first `major.minor[.patch]` in `text`; None when there is none."""
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def readable(version: Version) -> str:
    """`3.259.0`."""
    return ".".join(map(str, version))


def pinned_cli() -> str:
    """The version of the CLI that is built here, as Go writes it: `v3.259.0`."""
    return _from_go_mod(rf"^\s*{re.escape(_CLI_MODULE_PATH)} (v\S+)")


def oldest_go() -> Version:
    """The oldest Go that builds the pinned CLI."""
    version = parse(_from_go_mod(r"^go (\S+)"))
    if version is None:
        raise ValueError("engine/cli/go.mod does not name a Go version")
    return version


def _from_go_mod(pattern: str) -> str:
    found = re.search(pattern, (CLI_MODULE / "go.mod").read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError(f"engine/cli/go.mod has no line that matches {pattern}")
    return found[1]
