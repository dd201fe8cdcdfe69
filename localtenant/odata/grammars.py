"""Query options that are read by a grammar: the files ``*.lark`` beside this one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lark import Lark, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lark import Token

MOST_CHARACTERS = 8_000
"""Of a query option that is parsed."""


@cache
def grammar(name: str) -> Lark:
    """The parser of the file ``<name>.lark``, made when it is first needed."""
    return Lark.open(f"{name}.lark", rel_to=__file__, parser="lalr")


def depth(tree: Tree[Token], levels: Mapping[str, int]) -> int:
    """How deep a tree is, where each rule counts as many levels as ``levels`` says.

    It does not recurse, so that it can be asked before anything does.
    """
    below: dict[int, int] = {}
    for part in tree.iter_subtrees():  # what is inside comes first
        inside = (below[id(c)] for c in part.children if isinstance(c, Tree))
        below[id(part)] = levels.get(part.data, 0) + max(inside, default=0)
    return below[id(tree)]
