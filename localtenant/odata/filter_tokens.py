"""``$filter`` as text, cut into tokens, and what is said of text that is no filter.

Positions and texts follow Microsoft's OData library, with which Graph's gateway reads filters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.odata.errors import gateway

if TYPE_CHECKING:
    from localtenant.odata.errors import GraphError

_MOST_CHARACTERS = 8_000
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<string>'(?:[^']|'')*')
    |(?P<guid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-]))
    |(?P<moment>\d{4}-\d\d-\d\dT[0-9:.]*(?:Z|[+-]\d\d:\d\d)?(?!\w))
    |(?P<date>\d{4}-\d\d-\d\d(?!\w))
    |(?P<number>[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.]))
    |(?P<enum>[a-z_][\w.]*'(?:[^']|'')*')
    |(?P<name>[$@a-z_][\w.]*)
    |(?P<mark>[(),/:])
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A piece of a filter: what it is, its text, and where it starts."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any letter case."""
        return self.kind == "name" and self.text.lower() in words

    def is_mark(self, *marks: str) -> bool:
        """Whether it is one of these punctuation marks."""
        return self.kind == "mark" and self.text in marks


def tokens(text: str) -> list[Token]:
    """The tokens of a filter, white space left out, closed by one of the kind ``end``."""
    if len(text) > _MOST_CHARACTERS:
        raise wrong("The query is too long.")
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _refuse_character(text, position)
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match.group(), position))
        position = match.end()
    # The library counts one further at the end of the text.
    return [*found, Token("end", "", len(text) + 1)]


def _refuse_character(text: str, position: int) -> GraphError:
    character = text[position]
    if character == "'":
        return wrong(
            f"There is an unterminated string literal at position {len(text)} in '{text}'."
        )
    if character.isdigit():
        return syntax_error(text, position)
    return wrong(
        f"Syntax error: character '{character}' is not valid at position {position} in '{text}'."
    )


def syntax_error(text: str, position: int) -> GraphError:
    """400 for a filter that cannot be parsed."""
    return wrong(f"Syntax error at position {position} in '{text}'.")


def wrong(why: str) -> GraphError:
    """400 of the gateway for a filter that is wrong in itself."""
    return gateway(f"Invalid filter clause: {why}")
