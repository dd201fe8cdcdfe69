"""How the state of an interrupted run is completed by what it was found to have made."""

from __future__ import annotations

from typing import Any

from commands.recovery.unfinished import complete, interrupted_creations

APPLICATION = "azuread:index/application:Application"
SECRET = "azuread:index/applicationPassword:ApplicationPassword"


def resource(urn: str, kind: str = APPLICATION, **more: object) -> dict[str, Any]:
    """A resource as a state holds it."""
    return {"urn": urn, "type": kind, "custom": True, "inputs": {"displayName": "a"}, **more}


def test_an_object_that_was_made_is_recorded_and_will_be_refreshed() -> None:
    """Its inputs stand for its outputs until the tenant tells them."""
    pending = [{"resource": resource("s::one"), "type": "creating"}]
    state: dict[str, Any] = {
        "resources": [resource("s::api", id="1")],
        "pending_operations": pending,
    }
    found = {"s::one": {"id": "2", "outputs": {"adopted": False}}}

    lines = complete(state, [resource("s::one")], found)

    outputs = {"displayName": "a", "adopted": False}
    recorded = resource("s::one", id="2", outputs=outputs, refreshBeforeUpdate=True)
    assert state == {"resources": [resource("s::api", id="1"), recorded]}
    assert lines == ["Interrupted creation of Application one: found 2, recorded."]


def test_each_creation_is_looked_for_once_and_no_component() -> None:
    """The log of events and the state may both tell of it, and a component is nothing to find."""
    one = resource("s::one")
    component = {**resource("s::api", "ciam:index:WebApi"), "custom": False}
    operations = [
        {"resource": one, "type": "creating"},
        {"resource": component, "type": "creating"},
        {"resource": resource("s::two", id="2"), "type": "updating"},
    ]

    assert interrupted_creations(operations, [one]) == [one]


def test_a_creation_that_made_nothing_is_forgotten() -> None:
    """The next run makes the object as if nothing had been."""
    pending = [{"resource": resource("s::one"), "type": "creating"}]
    state: dict[str, Any] = {"pending_operations": pending}

    lines = complete(state, [resource("s::one")], {})

    assert state == {"resources": []}
    assert lines == ["Interrupted creation of Application one: nothing was made."]


def test_a_secret_whose_value_is_lost_is_to_be_deleted() -> None:
    """The next run makes another and removes this one, which nobody can ever use."""
    state: dict[str, Any] = {"resources": [resource("s::old", SECRET, id="1")]}

    complete(state, [resource("s::old", SECRET)], {"s::old": {"id": "2", "outputs": {}}})

    assert [(one["id"], one.get("delete")) for one in state["resources"]] == [
        ("1", None),
        ("2", True),
    ]


def test_a_replacement_that_was_made_takes_the_place_of_the_old_object() -> None:
    """The old one is deleted by the next run, and what depends on the new one comes after it."""
    old, dependent = resource("s::uri", id="1", pendingReplacement=True), resource("s::app", id="3")
    state: dict[str, Any] = {"resources": [old, dependent]}

    complete(state, [resource("s::uri")], {"s::uri": {"id": "2", "outputs": {}}})

    assert [(one["id"], one.get("delete")) for one in state["resources"]] == [
        ("2", None),
        ("1", True),
        ("3", None),
    ]
    assert "pendingReplacement" not in state["resources"][1]


def test_what_was_being_changed_is_refreshed_first() -> None:
    """Whether a change or a deletion took effect only the tenant knows."""
    pending = [{"resource": resource("s::one", id="1"), "type": "updating"}]
    state: dict[str, Any] = {
        "resources": [resource("s::one", id="1"), resource("s::two", id="2")],
        "pending_operations": pending,
    }

    assert complete(state, [], {}) == []

    assert state["resources"] == [
        resource("s::one", id="1", refreshBeforeUpdate=True),
        resource("s::two", id="2"),
    ]
