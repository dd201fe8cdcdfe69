"""The generated pages are what the code says today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from checkout_fixture import Checkout

from components.settings import parse_settings
from documents.__main__ import FILES
from documents.configuration_page import WAYS
from documents.configuration_page import rendered as configuration
from documents.drawing import PARTS, imports


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.name)
def test_a_generated_page_is_current(file: Path) -> None:
    """`make documents` writes it anew."""
    assert file.read_text(encoding="utf-8") == FILES[file]()


def test_what_is_old_is_named_and_written(checkout: Checkout) -> None:
    """`--check`, which a commit hook runs, writes nothing."""
    page = checkout.folder / "docs" / "configuration.md"
    current = page.read_text()
    page.write_text("old")

    said = checkout.run(".venv/bin/python -m documents --check || true")
    assert said == "docs/configuration.md: is old: `make documents` writes it anew\n"
    assert page.read_text() == "old"

    checkout.run(".venv/bin/python -m documents")
    assert page.read_text() == current


def test_the_example_of_ways_to_sign_in_is_a_configuration() -> None:
    """Nothing of it is a mistake."""
    written = yaml.safe_load(WAYS)["config"]

    settings = parse_settings({key.partition(":")[2]: one for key, one in written.items()})

    assert WAYS in configuration()
    assert set(settings.identity_providers) == {"google"}


def test_every_link_within_the_configuration_page_leads_somewhere() -> None:
    """A setting whose value is a mapping links to that mapping's table."""
    page = configuration()
    headings = {
        one.lower().replace(" ", "-") for one in re.findall(r"^## (.+)$", page, re.MULTILINE)
    }
    assert set(re.findall(r"\(#([^)]+)\)", page)) <= headings


def test_dependencies_point_one_way() -> None:
    """What may run against a real tenant knows neither the local one nor the engine."""
    arrows = imports()
    assert {target for source, target in arrows if source == "components"} == {
        "components.settings",
        "providers",
    }
    assert not {target for source, target in arrows if source == "components.settings"}
    assert {target for source, target in arrows if source == "providers"} == {"providers.graph"}
    for alone in ("engine", "localtenant", "providers.graph"):
        assert not {target for source, target in arrows if source == alone}
    assert not {source for source, target in arrows if (target, source) in arrows}
    assert {part for arrow in arrows for part in arrow} <= set(PARTS)
