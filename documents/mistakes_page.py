"""docs/mistakes.md, the mistakes to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import yaml

from documents.mistakes_table import TABLE_FILE, Accepted, Change, Mistake, Rule, Table, read_table

PAGE_FILE: Final = Path(TABLE_FILE).with_suffix(".md")

_SHOWN: Final = 100
"""Characters of the longest text that the page shows whole."""

_INTRODUCTION: Final = """\
# Mistakes in a stack's configuration

`pulumi up` and `pulumi preview` tell these mistakes before anything is created: all of them at
once, one line each, with the path, what was given and what is allowed. Only what the service surely
refuses, or what could never work, is a mistake; everything else is for Microsoft Graph to decide.

`make documents` writes this page from [mistakes.yaml](mistakes.yaml), by which the settings and the
local tenant are tested. Each mistake is one change of this configuration:
"""

_NOT_SEEN: Final = """\
Two things cannot be seen from here. A key that stands beside `config:` instead of below it reaches
nobody: Pulumi passes it over. And a date without quotation marks (`displayName: 2024-01-01`) is a
text with a time of day by the time that it arrives.
"""


def rendered() -> str:
    """The page as the file holds it."""
    table = read_table()
    return "\n".join([_INTRODUCTION, *_page(table), _NOT_SEEN])


def _page(table: Table) -> Iterator[str]:
    yield _block("yaml", _as_yaml({f"ciam:{key}": one for key, one in table.configuration.items()}))
    for heading, rules in table.groups.items():
        yield f"## {heading}\n"
        for rule in rules:
            yield from _rule(rule)
    yield "## What is no mistake\n"
    for accepted in table.accepted:
        yield _accepted(accepted)
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.why}{f' ([source]({rule.source}))' if rule.source else ''}\n"
    for mistake in rule.mistakes:
        yield _block("yaml", _written(mistake))
        yield _block("text", "\n".join(mistake.said))
        if mistake.graph:
            answer = f"{mistake.graph.status} `{mistake.graph.code}`"
            yield f"Graph refuses it, too; the local tenant answers {answer}.\n"


def _written(mistake: Mistake) -> str:
    if isinstance(mistake.what, str):
        return mistake.what
    return _as_yaml(_around(mistake.what))


def _around(change: Change) -> object:
    """What a person would write: the value with nothing around it but the way to it."""
    section, *way = change.place
    value = change.value
    for step in reversed(way):
        value = [value] if isinstance(step, int) else {step: value}
    return {f"ciam:{section}": value}


def _accepted(accepted: Accepted) -> str:
    written = yaml.safe_dump(
        _short(_around(accepted.what)), default_flow_style=True, allow_unicode=True, width=10**6
    )
    condition = f", in a tenant with {accepted.needs}" if accepted.needs else ""
    return f"- `{written.strip()}`{condition}"


def _as_yaml(value: object) -> str:
    return yaml.safe_dump(
        _short(value), sort_keys=False, allow_unicode=True, width=10**6, default_flow_style=None
    )


def _short(value: object) -> object:
    """The value with long texts cut; the page says how long they are."""
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else f"{value[:20]}… ({len(value)} characters)"
    if isinstance(value, Mapping):
        return {key: _short(one) for key, one in cast("Mapping[str, object]", value).items()}
    if isinstance(value, Sequence):
        return [_short(one) for one in cast("Sequence[object]", value)]
    return value


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"
