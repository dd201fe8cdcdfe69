"""What a Markdown document is made of: its headings, and the blocks that show something to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

_NOT_RUN = re.compile(r"<!-- not run: (.+?) -->")


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    document: Path
    line: int
    language: str
    text: str
    not_run: str | None
    """Why its commands are not run, where a comment before the block says so."""

    def __str__(self) -> str:
        """Where it is."""
        return f"{self.document.name}:{self.line}"


def blocks(document: Path) -> Iterator[Block]:
    """The fenced blocks of a document, from its beginning."""
    not_run = None
    for token in MarkdownIt().parse(document.read_text(encoding="utf-8")):
        if token.type == "html_block" and (told := _NOT_RUN.search(token.content)):
            not_run = told.group(1)
        elif token.type == "fence":
            line = token.map[0] + 1 if token.map else 0
            yield Block(document, line, token.info.strip(), token.content, not_run)
            not_run = None


def headings(document: Path, level: int) -> list[str]:
    """The headings of one level, without the marks of code."""
    tokens = MarkdownIt().parse(document.read_text(encoding="utf-8"))
    return [
        text.content.strip("`")
        for mark, text in pairwise(tokens)
        if mark.type == "heading_open" and mark.tag == f"h{level}"
    ]
