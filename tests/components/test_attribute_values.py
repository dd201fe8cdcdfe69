"""What is told of the values that users have for attributes that a change takes away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pulumi
import pytest

from components import UserAttributeArgs, attribute_values
from components.attribute_values import warn_of_values

LOYALTY, NEWS = "extension_0_Loyaltynumber", "extension_0_news"
RECORDED: dict[str, Any] = {
    "tenant-loyalty": {"displayName": "Loyalty number"},
    "tenant-news": {"displayName": "news", "forceDestroy": True},
}


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The stack outputs of the last update; the engine itself answers in `tests/stack`."""
    ids = {"loyalty": LOYALTY, "news": NEWS}
    kind = "ciam:index:CustomerTenant$pulumi-python:dynamic/ciam:UserFlowAttribute"
    resources = {
        f"urn:pulumi:test::ciam::{kind}::{name}": {"outputs": outputs}
        for name, outputs in RECORDED.items()
    }

    def invoke(function: str, _: Mapping[str, str]) -> object:
        found = {"attributes": ids} if function.endswith("readStackOutputs") else resources
        return SimpleNamespace(value={"outputs": found})

    monkeypatch.setattr(attribute_values, "invoke", invoke)
    monkeypatch.setattr(attribute_values, "is_dry_run", lambda: True)
    monkeypatch.setattr(pulumi, "get_organization", lambda: "organization")
    return ids


def args(**names: str | None) -> dict[str, UserAttributeArgs]:
    """Attributes that are wanted, by key."""
    return {key: UserAttributeArgs(display_name=name) for key, name in names.items()}


def users(number: int) -> attribute_values.Counter:
    """A tenant in which so many users have a value for everything."""
    return lambda ids: dict.fromkeys(ids, number)


def nobody_asks(ids: Sequence[str]) -> Mapping[str, int]:
    """A tenant that must not be asked."""
    raise AssertionError(ids)


@pytest.mark.usefixtures("recorded")
def test_what_stays_is_not_asked_about(warnings: list[str]) -> None:
    """Another spelling of the name makes the same id."""
    warn_of_values("tenant", args(loyalty="LOYALTY-number", news=None), nobody_asks)
    assert warnings == []


@pytest.mark.usefixtures("recorded")
def test_another_name_takes_the_first_attribute_away(warnings: list[str]) -> None:
    """What has been recorded decides whether its values go with it."""
    warn_of_values("tenant", args(loyalty="Card", news="Letters"), users(2))
    assert warnings == [
        (
            f"The user attribute 'Loyalty number' ({LOYALTY}) is taken out of the configuration. "
            "It stays in the tenant, with the values that 2 users have for it, and this stack "
            "lets go of it."
        ),
        (
            f"The user attribute 'news' ({NEWS}) is deleted, and with it the values that 2 users "
            "have for it."
        ),
    ]


@pytest.mark.usefixtures("recorded")
def test_values_that_nobody_has_are_not_spoken_of(warnings: list[str]) -> None:
    """An attribute goes as anything else does."""
    warn_of_values("tenant", {}, users(0))
    assert warnings == []


def test_before_the_first_update_nothing_goes(
    recorded: dict[str, str], warnings: list[str]
) -> None:
    """Nothing has been recorded."""
    recorded.clear()
    warn_of_values("tenant", {"news": UserAttributeArgs(force_destroy=True)}, nobody_asks)
    assert warnings == []


@pytest.mark.usefixtures("recorded")
def test_an_update_itself_reads_nothing(
    warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its preview has told, and the engine is writing what would be read."""
    monkeypatch.setattr(attribute_values, "is_dry_run", lambda: False)
    monkeypatch.setattr(attribute_values, "invoke", nobody_asks)

    warn_of_values("tenant", {}, nobody_asks)

    assert warnings == []
