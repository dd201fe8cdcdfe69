"""What the program and the provider process load, and what they leave alone."""

from __future__ import annotations

import pytest

from bench.startup import IMPORTS, PROGRAM, READY, modules_after

SLOW = {"azure", "cryptography", "kiota_abstractions", "msal", "msgraph", "pygments", "requests"}
"""Packages that take as long to import as many an operation: loaded by those who use them."""

EVERY_KIND = "import providers.kinds\nproviders.kinds.lifecycles()"


@pytest.mark.parametrize("imports", [READY, IMPORTS[PROGRAM], EVERY_KIND])
def test_what_is_slow_to_import_is_left_alone(imports: str) -> None:
    """A client secret signs in, and every kind is checked and compared, without them."""
    loaded = modules_after(imports)

    assert "providers" in loaded
    assert not loaded & SLOW


def test_checking_and_comparing_load_no_client() -> None:
    """A preview without a change sends nothing of the providers'."""
    assert not modules_after(EVERY_KIND) & {"h2", "httpcore", "httpx"}
