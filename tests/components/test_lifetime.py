"""Lifetimes of credentials."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from components.settings.lifetime import end_of_lifetime, parse_lifetime


@pytest.mark.parametrize(("text", "days"), [("1d", 1), ("180d", 180), ("26w", 182), ("104w", 728)])
def test_days_and_weeks_are_lifetimes(text: str, days: int) -> None:
    """A number with its unit is a lifetime."""
    assert parse_lifetime(text) == timedelta(days=days)


@pytest.mark.parametrize(
    "text", ["", "180", "d", "0d", "-1d", "1.5d", "6m", "P180D", "180 d", "1y"]
)
def test_a_lifetime_without_a_known_unit_is_refused(text: str) -> None:
    """Nothing is guessed: the error says what is allowed."""
    with pytest.raises(ValueError, match="180d or 26w"):
        parse_lifetime(text)


def test_the_end_is_utc_in_whole_seconds() -> None:
    """Graph and azuread compare the end as text, in this form only."""
    start = datetime(2026, 11, 23, 23, 30, 15, 999_999, tzinfo=timezone(timedelta(hours=2)))

    assert end_of_lifetime("1w", start) == "2026-11-30T21:30:15Z"


def test_the_end_is_counted_from_now() -> None:
    """Without a start, the lifetime begins now."""
    end = datetime.fromisoformat(end_of_lifetime("180d"))

    assert abs(end - datetime.now(UTC) - timedelta(days=180)) < timedelta(minutes=1)
