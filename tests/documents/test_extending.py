"""What docs/extending.md says of a new kind of Graph object."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import localtenant.entities
import providers
from documents.extending_page import PROJECT, rendered
from localtenant.odata.tree import Model
from providers.kinds import lifecycles

PROVIDER = """
from providers.hosting import GraphResource, LifecycleProvider

class ProbeProvider(LifecycleProvider):
    lifecycle_path = "providers.sign_in_identifier.lifecycle:SignInIdentifierLifecycle"

class Probe(GraphResource, module="ciam", name="Probe"):
    pass
"""

DECLARATION = """
from localtenant.odata.model import Area, Entity, EntitySet, Seeded
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, text

_PROBE = EntityType("probe", (text("displayName"),))
AREA = Area(
    sets=(EntitySet("probes", ("probe",)),),
    entities=(Entity(_PROBE, Rules(_PROBE)),),
    seeded=(Seeded(_PROBE, ({"displayName": "first"},)),),
)
"""


def _package(folder: Path, name: str, code: str) -> None:
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text(code)


def test_a_provider_is_found_by_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the recovery nor anything else has a list of kinds."""
    _package(tmp_path, "probe_of_a_kind", PROVIDER)
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path)])

    assert "pulumi-python:dynamic/ciam:Probe" in lifecycles()


def test_a_declaration_is_found_by_its_area(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model has its collection, its entity and what a tenant begins with."""
    _package(tmp_path, "probe_of_an_area", DECLARATION)
    path = [*localtenant.entities.__path__, str(tmp_path)]
    monkeypatch.setattr(localtenant.entities, "__path__", path)

    model = Model.of(localtenant.entities.areas())

    assert "probes" in model.root.children
    assert model.homes["probe"] == "probes"
    assert [one.objects for one in model.seeded if one.type.name == "probe"]


def test_the_sign_in_identifier_is_named_by_its_own_files_and_the_component_alone() -> None:
    """In the code that makes it; what it does at sign-in is the local tenant's."""
    naming = {
        str(file.relative_to(PROJECT))
        for part in ("commands", "components", "engine", "providers", "localtenant/entities")
        for file in (PROJECT / part).rglob("*.py")
        if _names(file, "sign_in_identifier")
    }
    assert naming == {"components/sign_in_policy.py"}


def _names(file: Path, module: str) -> bool:
    """Whether a file imports the module, or a module of the package."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(
        module in f"{node.module}." + ".".join(one.name for one in node.names)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    )


def test_the_files_of_its_own_are_shown_whole() -> None:
    """A reader finds in a block every name that the block uses."""
    shown = re.findall(r"<!-- code: (\S*sign_in_identifier\S*) (.*)-->", rendered())

    assert len(shown) == 3
    assert [pieces for _, pieces in shown if pieces] == []


def test_a_piece_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Code that moves away takes the page with it."""
    page = tmp_path / "page.md"
    page.write_text("<!-- code: __main__.py | class Nothing -->\n```python\n```\n")
    monkeypatch.setattr("documents.extending_page.PAGE_FILE", page)

    with pytest.raises(ValueError, match="0 statements begin with 'class Nothing'"):
        rendered()
