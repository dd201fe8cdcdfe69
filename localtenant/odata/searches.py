"""``$search`` on directory objects: clauses such as ``"displayName:one"``, joined by AND and OR.

Source: the Graph page "Use the $search query parameter". ``displayName`` and ``description`` are
cut into words, of which each word of the clause must begin one; any other property must start with
the clause. That clauses match the beginnings of words, and the texts of what is refused, are our
own choice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from localtenant.conditions import Condition, fold
from localtenant.odata.errors import bad_request
from localtenant.odata.filter_conditions import joined
from localtenant.odata.types import STRING

if TYPE_CHECKING:
    from localtenant.odata.errors import GraphError
    from localtenant.odata.model import Entity

_PIECE = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(AND|OR)\b|([()]))\s*')
_CLAUSE = re.compile(r"(\w+):(.+)", re.DOTALL)
_IN_WORDS = {"displayName", "description"}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_MOST_CLAUSES = 100
_DEEPEST = 8


def search(text: str, entities: tuple[Entity, ...]) -> Condition:
    """The SQL condition for a ``$search``; 400 for text that is no search."""
    return _Reader(text, entities).whole()


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


class _Reader:
    """Recursive descent over the pieces of one search."""

    def __init__(self, text: str, entities: tuple[Entity, ...]) -> None:
        self._text = text
        self._entities = entities
        self._pieces = self._cut()
        self._at = 0
        self._depth = 0

    def whole(self) -> Condition:
        found = self._either()
        if self._at < len(self._pieces):
            raise self._fail()
        return found

    def _cut(self) -> list[tuple[str, str]]:
        pieces: list[tuple[str, str]] = []
        position = 0
        while position < len(self._text):
            match = _PIECE.match(self._text, position)
            if match is None or match.end() == position or len(pieces) > _MOST_CLAUSES:
                raise self._fail()
            clause, word, mark = match.groups()
            pieces.append(("clause", clause) if clause is not None else ("mark", word or mark))
            position = match.end()
        return pieces

    def _fail(self) -> GraphError:
        return bad_request(f"Invalid search clause: Syntax error in '{self._text}'.")

    def _taken(self, mark: str) -> bool:
        there = self._at < len(self._pieces) and self._pieces[self._at] == ("mark", mark)
        self._at += there
        return there

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._taken("OR"):
            parts.append(self._both())
        return joined("OR", parts)

    def _both(self) -> Condition:
        parts = [self._single()]
        while self._taken("AND"):
            parts.append(self._single())
        return joined("AND", parts)

    def _single(self) -> Condition:
        if self._taken("("):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise self._fail()
            inner = self._either()
            self._depth -= 1
            if not self._taken(")"):
                raise self._fail()
            return inner
        if self._at >= len(self._pieces) or self._pieces[self._at][0] != "clause":
            raise self._fail()
        clause = re.sub(r"\\(.)", r"\1", self._pieces[self._at][1])
        self._at += 1
        match = _CLAUSE.fullmatch(clause)
        if match is None:
            raise self._fail()
        return self._clause(*match.groups())

    def _clause(self, name: str, wanted: str) -> Condition:
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
