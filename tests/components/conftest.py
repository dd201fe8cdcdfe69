"""What the tests of the components share."""

from __future__ import annotations

import pulumi
import pytest


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every warning that a program gives."""
    said: list[str] = []

    def warn(text: str, resource: pulumi.Resource | None = None) -> None:
        del resource
        said.append(text)

    monkeypatch.setattr(pulumi.log, "warn", warn)
    return said
