"""The JSON schema of a stack's file, by which editors complete and check it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from components.settings.read import SECTIONS
from documents.schema import stack_schema


def test_every_section_is_there_under_its_key() -> None:
    """An editor finds `ciam:tenant` and the others below `config`."""
    keys = stack_schema()["properties"]["config"]["properties"]

    assert {key for key in keys if key.startswith("ciam:")} == {f"ciam:{one}" for one in SECTIONS}


def test_every_key_is_camel_case_and_described() -> None:
    """The schema speaks the YAML's names, and an editor can say what each of them is."""
    for name, schema in properties(stack_schema()):
        assert re.fullmatch(r"((ciam|azuread):)?[a-z][A-Za-z]*", name)
        assert schema.get("description"), name


def test_no_unknown_key_passes() -> None:
    """Every mapping of settings is closed, so that an editor marks a misspelt key."""
    for name, definition in stack_schema()["$defs"].items():
        if definition["type"] == "object":
            assert definition["additionalProperties"] is False, name


def properties(schema: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property below `config`, however deep."""
    if isinstance(schema, dict):
        node = cast("dict[str, Any]", schema)
        for name, one in node.get("properties", {}).items():
            if name != "config":
                yield name, one
        for part in node.values():
            yield from properties(part)
