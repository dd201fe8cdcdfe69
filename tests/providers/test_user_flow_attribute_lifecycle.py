"""A custom user attribute: the requests of its lifecycle, and what is there afterwards."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sign_in import lookup, trust
from tenant_fixture import PROGRAM, Tenant

from providers.graph.errors import ObjectError
from providers.graph.session import Session
from providers.lifecycle import Made, Plan
from providers.user_flow_attribute.lifecycle import UserFlowAttributeLifecycle
from providers.user_flow_attribute.values import users_with_values

ATTRIBUTES = "/identity/userFlowAttributes"
LIFECYCLE = UserFlowAttributeLifecycle()


def wanted(**changed: object) -> dict[str, object]:
    """A new attribute."""
    name = f"Hobby {uuid.uuid4().hex[:8]}"
    return {"displayName": name, "description": "What you like", "dataType": "string", **changed}


def create(session: Session, inputs: dict[str, object]) -> Made:
    """Create as the host does."""
    return session.operate("create it", lambda graph: LIFECYCLE.create(graph, inputs))


def read(session: Session, made: Made) -> Made | None:
    """Read as a refresh does."""
    return session.operate("read it", lambda graph: LIFECYCLE.read(graph, made.id, made.outputs))


def delete(session: Session, made: Made) -> None:
    """Delete as the host does."""
    session.operate("delete it", lambda graph: LIFECYCLE.delete(graph, made.id, made.outputs))


def live(tenant: Tenant, name: object) -> list[dict[str, Any]]:
    """The attributes of that name."""
    return [one for one in tenant.all(ATTRIBUTES) if one["displayName"] == name]


def test_create_makes_one_attribute_with_the_id_of_its_extension(
    tenant: Tenant, session: Session
) -> None:
    """A look, and one POST; a second creation finds the first."""
    inputs = wanted()
    with tenant.wire() as wire:
        made = create(session, inputs)

    assert wire.graph() == [f"GET {ATTRIBUTES}", f"POST {ATTRIBUTES}"]
    assert made.id.startswith("extension_")
    assert made.id.endswith(f"_{str(inputs['displayName']).replace(' ', '')}")
    assert made.outputs == {**inputs, "tenantId": tenant.ready.tenantId, "adopted": False}
    assert read(session, made) == made
    assert create(session, inputs) == made
    assert len(live(tenant, inputs["displayName"])) == 1


def test_description_changes_in_place(tenant: Tenant, session: Session) -> None:
    """By one PATCH."""
    made, later = create(session, inputs := wanted()), {**inputs, "description": "What you do"}
    assert LIFECYCLE.plan(made.outputs, later).changes == ["description"]

    with tenant.wire() as wire:
        outputs = session.operate(
            "update it", lambda graph: LIFECYCLE.update(graph, made.id, made.outputs, later)
        )

    assert wire.graph() == [f"PATCH {ATTRIBUTES}/{made.id}"]
    assert read(session, Made(made.id, outputs)) == Made(made.id, outputs)
    assert outputs["description"] == "What you do"


def test_another_type_is_refused_with_what_to_do() -> None:
    """Values of users would be lost, and nothing else happens in a preview that says so."""
    before = wanted()
    with pytest.raises(ObjectError, match=r"from 'string' to 'int64'.*under another name"):
        LIFECYCLE.plan(before, {**before, "dataType": "int64"})


def test_another_name_is_another_attribute() -> None:
    """Both may be there at a time, so that values can be copied."""
    before = wanted()
    plan = LIFECYCLE.plan(before, {**before, "displayName": "Other", "dataType": "int64"})
    assert plan == Plan(changes=["dataType", "displayName"], replaces=["dataType", "displayName"])


def test_values_of_users_are_not_deleted_unless_told(tenant: Tenant, session: Session) -> None:
    """Nobody can tell whether there are any, so the settings have to say it."""
    made = create(session, wanted())
    with tenant.wire() as wire, pytest.raises(ObjectError, match="forceDestroy: true"):
        delete(session, made)
    assert wire.writes() == []

    delete(session, Made(made.id, {**made.outputs, "forceDestroy": True}))
    assert read(session, made) is None


def test_an_attribute_of_somebody_else(tenant: Tenant, session: Session) -> None:
    """One that differs is refused; adopted, it is taken as it is, and let go of."""
    inputs = wanted()
    theirs = tenant.admin.made(ATTRIBUTES, {**inputs, "description": "Theirs"})
    with pytest.raises(ObjectError, match=f"{theirs['id']}.*differs in description.*adopt: true"):
        create(session, inputs)

    taken = create(session, {**inputs, "adopt": True})
    delete(session, taken)

    assert (taken.id, taken.outputs["description"]) == (theirs["id"], "Theirs")
    assert live(tenant, inputs["displayName"]) != []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"displayName": ""}, "needs a display name"),
        ({"description": ""}, "needs a description"),
        ({"dataType": "float"}, "none of string, boolean"),
        ({"displayName": "City"}, "of every tenant"),
    ],
)
def test_what_graph_refuses_is_known_before(change: dict[str, object], reason: str) -> None:
    """Each problem names its input."""
    (problem,) = LIFECYCLE.validate({**wanted(), **change})
    assert problem.property in change
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("string", "a"),
        ("boolean", False),
        ("int64", 0),
        ("dateTime", "2026-01-01T00:00:00Z"),
    ],
)
def test_users_that_have_a_value_are_counted(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, kind: str, value: object
) -> None:
    """Whatever its type, also a value that is false or zero; users without are not."""
    trust(monkeypatch, tenant)
    made = tenant.admin.made(ATTRIBUTES, wanted(dataType=kind))
    tenant.admin.user()
    assert users_with_values(lookup(tenant, PROGRAM), [made["id"]]) == {made["id"]: 0}

    tenant.admin.user(**{made["id"]: value})

    assert users_with_values(lookup(tenant, PROGRAM), [made["id"]]) == {made["id"]: 1}


def test_a_count_that_is_refused_says_why(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """One attribute's refusal keeps nobody from counting the others."""
    trust(monkeypatch, tenant)
    ids = [
        tenant.admin.made(ATTRIBUTES, wanted(dataType=kind))["id"]
        for kind in ("stringCollection", "string")
    ]

    several, text = users_with_values(lookup(tenant, PROGRAM), ids).values()
    (forbidden,) = users_with_values(lookup(tenant), ids[1:]).values()

    assert "A collection cannot be compared with null" in str(several)
    assert text == 0
    assert "Grant the application that signs in the Graph permission User.Read.All" in str(
        forbidden
    )
