"""The code in docs/extending.md: each block is a piece of a file as it is today.

The text around the blocks is the page's own. A comment before a block names its file, and the
beginnings of the statements that it shows; without any it shows the whole file.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parent.parent
PAGE_FILE: Final = PROJECT / "docs" / "extending.md"

_BLOCK: Final = re.compile(
    r"^(?P<indent> *)<!-- code: (?P<file>\S+)(?: \| (?P<pieces>[^\n]+))? -->\n *```python\n.*?```",
    re.DOTALL | re.MULTILINE,
)


def rendered() -> str:
    """The page as the file holds it: its text, and the code of today.

    Raises ValueError where a comment names what no statement begins with, or what several do.
    """
    return _BLOCK.sub(_shown, PAGE_FILE.read_text(encoding="utf-8"))


def _shown(block: re.Match[str]) -> str:
    comment = block[0].partition("\n")[0].strip()
    source = (PROJECT / block["file"]).read_text(encoding="utf-8")
    pieces = block["pieces"].split(" | ") if block["pieces"] else []
    code = "\n\n\n".join(_piece(source, one) for one in pieces) or source.rstrip()
    return textwrap.indent(f"{comment}\n```python\n{code}\n```", block["indent"])


def _piece(source: str, beginning: str) -> str:
    """The one statement that begins with that text, its decorators before it."""
    lines = source.splitlines(keepends=True)
    found = [
        one for one in _statements(source) if lines[one.lineno - 1].strip().startswith(beginning)
    ]
    if len(found) != 1:
        raise ValueError(f"{len(found)} statements begin with {beginning!r}; needed: one")
    decorators: list[ast.expr] = getattr(found[0], "decorator_list", [])
    first = min(one.lineno for one in (found[0], *decorators))
    return textwrap.dedent("".join(lines[first - 1 : found[0].end_lineno])).rstrip()


def _statements(source: str) -> Iterator[ast.stmt]:
    """Every statement, those inside others too."""
    return (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.stmt))
