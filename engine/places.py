"""Where things lie: the project, its private folder `.local/`, and what the engine keeps in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent
"""The checkout: the folder of `Pulumi.yaml`."""

LOCAL: Final = PROJECT / ".local"
"""Everything that this machine makes for itself; not under version control, removed by `make
clean`.
"""

ENGINE: Final = LOCAL / "engine"
"""The engine: a CLI that was installed or built here, and the record of which engine was taken."""

HOME: Final = LOCAL / "pulumi-home"
"""`PULUMI_HOME` of the stack `local`: its plugins, apart from those of the user's own Pulumi."""

CLI_MODULE: Final = PROJECT / "engine" / "cli"
"""The Go module that pins the CLI and its dependencies."""
