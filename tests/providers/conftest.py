"""What the tests of the lifecycles share: a session of their own, and applications to link."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sign_in import lookup, trust
from tenant_fixture import PROGRAM, Tenant

from localtenant.testing_client import FaultKnobs
from providers.graph.session import Session
from tests.providers.fault_operations import OPERATIONS, Bench


@pytest.fixture(scope="session")
def session(tenant: Tenant) -> Iterator[Session]:
    """A session of the shared tenant, with the permissions for every kind of object."""
    with pytest.MonkeyPatch.context() as patch:
        trust(patch, tenant)
        yield Session(lookup(tenant, PROGRAM))


@pytest.fixture(scope="session")
def warm(tenant: Tenant, session: Session, fault_knobs: FaultKnobs) -> Session:
    """The session after each operation once: connected, signed in, and all of it imported."""
    for operation in OPERATIONS:
        bench = Bench(tenant, session, fault_knobs)
        operation(bench)
        bench.clean()
    return session


@pytest.fixture
def bench(
    tenant: Tenant, warm: Session, fault_knobs: FaultKnobs, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """A flow's name of its own in the shared tenant, and short pauses before a further try."""
    monkeypatch.setattr("providers.graph.retry._BUSY_FIRST", 0.05)
    made = Bench(tenant, warm, fault_knobs)
    yield made
    fault_knobs.clear()
    made.clean()


@pytest.fixture
def name() -> str:
    """A name that no other test uses."""
    return f"flow {uuid.uuid4().hex[:8]}"


@pytest.fixture
def new_application(tenant: Tenant) -> Callable[..., dict[str, Any]]:
    """Makes an application, with its service principal unless told otherwise."""

    def make(*, service_principal: bool = True) -> dict[str, Any]:
        application = tenant.admin.application()
        if service_principal:
            tenant.admin.made("/servicePrincipals", {"appId": application["appId"]})
        return application

    return make
