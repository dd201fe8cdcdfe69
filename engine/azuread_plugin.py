"""The azuread plugin: the official one wherever it can be had, else `engine/azuread/`."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rich.console import Console

from engine import installer, stand_ins
from engine.model import Cli, Provider, Source
from engine.places import HOME
from engine.process import ask

_INSTALLED_WITHIN: Final = 180.0


def provide(cli: Cli, console: Console) -> Provider:
    """Put the plugin that the installed package needs into `PULUMI_HOME`; say who provides it."""
    executable = _executable()
    if executable.exists() and not stand_ins.is_stand_in(executable):
        return Provider.OFFICIAL
    if not executable.exists() and _worth_asking(cli, console) and _install_official(cli, console):
        return Provider.OFFICIAL
    stand_ins.write_azuread(executable.parent)
    return Provider.STAND_IN


def present() -> Provider | None:
    """Who provides the plugin that is installed; None when none is."""
    executable = _executable()
    if not executable.exists():
        return None
    return Provider.STAND_IN if stand_ins.is_stand_in(executable) else Provider.OFFICIAL


def _executable() -> Path:
    return HOME / "plugins" / f"resource-azuread-v{_version()}" / "pulumi-resource-azuread"


def _version() -> str:
    return version("pulumi-azuread")


def _worth_asking(cli: Cli, console: Console) -> bool:
    if sys.platform == "darwin":
        # Go on macOS asks the keychain and ignores SSL_CERT_FILE, so the official plugin would not
        # trust the local tenant.
        console.print(
            "On macOS the official azuread plugin cannot trust the local tenant's certificate: "
            "taking the stand-in."
        )
        return False
    # A CLI that had to be built means that the vendor's site could not be reached a moment ago.
    return cli.source is not Source.BUILT and installer.unreachable() is None


def _install_official(cli: Cli, console: Console) -> bool:
    console.print(f"Fetching the official azuread plugin {_version()} …")
    environment = os.environ | {"PULUMI_HOME": str(HOME), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    command = [cli.pulumi, "plugin", "install", "resource", "azuread", _version()]
    answer = ask(command, environment=environment, within=_INSTALLED_WITHIN)
    if not answer.succeeded:
        console.print(f"The official azuread plugin cannot be had ({answer.reason}).")
    return answer.succeeded
