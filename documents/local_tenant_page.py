"""The tables in docs/local-tenant.md: what the local tenant does, and where the knowledge is from.

The text around them is the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from documents.verification import Record, read_record
from localtenant.entities import MODEL
from localtenant.odata.model import Missing
from localtenant.odata.operations import Operation
from localtenant.odata.tree import Container

PAGE_FILE: Final = Path(__file__).parent.parent / "docs" / "local-tenant.md"

_START: Final = "<!-- `make documents` writes what follows -->\n"
_END: Final = "<!-- end of what it writes -->"
_TABLES: Final = re.compile(f"(?<={re.escape(_START)}).*?(?={re.escape(_END)})", re.DOTALL)
_REFERENCE: Final = "https://learn.microsoft.com/graph/api"
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


def rendered() -> str:
    """The page as the file holds it: its text, and the tables of today's code and record."""
    page = PAGE_FILE.read_text(encoding="utf-8")
    return _TABLES.sub(lambda _: tables(read_record()), page)


def tables(record: Record) -> str:
    """A sentence that counts, a table for each head of a path, and what is not there."""
    operations = [o for methods in MODEL.operations.values() for o in methods.values()]
    checked = _checked(record)
    verified = sum(1 for o in operations if _name(o) in checked)
    summary = (
        f"{len(operations)} operations; {verified} of them are verified against a real tenant. "
        "Each answers under `/v1.0` and `/beta` alike unless it says so."
    )
    lines = ["", summary, ""]
    for head, rows in _by_head(operations).items():
        lines += [f"### {head}", "", *_table(rows, checked), ""]
    lines += ["### Not implemented", "", *_not_implemented(), ""]
    return "\n".join(lines) + "\n"


def _by_head(operations: list[Operation]) -> Mapping[str, list[Operation]]:
    """The operations by the first segment of their path, and by two below `/identity` and such."""
    found: dict[str, list[Operation]] = {}
    for one in sorted(operations, key=lambda o: (o.path.lower(), _METHODS.index(o.method))):
        first, *rest = one.path.strip("/").split("/")
        leads_on = isinstance(MODEL.root.children.get(first.lower()), Container)
        head = f"/{first}/{rest[0]}" if leads_on and rest else f"/{first}"
        found.setdefault(head, []).append(one)
    return found


def _table(rows: list[Operation], checked: Mapping[str, str]) -> Iterator[str]:
    yield "| operation | implemented | known from | last checked | known differences |"
    yield "|---|---|---|---|---|"
    for one in rows:
        implemented = "beta" if one.beta else "yes"
        last = checked.get(_name(one), "never")
        yield (
            f"| `{_name(one)}` | {implemented} | {_source(one.source)} | {last} "
            f"| {one.differences} |"
        )


def _name(one: Operation) -> str:
    return f"{one.method} {one.path}"


def _source(source: str) -> str:
    return source if " " in source else f"[{source}]({_REFERENCE}/{source})"


def _checked(record: Record) -> dict[str, str]:
    """The last day on which a test that passed met an operation, by the operation."""
    found: dict[str, str] = {}
    for test in record.values():
        if test.outcome == "passed":
            for one in test.seen:
                found[one.operation] = max(test.date, found.get(one.operation, ""))
    return found


def _not_implemented() -> Iterator[str]:
    yield "Graph has these; the local tenant answers 501 and says so."
    yield ""
    paths = sorted(_missing(MODEL.root, ""), key=str.lower)
    yield ", ".join(f"`{p}`" for p in paths)
    yield ""
    for entity in sorted(MODEL.entities.values(), key=lambda e: e.type.name.lower()):
        names = [n.name for n in entity.navigations if isinstance(n, Missing)]
        if names:
            yield f"- of `{entity.type.name}`: {', '.join(f'`{n}`' for n in sorted(names))}"


def _missing(container: Container, above: str) -> Iterator[str]:
    yield from (f"{above}/{name}" for name in container.missing.values())
    for name, child in container.children.items():
        if isinstance(child, Container):
            yield from _missing(child, f"{above}/{name}")
