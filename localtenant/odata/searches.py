"""``$search`` on directory objects: clauses such as ``"displayName:one"``, joined by AND and OR.

Source: the Graph page "Use the $search query parameter". ``displayName`` and ``description`` are
cut into words, of which each word of the clause must begin one; any other property must start with
the clause. That clauses match the beginnings of words, and the texts of what is refused, are our
own choice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lark import UnexpectedInput
from lark.visitors import Interpreter

from localtenant.conditions import Condition, fold
from localtenant.odata.errors import bad_request
from localtenant.odata.filter_conditions import joined
from localtenant.odata.grammars import MOST_CHARACTERS, depth, grammar
from localtenant.odata.types import STRING

if TYPE_CHECKING:
    from lark import Token, Tree

    from localtenant.odata.model import Entity

_IN_WORDS = {"displayName", "description"}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_MOST_CLAUSES = 100
_DEEPEST = 8


def search(text: str, entities: tuple[Entity, ...]) -> Condition:
    """The SQL condition for a ``$search``; 400 for text that is no search."""
    refused = bad_request(f"Invalid search clause: Syntax error in '{text}'.")
    if len(text) > MOST_CHARACTERS:
        raise refused
    try:
        tree = grammar("search").parse(text)
    except UnexpectedInput as error:
        raise refused from error
    clauses = sum(1 for _ in tree.find_data("clause"))
    if clauses > _MOST_CLAUSES or depth(tree, {"group": 1}) > _DEEPEST:
        raise refused
    return _Conditions(entities).visit(tree)


@lru_cache(maxsize=8192)
def words(text: str) -> frozenset[str]:
    """The words in a text, folded: split at spaces, symbols, numbers and before capitals."""
    found: set[str] = set()
    for spaced in text.split():
        found.add("".join(re.findall(r"\w+", spaced)).casefold())
        for word in re.findall(r"[^\W_]+", spaced):
            found.add(word.casefold())
            found |= {piece.casefold() for piece in _HUMP.split(word)}
    return frozenset(found - {""})


def found_by(value: object, wanted: str, in_words: int) -> int:
    """Whether a property's value is found by the folded text of a clause. SQL's ``found_by``."""
    if not isinstance(value, str):
        return 0
    if not in_words:
        return int(value.casefold().startswith(wanted))
    there = words(value)
    return int(all(any(t.startswith(w) for t in there) for w in re.findall(r"[^\W_]+", wanted)))


class _Conditions(Interpreter["Token", Condition]):
    """The condition for each rule of the grammar, in the method of the rule's name."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self._entities = entities

    def _inside(self, tree: Tree[Token]) -> list[Condition]:
        return cast("list[Condition]", self.visit_children(tree))

    def either(self, tree: Tree[Token]) -> Condition:
        return joined("OR", self._inside(tree))

    def both(self, tree: Tree[Token]) -> Condition:
        return joined("AND", self._inside(tree))

    def group(self, tree: Tree[Token]) -> Condition:
        return self._inside(tree)[0]

    def clause(self, tree: Tree[Token]) -> Condition:
        name, _, wanted = str(tree.children[0])[1:-1].partition(":")
        wanted = re.sub(r"\\(.)", r"\1", wanted)
        types = [e.type for e in self._entities]
        props = [t.everywhere[name] for t in types if name in t.everywhere]
        if not any(p.type is STRING and not p.hidden for p in props):
            raise bad_request(f"Property '{name}' cannot be searched.")
        each = f"json_extract(o.doc, '$.{name}')"
        wanted_words = int(name in _IN_WORDS)
        if not any(p.collection for p in props):
            return Condition(f"found_by({each}, ?, ?)", (fold(wanted), wanted_words))
        return Condition(
            f"EXISTS (SELECT 1 FROM json_each(o.doc, '$.{name}') AS item"  # noqa: S608 - declared names
            " WHERE found_by(item.value, ?, ?))",
            (fold(wanted), wanted_words),
        )
