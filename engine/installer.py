"""The second choice: the vendor's installer, which brings the CLI together with its language hosts.

It downloads from the vendor's site. Where that site cannot be reached, this must cost seconds and
no more.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from typing import Final

from rich.console import Console

from engine.found import version_of
from engine.model import Cli, Source
from engine.places import ENGINE
from engine.version import OLDEST_CLI, parse

_SCRIPT: Final = "https://get.pulumi.com/install.sh"
"""What `PulumiCommand.install` of the SDK downloads and runs."""

_REACHED_WITHIN: Final = 4.0
_INSTALLED_WITHIN: Final = 240.0
_FOLDER: Final = ENGINE / "vendor"

_INSTALL: Final = """\
import sys
from pulumi.automation import PulumiCommand
PulumiCommand.install(root=sys.argv[1])
"""
"""Installs the CLI that belongs to the SDK of this interpreter."""


def installed() -> Cli | None:
    """The CLI that the vendor's installer brought earlier, if it is recent enough."""
    pulumi = _FOLDER / "bin" / "pulumi"
    if not pulumi.exists():
        return None
    text = version_of(pulumi)
    version = parse(text)
    return Cli(pulumi, text, Source.INSTALLED) if version and version >= OLDEST_CLI else None


def install(console: Console) -> Cli | None:
    """Run the vendor's installer; None when its site is out of reach or it takes too long."""
    reason = unreachable()
    if reason is not None:
        console.print(f"The vendor's installer is out of reach from here ({reason}).")
        return None
    console.print("Fetching Pulumi with the vendor's installer …")
    partial = _FOLDER.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    reason = _run_installer(str(partial))
    if reason is not None:
        console.print(f"The vendor's installer did not succeed ({reason}).")
        shutil.rmtree(partial, ignore_errors=True)
        return None
    shutil.rmtree(_FOLDER, ignore_errors=True)
    partial.rename(_FOLDER)
    return installed()


def unreachable(url: str = _SCRIPT, within: float = _REACHED_WITHIN) -> str | None:
    """Why the vendor's site cannot be reached within so many seconds; None when it can."""
    # A time-out of urllib does not cover the name look-up, which may block for much longer.
    outcome: list[str | None] = [f"no answer within {within:.0f} s"]

    def ask() -> None:
        request = urllib.request.Request(url, method="HEAD")  # noqa: S310 - the address is ours
        try:
            with urllib.request.urlopen(request, timeout=within):  # noqa: S310 - as above
                outcome[0] = None
        except OSError as error:
            outcome[0] = str(getattr(error, "reason", error))

    asking = threading.Thread(target=ask, name="vendor", daemon=True)
    asking.start()
    asking.join(within)
    return outcome[0]


def _run_installer(folder: str) -> str | None:
    """Install into `folder`; what went wrong, or None."""
    with subprocess.Popen(  # noqa: S603 - the SDK's own installer
        [sys.executable, "-c", _INSTALL, folder],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            _, errors = process.communicate(timeout=_INSTALLED_WITHIN)
        except subprocess.TimeoutExpired:
            # The installer is a shell script with children of its own.
            os.killpg(process.pid, signal.SIGKILL)
            return f"not finished within {_INSTALLED_WITHIN:.0f} s"
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode == 0:
        return None
    return (errors.strip().splitlines() or [f"exit code {process.returncode}"])[-1]
