"""The example `many-clients` as its README says; `tests/stack` has what its programs make."""

from __future__ import annotations

import re

from checkout_fixture import Checkout
from document_blocks import blocks
from large_example import EXAMPLE


def test_what_the_readme_says_works(checkout: Checkout) -> None:
    """Settings and program, one after the other, against the tenant on this machine."""
    settings, program = (
        checkout.run(one.text) for one in blocks(EXAMPLE / "README.md") if one.language == "sh"
    )
    # `make up` asks nobody, so it shows no preview; the plain `pulumi up` after it does.
    assert settings.count("Previewing update") == 1
    assert "http://localhost:3000/signed-in" in settings
    *_, made = re.findall(r"\+ (\d+) created", settings)
    assert f"+ {made} created" in program
    for shown in (settings, program):
        assert f"- {made} deleted" in shown
