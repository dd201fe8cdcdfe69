"""``$filter`` as a tree: the part of OData's grammar that Graph's services take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from localtenant.odata.filter_tokens import syntax_error, tokens, wrong

if TYPE_CHECKING:
    from localtenant.odata.errors import GraphError
    from localtenant.odata.filter_tokens import Token

_DEEPEST = 12
"""Levels of a condition; SQLite's parser, which the filter ends in, has a limit of its own."""

_LEVELS_OF_LAMBDA = 3
_COMPARISONS = ("eq", "ne", "gt", "ge", "lt", "le")


@dataclass(frozen=True)
class Literal:
    """A constant: its kind is that of its token, or ``boolean`` or ``null``."""

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
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the tokens of one filter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        tree = self._either()
        if self._next.kind != "end":
            raise self._fail()
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _fail(self) -> GraphError:
        return syntax_error(self._text, self._next.start)

    def _expect(self, mark: str) -> None:
        if not self._next.is_mark(mark):
            raise self._fail()
        self._at += 1

    def _deeper(self, levels: int = 1) -> None:
        self._depth += levels
        if self._depth > _DEEPEST:
            raise wrong("Recursion limit reached.")

    def _either(self) -> Node:
        self._deeper()
        parts = [self._both()]
        while self._next.is_word("or"):
            self._at += 1
            parts.append(self._both())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Junction("or", tuple(parts))

    def _both(self) -> Node:
        parts = [self._unary()]
        while self._next.is_word("and"):
            self._at += 1
            parts.append(self._unary())
        return parts[0] if len(parts) == 1 else Junction("and", tuple(parts))

    def _unary(self) -> Node:
        if not self._next.is_word("not"):
            return self._comparison()
        self._at += 1
        self._deeper()
        operand = self._unary()
        self._depth -= 1
        return Negation(operand)

    def _comparison(self) -> Node:
        left = self._primary()
        if self._next.is_word(*_COMPARISONS):
            operator = self._take().text.lower()
            return Comparison(operator, left, self._primary())
        if self._next.is_word("in"):
            self._at += 1
            return Membership(left, self._options())
        return left

    def _options(self) -> tuple[Literal, ...]:
        self._expect("(")
        options: list[Literal] = []
        while True:
            option = self._primary()
            if not isinstance(option, Literal):
                raise self._fail()
            options.append(option)
            if self._next.is_mark(")"):
                break
            self._expect(",")
        self._expect(")")
        return tuple(options)

    def _primary(self) -> Node:
        if self._next.is_mark("("):
            self._at += 1
            inner = self._either()
            self._expect(")")
            return inner
        token = self._next
        if token.kind in {"string", "guid", "moment", "date", "number", "enum"}:
            self._at += 1
            return Literal(token.kind, _unquoted(token))
        if token.kind != "name":
            raise self._fail()
        self._at += 1
        if token.is_word("true", "false"):
            return Literal("boolean", token.text.lower())
        if token.is_word("null"):
            return Literal("null", "null")
        if self._next.is_mark("("):
            return self._function(token)
        return self._path(token)

    def _function(self, name: Token) -> Node:
        self._expect("(")
        arguments: list[Node] = []
        while not self._next.is_mark(")"):
            arguments.append(self._either())
            if not self._next.is_mark(")"):
                self._expect(",")
        self._expect(")")
        return Function(name.text.lower(), tuple(arguments))

    def _path(self, first: Token) -> Node:
        segments = [first.text]
        while self._next.is_mark("/"):
            self._at += 1
            token = self._take()
            if token.kind != "name":
                self._at -= 1
                raise self._fail()
            if token.is_word("any", "all") and self._next.is_mark("("):
                return self._lambda(Path(tuple(segments)), every=token.is_word("all"))
            segments.append(token.text)
        return Path(tuple(segments))

    def _lambda(self, owner: Path, *, every: bool) -> Node:
        self._expect("(")
        if self._next.is_mark(")") and not every:
            self._at += 1
            return Lambda(owner, every)
        variable = self._take()
        if variable.kind != "name":
            self._at -= 1
            raise self._fail()
        self._expect(":")
        self._deeper(_LEVELS_OF_LAMBDA)
        body = self._either()
        self._depth -= _LEVELS_OF_LAMBDA
        self._expect(")")
        return Lambda(owner, every, variable.text, body)


def _unquoted(token: Token) -> str:
    if token.kind == "string":
        return token.text[1:-1].replace("''", "'")
    if token.kind == "enum":
        return token.text.partition("'")[2][:-1].replace("''", "'")
    return token.text
