"""What the documents show is true: every command runs, every setting works, every object is there.

A document is read from its beginning, as its reader does, in a fresh checkout. Settings are written
into the stack's file; requests are sent to the tenant once an `up` has made what was set before.
"""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from checkout_fixture import Checkout
from document_blocks import Block, blocks

from engine.places import PROJECT
from localtenant.ready import Client, Ready
from localtenant.testing_client import Graph

ELSEWHERE = {"clients.md"}
"""Needs a tenant alone: ``test_localtenant_clients_page.py`` runs what it shows."""

DOCUMENTS = [
    document
    for document in [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
    if document.name not in ELSEWHERE
]
GENERATED = {"configuration.md", "mistakes.md", "extending.md"}
"""Written from the code, and held to it by tests of their own."""

ADD_UP = {"tutorial.md"}
"""Documents whose settings add up; elsewhere each block is all that is set."""

OUTPUT = {"text", "mermaid", "http", "json"}


class Reader:
    """Someone who does what a document says."""

    def __init__(self, checkout: Checkout, document: Path) -> None:
        """Start with an empty tenant."""
        self._checkout = checkout
        self._adds_up = document.name in ADD_UP
        self._file = checkout.folder / "Pulumi.local.yaml"
        self._first: dict[str, Any] = yaml.safe_load(self._file.read_text())
        self._set: dict[str, Any] = {}
        self._is_made = True
        self._up = "make up"
        self._expected: list[tuple[Block, str]] = []

    def follow(self, block: Block) -> None:
        """Do what one block says."""
        match block.language:
            case "sh":
                makes = any(up in block.text for up in ("make up", "pulumi up"))
                if "make up ALL=1" in block.text:
                    # Who has made an application goes on with it, for it is his.
                    self._up = "make up ALL=1"
                if self._expected or not makes:
                    self._look()
                self._checkout.run(block.text)
                self._is_made = self._is_made or makes
            case "yaml":
                self._configure(block)
            case "http":
                self._expected.append((block, ""))
            case "json":
                asked, _ = self._expected[-1]
                self._expected[-1] = (asked, block.text)
            case language:
                assert language in OUTPUT, f"{block}: nobody knows what to do with {language!r}"

    def done(self) -> None:
        """The document is over."""
        self._look()

    def _configure(self, block: Block) -> None:
        written = yaml.safe_load(block.text)
        assert set(written) == {"config"}, f"{block} is no configuration of a stack"
        self._set = merged(self._set if self._adds_up else {}, written["config"])
        config = {**self._first, "config": {**self._first["config"], **self._set}}
        self._file.write_text(yaml.safe_dump(config, sort_keys=False))
        self._is_made = False

    def _look(self) -> None:
        """Make what was set, and look for what the document says there is."""
        if not self._is_made:
            self._checkout.run(self._up)
            self._is_made = True
        for asked, answer in self._expected:
            path = asked.text.removeprefix("GET ").strip()
            found = self._read(path)
            wanted = json.loads(answer)
            assert any(contains(one, wanted) for one in found), f"{asked}: {found}"
        self._expected.clear()

    def _read(self, path: str) -> list[Any]:
        record = json.loads((self._checkout.folder / ".local/tenant/running.json").read_text())
        ready = Ready.of(json.dumps(record["ready"]))
        deployer = Client(ready.env["ARM_CLIENT_ID"], ready.env["ARM_CLIENT_SECRET"], "")
        graph = Graph(ready, deployer)
        with closing(graph.http):
            return graph.read(path)["value"]


def merged(under: Any, over: Any) -> Any:
    """Two mappings as one, those inside them too."""
    if not isinstance(under, dict) or not isinstance(over, dict):
        return over
    result = dict(cast("dict[str, Any]", under))
    for key, value in cast("dict[str, Any]", over).items():
        result[key] = merged(result.get(key), value)
    return result


def contains(there: Any, wanted: Any) -> bool:
    """Whether all of ``wanted`` is there; lists in any order."""
    if isinstance(wanted, dict) and isinstance(there, dict):
        properties = cast("dict[str, Any]", wanted).items()
        return all(key in there and contains(there[key], value) for key, value in properties)
    if isinstance(wanted, list) and isinstance(there, list):
        items, found = cast("list[Any]", wanted), cast("list[Any]", there)
        return all(any(contains(one, item) for one in found) for item in items)
    return there == wanted


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_what_a_document_shows_is_true(checkout: Checkout, document: Path) -> None:
    """Every block in turn, except those that say why they cannot be run here."""
    if document.name in GENERATED:
        return
    reader = Reader(checkout, document)
    for block in blocks(document):
        if not block.not_run:
            reader.follow(block)
    reader.done()


def test_every_configuration_is_run() -> None:
    """Whatever a command needs that is not here, settings can be tried on the local tenant."""
    shown = [
        block for document in DOCUMENTS for block in blocks(document) if block.language == "yaml"
    ]
    assert shown
    assert [str(block) for block in shown if block.not_run] == []
