"""What is wrong with the settings, told to the person who wrote them.

One problem is one line: where it is, what was given, what is allowed.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import pulumi

Location = tuple[str | int, ...]
"""A place in the configuration: section, key, and so on inwards."""

MISSPELT: Final = 0.85
"""The likeness from which on a name that nobody declares is a known one, misspelt."""

_SHOWN: Final = 80
"""Characters of a given value that a problem repeats."""

_SECRET: Final = re.compile(r"secret|password|private_?key", re.IGNORECASE)
"""Keys below which somebody may have written a secret."""

_HIDDEN: Final = "a text that is not shown"


@dataclass(frozen=True)
class Problem:
    """One mistake in the stack's configuration."""

    path: str
    """Where it is, from the configuration key on: `ciam:clients.web.redirectUris[1]`."""
    text: str
    """What was given and what is allowed."""

    def __str__(self) -> str:
        """The problem as one line."""
        return f"{self.path}: {self.text}"


class SettingsError(pulumi.RunError):
    """The stack's configuration cannot be used; the message lists every problem.

    Pulumi shows a RunError as its message alone and ends the program.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Problems, in the order in which they are to be read."""
        self.problems = tuple(problems)
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(
            f"the stack's configuration has {count}; nothing was changed\n{lines}\n"
            "docs/config.schema.json describes every setting, docs/mistakes.md each mistake."
        )


def path_of(location: Iterable[str | int], root: str = "ciam:") -> str:
    """Where something is, as a path below `root`; in `ciam:` the first element is the section."""
    path = root
    for element in location:
        if isinstance(element, int):
            path += f"[{element}]"
        elif re.fullmatch(r"[\w-]+", element):
            path += element if path == root else f".{element}"
        else:
            path += f"[{json.dumps(element)}]"
    return path


def given(value: object, key: str = "") -> str:
    """What was given below `key`, as it could stand in the YAML, in one short line.

    A text that may be a secret is not shown.
    """
    if value is None:
        return "given no value"
    if isinstance(value, str) and _is_secret(value, key):
        return f"given {_HIDDEN}"
    text = json.dumps(_without_secrets(value, key), ensure_ascii=False, default=_told)
    return f"given {text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}"


def _told(value: object) -> str:
    """What is no JSON, as a text; an output, which warns where one asks for its text, by a name."""
    return "an output" if isinstance(value, pulumi.Output) else str(value)


def _is_secret(text: str, key: str) -> bool:
    return bool(_SECRET.search(key)) or "PRIVATE KEY" in text


def _without_secrets(value: object, key: str) -> object:
    if isinstance(value, str) and _is_secret(value, key):
        return _HIDDEN
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {name: _without_secrets(entry, f"{key}.{name}") for name, entry in entries.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_secrets(item, key) for item in cast("Sequence[object]", value)]
    return value


def one_of(known: Iterable[str], what: str) -> str:
    """What is allowed when it is one of some names."""
    names = ", ".join(known)
    return f"allowed: {what} ({names})" if names else f"allowed: {what}, of which there is none"


def nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """`; nearest: …` when a known name resembles `name` by `likeness` (0 to 1), else nothing."""
    by_fold = {candidate.lower(): candidate for candidate in known}
    found = difflib.get_close_matches(name.lower(), by_fold, n=1, cutoff=likeness)
    return f"; nearest: {by_fold[found[0]]}" if found else ""


def descend(value: object, location: Sequence[str | int]) -> object:
    """The part of the configuration at `location`; None where there is none."""
    for element in location:
        if isinstance(value, Mapping):
            value = cast("Mapping[object, object]", value).get(element)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            items = cast("Sequence[object]", value)
            value = items[element] if isinstance(element, int) and element < len(items) else None
        else:
            return None
    return value
