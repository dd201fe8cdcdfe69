"""The engine as the rest of the project sees it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Source(StrEnum):
    """How this machine came by the CLI."""

    FOUND = "found on PATH"
    INSTALLED = "from the vendor's installer"
    BUILT = "built here from its published source"


class Provider(StrEnum):
    """Who provides a plugin."""

    OFFICIAL = "official"
    STAND_IN = "stand-in of this project"


@dataclass(frozen=True)
class Cli:
    """A Pulumi CLI with a language host for Python."""

    pulumi: Path
    version: str
    source: Source

    @property
    def hosts(self) -> Provider:
        """Who provides the hosts for Python: the official ones come with an official CLI."""
        return Provider.STAND_IN if self.source is Source.BUILT else Provider.OFFICIAL


@dataclass(frozen=True)
class Engine:
    """A CLI and a `PULUMI_HOME` that holds the plugins this project needs."""

    cli: Cli
    home: Path
    azuread: Provider

    @property
    def pulumi(self) -> Path:
        """The CLI's executable."""
        return self.cli.pulumi

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make this process's environment use this engine."""
        return self.variables(os.environ)

    def variables(self, environ: Mapping[str, str]) -> dict[str, str]:
        """The variables that, added to `environ`, make a shell or a process use this engine."""
        path = environ.get("PATH", os.defpath)
        if shutil.which("pulumi", path=path) != str(self.pulumi):
            path = os.pathsep.join([str(self.pulumi.parent), path])
        return {
            "PATH": path,
            "PULUMI_HOME": str(self.home),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }

    def lines(self) -> list[str]:
        """What was taken, a line each for the engine and its plugins."""
        limit = ", for a tenant on this machine only" if self.azuread is Provider.STAND_IN else ""
        return [
            f"Engine: pulumi {self.cli.version}, {self.cli.source} ({self.pulumi})",
            f"Plugins: Python hosts {self.cli.hosts}; azuread {self.azuread}{limit}",
        ]
