"""Comparison of a recorded state with inputs, and what becomes of lists."""

from __future__ import annotations

import pytest

from engine.azuread.compare import Change, differences
from engine.azuread.plan import arranged, inputs_after_refresh, planned
from engine.azuread.schema import Property, block, blocks, flag, number, text, text_map, texts
from engine.azuread.values import UNKNOWN, Properties

DECLARED: dict[str, Property] = {
    "name": text(),
    "audience": text(default="mine"),
    "enabled": flag(),
    "tags": texts(computed=True),
    "uris": texts(),
    "web": block({"home": text(), "uris": texts(), "version": number(default=1)}),
    "roles": blocks({"id": text(), "value": text(), "members": texts()}, key=("id",)),
    "labels": text_map(),
}


def changes(state: Properties, inputs: Properties) -> dict[str, Change]:
    """What differs, by path."""
    return {one.path: one.change for one in differences(DECLARED, state, inputs)}


@pytest.mark.parametrize(
    ("state", "inputs"),
    [
        ({"name": "", "enabled": False, "uris": []}, {}),
        ({"audience": "mine"}, {}),
        ({}, {"audience": "mine", "web": {"version": 1}}),
        ({"web": {"home": "", "uris": [], "version": 1}}, {}),
        ({"tags": ["theirs"]}, {}),
        ({"uris": ["a", "b"]}, {"uris": ["b", "a"]}),
        ({"roles": [{"id": "1"}, {"id": "2"}]}, {"roles": [{"id": "2"}, {"id": "1", "value": ""}]}),
    ],
)
def test_what_means_the_same_is_no_difference(state: Properties, inputs: Properties) -> None:
    """Empty, left out and default are one; the order of a list is none."""
    assert changes(state, inputs) == {}


def test_differences_have_the_most_precise_path() -> None:
    """A change inside a block or a list names the place, by the index in the new list."""
    state: Properties = {
        "name": "a",
        "enabled": True,
        "uris": ["a", "b"],
        "web": {"home": "x", "uris": [], "version": 2},
        "roles": [{"id": "1", "value": "A", "members": ["U"]}, {"id": "2", "value": "B"}],
        "labels": {"one": "1", "two": "2"},
    }
    inputs = {
        "name": "b",
        "uris": ["b", "c"],
        "web": {"uris": ["u"]},
        "roles": [{"id": "3", "value": "C"}, {"id": "1", "value": "A2", "members": ["U", "A"]}],
        "labels": {"one": "1", "t-hree": "3"},
    }
    assert changes(state, inputs) == {
        "name": Change.UPDATE,
        "enabled": Change.DELETE,
        "uris[0]": Change.DELETE,
        "uris[1]": Change.ADD,
        "web.home": Change.DELETE,
        "web.uris[0]": Change.ADD,
        "web.version": Change.DELETE,
        "roles[0]": Change.ADD,
        "roles[1].value": Change.UPDATE,
        "roles[1].members[1]": Change.ADD,
        "roles[1]": Change.DELETE,
        "labels.two": Change.DELETE,
        'labels["t-hree"]': Change.ADD,
    }


def test_what_is_not_known_yet_is_a_difference() -> None:
    """An unknown value may be anything, so it counts as a change."""
    assert changes({"name": "a"}, {"name": UNKNOWN}) == {"name": Change.UPDATE}
    assert changes({"uris": ["a"]}, {"uris": [UNKNOWN]}) == {"uris[0]": Change.UPDATE}
    assert changes({}, {"web": UNKNOWN}) == {"web": Change.ADD}


def test_a_plan_keeps_what_the_inputs_do_not_touch() -> None:
    """Outputs after an update are the state with the inputs in it, complete at every depth."""
    state = {"name": "a", "tags": ["theirs"], "uris": ["a", "b"], "id": "1"}
    outcome = planned(DECLARED, state, {"uris": ["b", "a"], "web": {"home": "h"}}, ignored=["name"])
    assert outcome["name"] == "a"
    assert outcome["tags"] == ["theirs"]
    assert outcome["uris"] == ["a", "b"]
    assert outcome["web"] == {"home": "h", "uris": None, "version": 1}
    assert outcome["id"] == "1"


def test_a_plan_of_something_new_knows_what_it_cannot_know() -> None:
    """What the tenant decides is unknown before the object exists."""
    assert planned(DECLARED, {}, {})["tags"] == UNKNOWN


def test_lists_keep_the_order_that_is_known() -> None:
    """Graph's order does not matter: what was known stays in place, what is new comes last."""
    prop = DECLARED["roles"]
    found = [{"id": "9"}, {"id": "2", "members": ["b", "a"]}, {"id": "1"}]
    like = [{"id": "1"}, {"id": "2", "members": ["a", "b"]}]
    assert arranged(prop, found, like) == [
        {"id": "1"},
        {"id": "2", "members": ["a", "b"]},
        {"id": "9"},
    ]


def test_a_refresh_reports_drift_and_nothing_else() -> None:
    """Inputs stay as written where they mean the same, and take the tenant's value elsewhere."""
    inputs = {
        "name": "a",
        "uris": ["x", "y"],
        "web": {"home": "h"},
        "roles": [{"id": "1", "value": "A"}],
    }
    state: Properties = {
        "name": "b",
        "enabled": True,
        "uris": ["y", "x"],
        "web": {"home": "h", "uris": ["u"], "version": 1},
        "roles": [
            {"id": "1", "value": "A2", "members": []},
            {"id": "2", "value": "B", "members": []},
        ],
    }
    assert inputs_after_refresh(DECLARED, inputs, state) == {
        "name": "b",
        "uris": ["x", "y"],
        "web": {"home": "h"},
        "roles": [{"id": "1", "value": "A2"}, {"id": "2", "value": "B"}],
    }
