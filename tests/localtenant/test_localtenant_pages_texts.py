"""Texts of the pages: their markup, and which language a reader gets."""

from __future__ import annotations

import pytest

from localtenant.pages import languages
from localtenant.pages.texts import marked_up

pytestmark = pytest.mark.local_only

LINK = '<a href="https://b.example" rel="noreferrer">a</a>'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("__a__ _b_ *c* ++d++", "<strong>a</strong> <em>b</em> <em>c</em> <u>d</u>"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("[a](http://b.example)", "[a](http://b.example)"),
        ("[a](javascript:alert)", "[a](javascript:alert)"),
        (
            '[a](https://b.example/"onclick=)',
            '<a href="https://b.example/&#34;onclick=" rel="noreferrer">a</a>',
        ),
        (
            "[**a**](https://b.example/__b__)",
            '<a href="https://b.example/__b__" rel="noreferrer"><strong>a</strong></a>',
        ),
        ("**[a](https://b.example)**", f"<strong>{LINK}</strong>"),
        ("[a](https://b.example) \ue000", f"{LINK} "),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_words_are_marked_up_and_nothing_else(words: str, shown: str) -> None:
    """The syntax is the documentation's; what is none of it stays text."""
    assert marked_up(words) == shown


@pytest.mark.parametrize(
    ("tags", "there", "found"),
    [
        (("fr-CA",), ("fr-FR", "fr"), "fr-FR"),
        (("sr-Latn-RS",), ("sr-Latn-RS", "sr"), "sr-Latn-RS"),
        (("de", "fr"), ("fr-FR",), "fr-FR"),
        (("en", "fr"), ("fr-FR",), None),
        (("f",), ("fr-FR",), None),
    ],
)
def test_the_best_language(
    tags: tuple[str, ...], there: tuple[str, ...], found: str | None
) -> None:
    """The whole tag goes before its parts, and English is the default."""
    assert languages.best(tags, there) == found


def test_languages_are_in_the_order_in_which_they_are_wanted() -> None:
    """What is refused, or is no quality, is wanted not at all."""
    accepted = "a;q=0.1, b, c;q=0, *;q=0.5, d;q=x, e;q=0.9"
    assert languages.wanted("z y", accepted) == ("z", "y", "b", "e", "a")
