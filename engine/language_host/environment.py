"""The Python environment of a program, as `runtime.options` in its `Pulumi.yaml` describe it."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


class UnusableEnvironmentError(Exception):
    """The program's environment cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Environment:
    """Where a program's interpreter and packages are."""

    virtualenv: Path | None
    """The virtual environment named by `Pulumi.yaml`; None: the interpreter that runs this host."""

    @property
    def python(self) -> Path:
        """The interpreter, whether or not it exists."""
        return self.virtualenv / "bin" / "python" if self.virtualenv else Path(sys.executable)

    def site_packages(self) -> list[Path]:
        """The folders that hold the installed packages."""
        if self.virtualenv is None:
            paths = sysconfig.get_paths()
            return list(dict.fromkeys([Path(paths["purelib"]), Path(paths["platlib"])]))
        found: Iterable[Path] = self.virtualenv.glob("lib*/python*/site-packages")
        # `lib64` is a link to `lib` on many systems; each package counts once.
        return sorted({folder.resolve() for folder in found})


def environment(root: Path, options: Mapping[str, object]) -> Environment:
    """The environment that the runtime options of the project in `root` describe.

    Raises UnusableEnvironmentError for an option this host does not know how to honour.
    """
    toolchain = options.get("toolchain", "pip")
    if toolchain != "pip":
        raise UnusableEnvironmentError(
            f"Pulumi.yaml asks for the toolchain {toolchain!r}; this language host, which stands "
            "in for the official one, knows `pip` only."
        )
    virtualenv = options.get("virtualenv")
    if virtualenv is None:
        return Environment(None)
    if not isinstance(virtualenv, str):
        raise UnusableEnvironmentError(
            "`virtualenv` in Pulumi.yaml must be the path of a virtual environment."
        )
    return Environment(root / virtualenv)
