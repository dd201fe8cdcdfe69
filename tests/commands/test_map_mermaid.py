"""The Mermaid text of a map: syntax that no name can break."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_samples import EMPTY, NOW, SEED, TWELVE

from commands.tenant_map.mermaid import mermaid
from commands.tenant_map.model import Map

# The machine may be busy with other tests.
UNHURRIED = settings(deadline=None)
LABEL = r'"((?:[\w .,()/⚠-]|#\d+;|<br/>)*)"'
STATEMENT = re.compile(
    rf"  accTitle: [^#;{{}}%]+|  accDescr: [^#;{{}}%]+|  subgraph \w+\[{LABEL}\]|  end|"
    rf"    (?:flow|client|api)\d+\[{LABEL}\]:::(?:flow|client|api|warn)|"
    rf"  \w+ -->(?:\|{LABEL}\|)? \w+|  \w+ -\.->\|{LABEL}\| \w+|  linkStyle \d+ [\w#:,-]+ 4|"
    rf"  classDef \w+ [\w#:, -]+|  nothing\[{LABEL}\]"
)


def statements(shown: Map) -> list[str]:
    """The lines below the first, which all have a form that Mermaid reads."""
    first, *lines = mermaid(shown, NOW).splitlines()
    assert first == "flowchart LR"
    assert [line for line in lines if not STATEMENT.fullmatch(line)] == []
    return [line.strip() for line in lines]


def named(name: str) -> Map:
    """The seed's, where everything has this name."""
    (flow,), (client,), apis = SEED.flows, SEED.clients, SEED.apis
    return replace(
        SEED,
        flows=(replace(flow, name=name, attributes=(name,), identity_providers=(name,)),),
        clients=(replace(client, name=name, redirect_uris=(name,)),),
        apis=tuple(replace(api, name=name) for api in apis),
        accesses=tuple(replace(one, granted=(name,), missing=(name,)) for one in SEED.accesses),
    )


@pytest.mark.parametrize("shown", [SEED, TWELVE, EMPTY], ids=["seed", "twelve", "empty"])
def test_every_line_is_a_statement(shown: Map) -> None:
    """Opened subgraphs end, and every end of an edge is a node."""
    lines = statements(shown)
    nodes = {line.split("[")[0] for line in lines if ":::" in line}

    assert sum(line.startswith("subgraph") for line in lines) == lines.count("end")
    for line in lines:
        if "->" in line:
            assert {line.split()[0], line.split()[-1]} <= nodes


@UNHURRIED
@given(st.text())
def test_no_name_breaks_the_syntax(name: str) -> None:
    """Quotes, brackets, entities, comments, lines, words that Mermaid reserves: all are labels."""
    assert len(statements(named(name))) == len(statements(named("x")))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ('"end"', "#34;end#34;"),
        ("a#35;b", "a#35;35#59;b"),
        ("1. first", "1#46; first"),
        ("- item", "#45; item"),
        ("_em_ a_b", "#95;em#95; a_b"),
        ("<b>`x`", "#60;b#62;#96;x#96;"),
        ("fa:fa-car", "fa#58;fa-car"),
    ],
)
def test_signs_are_entities(name: str, label: str) -> None:
    """As Mermaid 11 needs them so that it shows the name, and neither Markdown nor an icon."""
    (line,) = [one for one in statements(named(name)) if one.startswith("client0[")]
    assert line.startswith(f'client0["{label}<br/>')


def test_missing_consent_is_a_dashed_edge_with_words() -> None:
    """`linkStyle` counts edges from the first."""
    lines = statements(TWELVE)
    edges = [line for line in lines if "->" in line]
    missing = [number for number, line in enumerate(edges) if "-.->" in line]
    styled = [int(line.split()[1]) for line in lines if line.startswith("linkStyle")]

    assert len(missing) == 4
    assert all('|"consent missing<br/>' in edges[number] for number in missing)
    assert styled == missing


def test_client_ids_are_shown_only_where_wanted() -> None:
    """A text without them can be published."""
    wanted = SEED.clients[0].client_id

    assert wanted in mermaid(SEED, NOW, ids=True)
    assert wanted not in mermaid(SEED, NOW)
