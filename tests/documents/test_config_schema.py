"""The JSON schema of a stack's file, by which editors complete and check it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from components.settings.read import SECTIONS
from documents.schema import stack_schema
from engine.places import PROJECT

EXAMPLE = PROJECT / "examples" / "many-clients" / "Pulumi.shop.yaml"
MISTAKES = [
    ("redirectUris:", "redirectUri:"),
    ("userTypeToCreate: guest", "userTypeToCreate: visitor"),
    ("attribute: country, ", ""),
    ("kind: singlePageApp", "kind: singlePage"),
    ("clientSecret: {config: googleClientSecret}", "clientSecret: hunter2"),
    ("nativeAuthentication: true", "nativeAuthentication: sometimes"),
    ("lifetime: 90d", "lifetime: 90"),
]
"""A part of the example, and what is no setting in its place."""


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


def test_the_large_example_names_the_schema_and_keeps_to_it(tmp_path: Path) -> None:
    """An editor finds the schema by the first line, takes every line, and marks what is wrong."""
    first, *_ = EXAMPLE.read_text().splitlines()
    assert len(EXAMPLE.read_text().splitlines()) < 120
    schema = EXAMPLE.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads(schema.read_text()) == stack_schema()
    wrong = [tmp_path / f"{at}.yaml" for at in range(len(MISTAKES))]
    for file, (right, mistaken) in zip(wrong, MISTAKES, strict=True):
        assert right in EXAMPLE.read_text()
        file.write_text(EXAMPLE.read_text().replace(right, mistaken, 1))

    checked = subprocess.run(
        [
            *(Path(sys.executable).with_name("check-jsonschema"), "--schemafile", schema),
            *("--output-format", "JSON", EXAMPLE, *wrong),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(checked.stdout)
    assert found["parse_errors"] == []
    assert {one["filename"] for one in found["errors"]} == {str(one) for one in wrong}


def properties(schema: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property below `config`, however deep."""
    if isinstance(schema, dict):
        node = cast("dict[str, Any]", schema)
        for name, one in node.get("properties", {}).items():
            if name != "config":
                yield name, one
        for part in node.values():
            yield from properties(part)
