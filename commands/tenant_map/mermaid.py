"""Writes a map as a Mermaid flowchart, which GitHub, GitLab and wikis draw within a page.

Source: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from commands.tenant_map import words
from commands.tenant_map.model import Api, Client, Flow, Map
from commands.tenant_map.text import printable

# Strokes alone, so that the text keeps the colour that the page's own theme gives it.
_CLASSES: Final = (
    "classDef flow stroke:#8957e5,stroke-width:2px",
    "classDef client stroke:#316dca,stroke-width:2px",
    "classDef api stroke:#2da44e,stroke-width:2px",
    "classDef warn stroke:#d4650f,stroke-width:2px,stroke-dasharray:5 4",
)
_HARMLESS: Final = " ,.()/⚠"
_BETWEEN: Final = "-_"
_SYNTAX: Final = "#;{}%"
_MISSING: Final = "stroke:#d4650f,stroke-dasharray:5 4"


def mermaid(shown: Map, now: datetime, *, ids: bool = False) -> str:
    """The flowchart as text; `ids` puts client IDs into it."""
    return "\n".join(_lines(shown, now, ids=ids)) + "\n"


def _lines(shown: Map, now: datetime, *, ids: bool) -> Iterator[str]:
    yield "flowchart LR"
    yield f"  accTitle: {_plain(f'External ID tenant {shown.tenant}')}"
    yield f"  accDescr: {_plain(words.description(shown, now))}"
    flows = {one.key: f"flow{number}" for number, one in enumerate(shown.flows)}
    clients = {one.key: f"client{number}" for number, one in enumerate(shown.clients)}
    apis = {one.key: f"api{number}" for number, one in enumerate(shown.apis)}
    if not (flows or clients or apis):
        yield f"  nothing[{_quoted(['Nothing is in the tenant'])}]"
    yield from _group(
        "flows",
        "User flows",
        [(flows[one.key], _flow(one), _look("flow", words.existence(one))) for one in shown.flows],
    )
    yield from _group(
        "clients",
        "Clients",
        [
            (
                clients[one.key],
                _client(one, shown.flows, now, ids=ids),
                _look("client", words.client_notes(one, shown.flows, now)),
            )
            for one in shown.clients
        ],
    )
    yield from _group(
        "apis",
        "APIs",
        [
            (apis[one.key], _api(one, ids=ids), _look("api", words.existence(one)))
            for one in shown.apis
        ],
    )
    yield from _edges(shown, flows, clients, apis)
    yield from (f"  {one}" for one in _CLASSES)


def _group(name: str, title: str, nodes: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    if not nodes:
        return
    yield f"  subgraph {name}[{_quoted([title])}]"
    for node, label, look in nodes:
        yield f"    {node}[{label}]:::{look}"
    yield "  end"


def _edges(
    shown: Map, flows: dict[str, str], clients: dict[str, str], apis: dict[str, str]
) -> Iterator[str]:
    number = 0
    for flow in shown.flows:
        for key in flow.clients:
            yield f"  {flows[flow.key]} --> {clients[key]}"
            number += 1
    for one in shown.accesses:
        client, api = clients[one.client], apis[one.api]
        if one.granted:
            yield f"  {client} -->|{_quoted(one.granted)}| {api}"
            number += 1
        if one.missing:
            label = _quoted([words.CONSENT_MISSING, *one.missing])
            yield f"  {client} -.->|{label}| {api}"
            yield f"  linkStyle {number} {_MISSING}"
            number += 1


def _flow(flow: Flow) -> str:
    if not flow.exists:
        return _quoted([flow.name, *map(_note, words.existence(flow))])
    lines = [flow.name, words.purpose(flow)]
    if flow.identity_providers:
        lines.append(f"signs in with {_list(map(words.provider, flow.identity_providers))}")
    if flow.attributes:
        lines.append(f"asks for {_list(flow.attributes)}")
    rest = words.others(flow)
    return _quoted([*lines, *([rest] if rest else [])])


def _client(client: Client, flows: Sequence[Flow], now: datetime, *, ids: bool) -> str:
    lines = [client.name, words.kind(client), *([client.client_id] if ids else [])]
    lines += client.redirect_uris[:1]
    more = len(client.redirect_uris) - 1
    if more > 0:
        lines.append(f"and {words.counted(more, 'more redirect URI')}")
    return _quoted([*lines, *map(_note, words.client_notes(client, flows, now))])


def _note(note: words.Note) -> str:
    return f"⚠ {note.text}" if note.warns else note.text


def _api(api: Api, *, ids: bool) -> str:
    lines = [api.name, *([api.client_id] if ids else []), *map(_note, words.existence(api))]
    for heading, offered in (("scopes", api.scopes), ("app roles", api.roles)):
        if offered:
            used = "" if api.own else " in use"
            lines += [f"{heading}{used}:", *map(words.permission, offered)]
    return _quoted(lines)


def _look(name: str, notes: Sequence[words.Note]) -> str:
    return "warn" if any(note.warns for note in notes) else name


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _quoted(lines: Sequence[str]) -> str:
    """A label of these lines.

    Letters and digits stay, and a few signs between them; everything else is written as an entity,
    so that Mermaid sees no syntax, Markdown, HTML or icon in a name.
    """
    return f'"{"<br/>".join(map(_escaped, lines))}"'


def _escaped(text: str) -> str:
    clean = printable(text)
    # `1. one` would begin a list.
    begun = len(clean) - len(clean.lstrip("0123456789"))
    return "".join(
        one if _stays(clean, place) and (place, one) != (begun, ".") else f"#{ord(one)};"
        for place, one in enumerate(clean)
    )


def _stays(text: str, place: int) -> bool:
    one = text[place]
    if one in _BETWEEN:
        return text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
    return one.isalnum() or one in _HARMLESS


def _plain(text: str) -> str:
    """Text where Mermaid reads to the end of the line and knows no entities."""
    return "".join(one if one not in _SYNTAX else " " for one in printable(text))
