"""The drawing in docs/architecture.md: which part imports which, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parent.parent
PAGE_FILE: Final = PROJECT / "docs" / "architecture.md"

PARTS: Final = {
    "__main__": "__main__.py<br>configuration → outputs",
    "components": "components<br>what a tenant is made of",
    "components.settings": "components.settings<br>the YAML and its checks",
    "providers": "providers<br>what azuread cannot do",
    "providers.graph": "providers.graph<br>sign-in, retries, errors",
    "commands": "commands<br>what make runs",
    "engine": "engine<br>the CLI and its plugins",
    "localtenant": "localtenant<br>a tenant on this machine",
    "documents": "documents<br>what docs/ is written from",
}
"""The parts that the drawing shows; an import belongs to the longest name that fits."""

_BLOCK: Final = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def rendered() -> str:
    """The page as the file holds it: its text, and the drawing of today's code."""
    page = PAGE_FILE.read_text(encoding="utf-8")
    return _BLOCK.sub(lambda _: f"```mermaid\n{drawing()}```", page)


def drawing() -> str:
    """The parts and the imports between them, as Mermaid text."""
    lines = ["flowchart TD"]
    lines += [f'  {_id(part)}["{label}"]' for part, label in PARTS.items()]
    lines += [f"  {_id(source)} --> {_id(target)}" for source, target in sorted(imports())]
    return "\n".join(lines) + "\n"


def imports() -> set[tuple[str, str]]:
    """Every pair of parts of which the first imports the second."""
    return {
        (source, target)
        for file in _files()
        if (source := _part(_module(file)))
        for name in _imported(file)
        if (target := _part(name)) and target != source
    }


def _files() -> Iterator[Path]:
    """The code of the parts, and none of what is installed beside it."""
    for part in PARTS:
        if "." not in part:
            yield from (PROJECT / part).rglob("*.py")
    yield PROJECT / "__main__.py"


def _module(file: Path) -> str:
    parts = file.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _part(module: str) -> str | None:
    fits = [one for one in PARTS if module == one or module.startswith(f"{one}.")]
    return max(fits, key=len, default=None)


def _id(part: str) -> str:
    return part.strip("_").replace(".", "_")
