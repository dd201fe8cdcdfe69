"""``$filter`` as a tree, and what is said of text that is no filter; the grammar: ``filter.lark``.

Positions and texts follow Microsoft's OData library, with which Graph's gateway reads filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lark import (
    Token,
    Transformer,
    UnexpectedInput,
    UnexpectedToken,
    v_args,  # pyright: ignore[reportUnknownVariableType] -- its type has gaps
)

from localtenant.odata.errors import wrong_filter
from localtenant.odata.grammars import MOST_CHARACTERS, depth, grammar

if TYPE_CHECKING:
    from localtenant.odata.errors import GraphError

_DEEPEST = 11
"""Levels inside a condition; SQLite's parser, which the filter ends in, has a limit of its own."""

_LEVELS = {"group": 1, "negation": 1, "function": 1, "quantified": 4}


@dataclass(frozen=True)
class Literal:
    """A constant: its kind is its terminal of the grammar, in lower case."""

    kind: str
    text: str


@dataclass(frozen=True)
class Path:
    """Segments from the object, or from a variable of a lambda, to a value; casts included."""

    segments: tuple[str, ...]


@dataclass(frozen=True)
class Lambda:
    """``owner/any(variable:body)``, or with ``every`` ``owner/all(…)``; ``any()`` has no body."""

    owner: Path
    every: bool
    variable: str = ""
    body: Node | None = None


@dataclass(frozen=True)
class Function:
    """A call such as ``startswith(displayName,'a')``; the name is in lower case."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Comparison:
    """Two values with one of ``eq``, ``ne``, ``gt``, ``ge``, ``lt`` and ``le`` between them."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Membership:
    """``left in (…)``."""

    left: Node
    options: tuple[Literal, ...]


@dataclass(frozen=True)
class Junction:
    """Conditions joined by ``and`` or by ``or``."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Negation:
    """``not`` a condition."""

    operand: Node


Node = Literal | Path | Lambda | Function | Comparison | Membership | Junction | Negation


@lru_cache(maxsize=256)
def parse(text: str) -> Node:
    """The syntax tree of a ``$filter``; 400 of the gateway where it has none."""
    if len(text) > MOST_CHARACTERS:
        raise wrong_filter("The query is too long.")
    try:
        tree = grammar("filter").parse(text)
    except UnexpectedInput as error:
        raise _refused(text, error) from error
    if depth(tree, _LEVELS) > _DEEPEST:
        raise wrong_filter("Recursion limit reached.")
    return _NODES.transform(tree)


def _refused(text: str, error: UnexpectedInput) -> GraphError:
    position = error.pos_in_stream or 0
    if isinstance(error, UnexpectedToken):
        # The library counts one further at the end of the text.
        place = len(text) + 1 if error.token.type == "$END" else position
        return wrong_filter(f"Syntax error at position {place} in '{text}'.")
    character = text[position]
    if character == "'":
        return wrong_filter(
            f"There is an unterminated string literal at position {len(text)} in '{text}'."
        )
    if character.isdigit():
        return wrong_filter(f"Syntax error at position {position} in '{text}'.")
    return wrong_filter(
        f"Syntax error: character '{character}' is not valid at position {position} in '{text}'."
    )


@v_args(inline=True)
class _Nodes(Transformer[Token, Node]):
    """The node for each rule of the grammar, in the method of the rule's name."""

    def either(self, *parts: Node) -> Junction:
        return Junction("or", parts)

    def both(self, *parts: Node) -> Junction:
        return Junction("and", parts)

    def negation(self, operand: Node) -> Negation:
        return Negation(operand)

    def comparison(self, left: Node, operator: Token, right: Node) -> Comparison:
        return Comparison(operator.lower(), left, right)

    def membership(self, left: Node, *options: Literal) -> Membership:
        return Membership(left, options)

    def group(self, inner: Node) -> Node:
        return inner

    def path(self, *segments: Token) -> Path:
        return Path(tuple(str(s) for s in segments))

    def function(self, name: Token, *arguments: Node) -> Function:
        return Function(name.lower(), arguments)

    def quantified(
        self, owner: Path, word: Token, variable: str = "", body: Node | None = None
    ) -> Lambda:
        return Lambda(owner, word.lower() == "all", str(variable), body)

    def literal(self, token: Token) -> Literal:
        kind, text = token.type.lower(), str(token)
        if kind in {"string", "enum"}:
            text = text.partition("'")[2][:-1].replace("''", "'")
        return Literal(kind, text.lower() if kind in {"boolean", "null"} else text)


_NODES = cast("Transformer[Token, Node]", _Nodes())
