"""`python -m documents` writes the generated files of docs/ anew; `--check` says which are old."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from documents import (
    configuration_page,
    drawing,
    extending_page,
    local_tenant_page,
    mistakes_page,
    schema,
)

FILES: Final[Mapping[Path, Callable[[], str]]] = {
    schema.SCHEMA_FILE: schema.rendered,
    mistakes_page.PAGE_FILE: mistakes_page.rendered,
    configuration_page.PAGE_FILE: configuration_page.rendered,
    drawing.PAGE_FILE: drawing.rendered,
    local_tenant_page.PAGE_FILE: local_tenant_page.rendered,
    extending_page.PAGE_FILE: extending_page.rendered,
}
"""Each generated file, and what it holds."""


def main() -> int:
    """Write the files, or name those that differ; 1 where one does."""
    parser = argparse.ArgumentParser(prog="python -m documents", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    old = [file for file in FILES if not _is_current(file)]
    for file in old:
        if not arguments.check:
            file.write_text(FILES[file](), encoding="utf-8")
        said = "is old: `make documents` writes it anew" if arguments.check else "written"
        sys.stdout.write(f"docs/{file.name}: {said}\n")
    return 1 if old and arguments.check else 0


def _is_current(file: Path) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == FILES[file]()


if __name__ == "__main__":
    sys.exit(main())
