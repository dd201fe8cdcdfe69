"""The SVG of a map: whole, alone, readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from map_samples import EMPTY, NOW, SEED, TWELVE

from commands.tenant_map.boxes import WIDTH, Box
from commands.tenant_map.layout import laid_out
from commands.tenant_map.model import Map
from commands.tenant_map.svg import svg
from commands.tenant_map.text import CODE, MUTED, NAME, PLAIN, TITLE, WARNING, width

SVG = "{http://www.w3.org/2000/svg}"
STYLES = {one.name: one for one in (CODE, MUTED, NAME, PLAIN, TITLE, WARNING)}
SAMPLES = pytest.mark.parametrize("shown", [SEED, TWELVE, EMPTY], ids=["seed", "twelve", "empty"])


def drawn(shown: Map, **options: bool) -> ET.Element:
    """The picture, parsed."""
    return ET.fromstring(svg(shown, NOW, **options))  # noqa: S314 - written by this project


def texts(picture: ET.Element) -> list[str]:
    """What is to be read in it."""
    return [(one.text or "").strip() for one in picture.iter(f"{SVG}text")]


def number(element: ET.Element, name: str) -> float:
    """An attribute in pixels."""
    return float(element.attrib[name])


@SAMPLES
def test_it_stands_alone_and_says_what_it_is(shown: Map) -> None:
    """As <img> nothing is fetched, and who cannot see it gets a title and a description."""
    picture = drawn(shown)

    assert picture.attrib["role"] == "img"
    title, description = picture[0], picture[1]
    assert (title.tag, title.text) == (f"{SVG}title", f"External ID tenant {shown.tenant}")
    assert description.tag == f"{SVG}desc"
    assert picture.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert "prefers-color-scheme: dark" in (picture.findtext(f"{SVG}style") or "")
    text = svg(shown, NOW)
    assert not [one for one in ("href", "url(", "@import", "<script", "<image") if one in text]


@SAMPLES
def test_no_text_leaves_its_box(shown: Map) -> None:
    """Neither to the right nor below; and the boxes stay on the paper."""
    picture = drawn(shown)
    height = float(picture.attrib["height"])
    for group in picture.iter(f"{SVG}g"):
        rect = group[0]
        right = number(rect, "x") + number(rect, "width")
        bottom = number(rect, "y") + number(rect, "height")
        assert right < WIDTH
        assert bottom < height
        for text in group.iter(f"{SVG}text"):
            style = replace(STYLES[text.attrib["class"]], indent=0)
            end = number(text, "x") + width((text.text or "").strip(), style)
            assert end <= right - 8
            assert number(rect, "y") + 12 <= number(text, "y") <= bottom - 6


@SAMPLES
def test_no_box_lies_on_another(shown: Map) -> None:
    """Nor do columns reach into each other."""

    def apart(one: Box, other: Box) -> bool:
        beside = one.column.x + one.column.width <= other.column.x
        return beside or one.bottom < other.y or other.bottom < one.y

    boxes = sorted(laid_out(shown, NOW, ids=True).boxes, key=lambda one: one.column.x)
    assert not [pair for pair in combinations(boxes, 2) if not apart(*pair)]


@SAMPLES
def test_lines_begin_and_end_at_boxes(shown: Map) -> None:
    """And change their height between the columns."""
    picture = laid_out(shown, NOW, ids=False)
    lefts = [(box.column.x, box) for box in picture.boxes]
    rights = [(box.column.x + box.column.width, box) for box in picture.boxes]
    for edge in picture.edges:
        for (x, y), sides in ((edge.start, rights), (edge.end, lefts)):
            assert [box for at, box in sides if at == x and box.y <= y <= box.bottom]
        assert edge.start[0] <= edge.lane < edge.end[0]


def test_missing_consent_is_said_in_words_and_dashes() -> None:
    """Colour is never the only sign."""
    picture = drawn(TWELVE)
    missing = [one for one in picture.iter(f"{SVG}g") if "missing" in one.attrib["class"]]

    assert len(missing) == 4
    assert all("consent missing" in texts(one) for one in missing)
    style = picture.findtext(f"{SVG}style") or ""
    assert ".missing.edge, .missing rect, .gone rect { stroke-dasharray" in style
    assert "consent missing" not in texts(drawn(SEED))


def test_what_is_cut_can_be_read_in_full() -> None:
    """A name that is too long, a scope that is."""
    told = {
        (one.text or "").strip(): (one.findtext(f"{SVG}title") or "").strip()
        for one in drawn(TWELVE).iter(f"{SVG}text")
    }
    cut = {shown: full for shown, full in told.items() if shown.endswith("…")}

    assert "Stock.Levels.Adjust.ForAllWarehousesOfTheGroup" in cut.values()
    assert all(full.startswith(shown[:3]) or shown[:3] in full for shown, full in cut.items())


def test_names_are_text_and_not_markup() -> None:
    """Even where they hold what XML cannot."""
    bad = 'a<b>&"\x00'
    client = replace(SEED.clients[0], name=bad)
    shown = texts(drawn(replace(SEED, clients=(client,))))

    assert 'a<b>&"\N{REPLACEMENT CHARACTER}' in shown


def test_client_ids_are_shown_only_where_wanted() -> None:
    """Whole, since a part of one is of no use; a picture without them can be published."""
    for one in (*SEED.clients, *SEED.apis):
        assert one.client_id in "".join(texts(drawn(SEED, ids=True)))
        assert one.client_id[:8] not in svg(SEED, NOW)


def test_the_same_map_is_the_same_picture_the_day_after() -> None:
    """A picture under version control changes when the tenant does."""
    assert svg(TWELVE, NOW) == svg(TWELVE, NOW + timedelta(days=1))


def test_an_empty_tenant_says_so() -> None:
    """And has no columns without anything in them."""
    assert texts(drawn(EMPTY)) == [
        "External ID tenant contoso",
        "no user flows, no clients, no APIs",
        "Nothing is in it: no user flow, no client, no API.",
    ]
