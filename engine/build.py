"""The last choice: building the CLI from its Go module, at the version in engine/cli/go.mod.

Go keeps what it has fetched and compiled in its usual caches, so an interrupted build goes on where
it stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console

from engine.errors import EngineError
from engine.go import Go, toolchain
from engine.model import Cli, Source
from engine.places import CLI_MODULE, ENGINE
from engine.progress import duration, shown
from engine.version import CLI_PACKAGE, pinned_cli

FOLDER: Final = ENGINE / "cli"
"""Holds the CLI that was built, and the stand-ins for its hosts beside it, where the CLI looks for
them.
"""

_VERSION_VARIABLE: Final = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
_LINES_OF_AN_ERROR: Final = 25
_RECORD: Final = "built-from.json"


def built(folder: Path = FOLDER) -> Cli | None:
    """The CLI that was built earlier, unless the pin has changed since."""
    pulumi = folder / "pulumi"
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    current = record == pin() and pulumi.exists()
    return Cli(pulumi, pinned_cli(), Source.BUILT) if current else None


def build(console: Console) -> Cli:
    """Build the CLI, which takes minutes and shows it. Raises EngineError when that fails."""
    go = toolchain(console)
    started = time.monotonic()
    console.print(
        f"Building pulumi {pinned_cli()} with {go.version}: about 5 to 10 minutes and 4 GB of "
        "disk, once. Interrupting does no harm."
    )
    packages = _packages_to_compile(go, console)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for abandoned in FOLDER.glob("pulumi.*.partial"):
        abandoned.unlink()
    partial = FOLDER / f"pulumi.{os.getpid()}.partial"
    linker = f"-s -w -X {_VERSION_VARIABLE}={pinned_cli()}"
    command = [
        "build",
        "-v",
        "-trimpath",
        "-buildvcs=false",
        f"-ldflags={linker}",
        "-o",
        str(partial),
        CLI_PACKAGE,
    ]
    try:
        # One more than the packages: the last piece is linking.
        with shown(console, "compiling", "packages", packages) as advance:
            _run(go, command, lambda line: advance() if _is_package(line) else None)
        (FOLDER / _RECORD).unlink(missing_ok=True)
        partial.rename(FOLDER / "pulumi")
        (FOLDER / _RECORD).write_text(json.dumps(pin()), "utf-8")
    finally:
        partial.unlink(missing_ok=True)
    console.print(f"Built pulumi {pinned_cli()} in {duration(time.monotonic() - started)}.")
    return Cli(FOLDER / "pulumi", pinned_cli(), Source.BUILT)


def pin() -> dict[str, str]:
    """What a build is made from: the version, and a digest of all modules that go into it."""
    sums = (CLI_MODULE / "go.mod").read_bytes() + (CLI_MODULE / "go.sum").read_bytes()
    return {"version": pinned_cli(), "modules": hashlib.sha256(sums).hexdigest()}


def _packages_to_compile(go: Go, console: Console) -> int:
    """Fetch the modules that are missing; how many packages Go's cache does not hold yet."""
    modules = len(
        re.findall(r"^\s+\S+ v\S+", (CLI_MODULE / "go.mod").read_text("utf-8"), re.MULTILINE)
    )
    listing = [
        "list",
        "-deps",
        "-trimpath",
        "-f",
        "{{if .Stale}}{{.ImportPath}}{{end}}",
        CLI_PACKAGE,
    ]
    with shown(console, "fetching", "modules", modules) as advance:
        output = _run(
            go, listing, lambda line: advance() if line.startswith("go: downloading") else None
        )
    return len(output.split())


def _is_package(line: str) -> bool:
    return bool(line) and " " not in line and not line.startswith("#")


def _run(go: Go, arguments: list[str], on_line: Callable[[str], None]) -> str:
    """Run Go in the CLI's module; returns its output, `on_line` gets each line of its progress."""
    last: deque[str] = deque(maxlen=_LINES_OF_AN_ERROR)
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as output,
        subprocess.Popen(  # noqa: S603 - the Go that was found
            [str(go.executable), *arguments],
            cwd=CLI_MODULE,
            env=_variables(),
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        for line in process.stderr or ():
            on_line(line.rstrip())
            last.append(line)
        if process.wait() != 0:
            raise EngineError(
                f"Go could not build the Pulumi CLI:\n{''.join(last).strip()}\n"
                "Fetching needs access to a Go module proxy (GOPROXY). A Pulumi that is "
                "installed by hand does as well: `make up` takes the one on PATH."
            )
        output.seek(0)
        return output.read()


def _variables() -> dict[str, str]:
    """The environment of Go: the user's, but for what would change the build."""
    variables = os.environ | {
        "GOFLAGS": "",
        "GOWORK": "off",
        "GOTOOLCHAIN": "local",
        # No C compiler is needed, and the machine's C library does not matter.
        "CGO_ENABLED": "0",
    }
    if not variables.get("HOME"):
        # Go derives its caches from HOME and refuses to work without it.
        variables.setdefault("GOPATH", str(ENGINE / "go-path"))
        variables.setdefault("GOCACHE", str(ENGINE / "go-cache"))
    return variables
