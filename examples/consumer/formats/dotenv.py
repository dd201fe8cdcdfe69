"""`.env`, as Node reads it: the package `dotenv`, and `node --env-file`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pulumi

# Nothing in it means anything to Node, to Docker or to a shell; those that know no quotes, such as
# `docker run --env-file`, can read it too.
_PLAIN: Final = re.compile(r"(?!~)(?:(?!:~)[\w./:@%+,=~-])*", re.ASCII)


def render(variables: Mapping[str, str]) -> str:
    """One line per variable. Raises RunError for a value that no quotes can hold."""
    return "".join(f"{name}={_quoted(name, value)}\n" for name, value in variables.items())


def _quoted(name: str, value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    # No quotes have an escape for themselves, and in double ones `\n` is a line feed.
    for quote, excluded in (("'", "'\r"), ("`", "`\r"), ('"', '"\r\\')):
        if not value.endswith("\\") and not any(one in excluded for one in value):
            return f"{quote}{value}{quote}"
    raise pulumi.RunError(
        f"the value of {name} cannot stand in a .env: it has every kind of quotes in it, a "
        "carriage return, or a backslash at its end"
    )
