"""Text on a picture fits where it has to, whatever it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.tenant_map.text import (
    CODE,
    NAME,
    PLAIN,
    WARNING,
    Style,
    broken,
    fitted,
    width,
    wrapped,
)

# The machine may be busy with other tests.
UNHURRIED = settings(deadline=None)
TEXTS = st.text(max_size=120)
STYLES = st.sampled_from([NAME, PLAIN, CODE, WARNING])
ROOM = 180.0


@UNHURRIED
@given(TEXTS, STYLES)
def test_no_line_is_wider_than_its_room(text: str, style: Style) -> None:
    """Cut, broken or listed."""
    lines = [fitted(text, style, ROOM), *broken(text, style, ROOM, 3)]
    lines += wrapped([text, text], style, ROOM)
    assert max(width(one, style) for one in lines) <= ROOM


@UNHURRIED
@given(TEXTS, STYLES)
def test_what_fits_is_left_as_it_is(text: str, style: Style) -> None:
    """An ellipsis means that something is missing."""
    clean = "".join(one for one in text if one.isprintable())
    room = width(clean, style)
    assert fitted(clean, style, room) == clean
    assert broken(clean, style, room, 2) == [clean]


def test_a_long_name_is_broken_where_its_parts_meet() -> None:
    """After a space or a sign; only a word that is longer than a line is broken itself."""
    assert broken("contoso-warehouse-dashboard", NAME, ROOM, 2) == [
        "contoso-warehouse-",
        "dashboard",
    ]
    long = broken("x" * 200, NAME, ROOM, 2)
    assert [len(one) > 10 for one in long] == [True, True]
    assert long[1].endswith("x…")


def test_a_list_goes_on_in_the_next_line() -> None:
    """With the comma that shows that it does."""
    assert wrapped(["country", "displayName", "postalCode"], PLAIN, ROOM) == [
        "country, displayName,",
        "postalCode",
    ]


def test_other_scripts_are_taken_to_be_wide() -> None:
    """What no table knows must not overflow either."""
    assert width("会员中心", NAME) > width("WWWW", NAME)
    assert width("e\N{COMBINING ACUTE ACCENT}", NAME) == width("é", NAME) == width("e", NAME)
