"""The service principal of an application of Microsoft's: made once, and never touched again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tenant_fixture import Tenant

from localtenant.testing_client import FaultKnobs
from providers.graph.session import Session
from providers.lifecycle import Made
from providers.microsoft_service_principal.lifecycle import MicrosoftServicePrincipalLifecycle

EXTENSIONS = "99045fe1-7639-4a75-9d4a-577b6ca3810f"
KIND = MicrosoftServicePrincipalLifecycle()
INPUTS: dict[str, object] = {"clientId": EXTENSIONS}
ALIKE = f"/servicePrincipals(appId='{EXTENSIONS}')"


@pytest.fixture(autouse=True)
def clean(tenant: Tenant) -> Iterator[None]:
    """Leave none behind."""
    yield
    answer = tenant.admin.get(ALIKE)
    if answer.status_code == 200:
        tenant.admin.delete(f"/servicePrincipals/{answer.json()['id']}").raise_for_status()
        tenant.admin.delete(f"/directory/deletedItems/{answer.json()['id']}")


def create(session: Session) -> Made:
    """Create as the host does."""
    return session.operate("have it", lambda graph: KIND.create(graph, INPUTS))


def read(session: Session, made: Made) -> Made | None:
    """Read as a refresh does."""
    return session.operate("read it", lambda graph: KIND.read(graph, made.id, made.outputs))


def test_it_is_made_where_there_is_none(tenant: Tenant, session: Session) -> None:
    """By a look and one POST; a deletion leaves it."""
    with tenant.wire() as wire:
        made = create(session)
        session.operate("delete it", lambda graph: KIND.delete(graph, made.id, made.outputs))

    assert wire.writes() == ["POST /servicePrincipals"]
    assert tenant.one(ALIKE)["id"] == made.id
    assert read(session, made) == made


def test_one_that_is_there_is_taken_as_it_is(tenant: Tenant, session: Session) -> None:
    """Nothing is written to it, whoever has made it."""
    theirs = tenant.admin.made("/servicePrincipals", {"appId": EXTENSIONS, "tags": ["theirs"]})
    with tenant.wire() as wire:
        made = create(session)

    assert wire.writes() == []
    assert made.id == theirs["id"]
    assert tenant.one(ALIKE)["tags"] == ["theirs"]
    assert session.operate("", lambda graph: KIND.find(graph, INPUTS)) == made


def test_one_whose_answer_was_lost_is_found_once_it_is_replicated(
    tenant: Tenant, session: Session, fault_knobs: FaultKnobs
) -> None:
    """The conflict says that it is there, and a look that it is not: the directory catches up."""
    faults = ("lag,seconds=1.2", "reset-after,method=POST,times=1")
    with fault_knobs.during(*faults), tenant.wire() as wire:
        made = create(session)

    assert wire.writes().count("POST /servicePrincipals") > 1
    assert tenant.one(ALIKE)["id"] == made.id


def test_one_that_is_gone_shows(session: Session) -> None:
    """So that the next run makes it anew."""
    made = Made("00000000-0000-0000-0000-000000000001", {**INPUTS, "tenantId": "x"})
    assert read(session, made) is None
    assert session.operate("", lambda graph: KIND.find(graph, INPUTS)) is None


def test_another_application_is_another_one() -> None:
    """The old one stays."""
    assert KIND.plan(INPUTS, {"clientId": "other"}).replaces == ["clientId"]
    (problem,) = KIND.validate({})
    assert problem.property == "clientId"
