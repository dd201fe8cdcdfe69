"""A Chromium for the tests in a browser: where it is, and on Debian how one comes to this machine.

``python tests/chromium.py`` is what ``make test`` runs first, once for all its workers: it finds
the Chromium of ``$CHROMIUM`` or of PATH, else installs the distribution's package where that is
possible, as root on Debian. Without any the tests in a browser are skipped, which ends the command
with 1 if ``$CHROMIUM_REQUIRED`` is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PACKAGE = "chromium"
_SYSTEM = Path("/etc/os-release")
_MINUTE = 60.0
_PATIENCE = 10 * _MINUTE
"""Seconds for which another installation is waited for."""
_BETWEEN = 5.0
"""Seconds between two looks whether it is over."""
_LOCKED = ("Could not get lock", "Unable to lock", "Unable to acquire the dpkg frontend lock")
_QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}

MISSING = (
    "There is no Chromium. CHROMIUM=/path/to/chromium names one, or have `chromium` on PATH; as "
    "root on Debian `make test` installs the distribution's package."
)


class ChromiumError(Exception):
    """There is no Chromium, or none could be installed; the text says why and what helps."""


def is_required(environ: Mapping[str, str]) -> bool:
    """Whether tests that cannot run for want of a Chromium are failures."""
    return bool(environ.get("CHROMIUM_REQUIRED"))


def found(environ: Mapping[str, str]) -> str | None:
    """The executable that an environment's variables lead to, or None.

    Raises ChromiumError if ``$CHROMIUM`` names what is none: then another would be a surprise.
    """
    named = environ.get("CHROMIUM")
    if named and shutil.which(named, path=environ.get("PATH")) is None:
        raise ChromiumError(f"CHROMIUM={named} is no program that can be run.")
    return named or next(
        (p for n in _NAMES if (p := shutil.which(n, path=environ.get("PATH", "")))), None
    )


def is_debian(system: Path = _SYSTEM) -> bool:
    """Whether the distribution is Debian itself: elsewhere the package may be no Chromium."""
    return system.is_file() and "ID=debian" in system.read_text("utf-8").splitlines()


def install(
    environ: Mapping[str, str], *, patience: float = _PATIENCE, between: float = _BETWEEN
) -> str:
    """Install the distribution's package; the executable. Raises ChromiumError.

    While something else installs packages, that is waited for, at most ``patience`` seconds, and
    looked at every ``between``. The lists of packages are fetched only if the package is not in
    them, or no longer where they say.
    """
    _say(f"There is no Chromium: installing Debian's package `{_PACKAGE}`, a minute or two ...")
    end = time.monotonic() + patience
    wanted = ("install", "--yes", "--no-install-recommends", _PACKAGE)
    failed = _apt(wanted, environ, end, between)
    if failed:
        _say("Fetching the lists of packages first ...")
        failed = _apt(("update",), environ, end, between) or _apt(wanted, environ, end, between)
    executable = None if failed else found(environ)
    if executable is None:
        raise ChromiumError(f"Chromium could not be installed: {failed or 'it is not on PATH'}")
    return executable


def _apt(words: tuple[str, ...], environ: Mapping[str, str], end: float, between: float) -> str:
    """Run apt-get; the last thing that it complained of, or an empty text. Raises ChromiumError."""
    waits = False
    while True:
        done = subprocess.run(
            ["apt-get", "-qq", *words],
            env={**environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return ""
        complaint = done.stderr.strip() or done.stdout.strip() or "apt-get gave no reason"
        if not any(text in complaint for text in _LOCKED):
            return complaint.splitlines()[-1]
        if time.monotonic() >= end:
            raise ChromiumError(f"Chromium could not be installed: {complaint.splitlines()[0]}")
        if not waits:
            minutes = max(1, round((end - time.monotonic()) / _MINUTE))
            _say(f"Something else installs packages: waiting up to {minutes} min ...")
            waits = True
        time.sleep(between)


def main(environ: Mapping[str, str], *, system: Path = _SYSTEM, is_root: bool) -> int:
    """Find a Chromium, or install one; 0 unless there is none and it is required."""
    try:
        executable = found(environ)
        possible = is_root and is_debian(system) and shutil.which("apt-get", path=environ["PATH"])
        if executable is None and possible:
            executable = install(environ)
            _say(f"Chromium is installed: {executable}")
        missing = "" if executable else MISSING
    except ChromiumError as error:
        missing = str(error)
    if not missing:
        return 0
    required = is_required(environ)
    then = "it is required here" if required else "the tests in a browser are skipped"
    _say(f"{missing}\nTherefore: {then}.", sys.stderr)
    return 1 if required else 0


def _say(text: str, file: TextIO | None = None) -> None:
    # At once: what comes next may take minutes.
    (file or sys.stdout).write(f"{text}\n")
    (file or sys.stdout).flush()


if __name__ == "__main__":
    sys.exit(main(os.environ, is_root=getattr(os, "geteuid", lambda: 1)() == 0))
