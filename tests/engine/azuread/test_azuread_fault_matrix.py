"""Every operation of the azuread stand-in against every fault of the wire.

A cell makes what its operation needs on a quiet wire, sets the faults, and has the stand-in run the
operation as the engine does. All cells of an operation end in the same tenant, that of a run
without any fault: nothing lost, nothing doubled, nothing left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tenant_fixture import Tenant
from tenant_picture import picture
from wire_faults import FAULTS, LATER, ONCE

from localtenant.testing_client import FaultKnobs
from tests.engine.azuread import fault_operations as operations
from tests.engine.azuread import fault_part_operations as parts
from tests.engine.azuread.fault_bench import Bench
from tests.engine.azuread.fault_operations import Operation
from tests.engine.azuread.plugin_client import Plugin

LAG = "lag,seconds=1.2,form="
LAGGING: dict[Operation, str] = {
    operations.create_application_for_others: "404 409 400",
    operations.read_application: "404",
    operations.update_application: "404 409 400",
    operations.create_service_principal: "403 400",
    operations.read_service_principal: "404",
    operations.update_service_principal: "404 400",
    operations.create_identifier_uri: "404 409",
    operations.read_identifier_uri: "404",
    operations.delete_identifier_uri: "404 409",
    operations.create_secret: "404 400",
    operations.create_second_secret: "404 400",
    operations.read_secret: "404",
    operations.delete_secret: "404 400",
    operations.create_grant: "404 400",
    operations.create_assignment: "404 400",
    parts.create_certificate: "404 409",
    parts.create_pre_authorized: "404 409",
}
"""The forms in which replication lag shows in an operation on what was just made."""

SINGLE: tuple[Operation, ...] = (
    operations.create_application,
    operations.delete_application,
    operations.create_service_principal,
    operations.delete_service_principal,
    operations.create_secret,
    operations.read_secret,
    operations.delete_secret,
    operations.create_grant,
    operations.read_grant,
    operations.update_grant,
    operations.delete_grant,
    operations.create_assignment,
    operations.read_assignment,
    operations.delete_assignment,
    parts.create_federated_credential,
)
SEVERAL: tuple[Operation, ...] = (
    operations.create_application_for_others,
    operations.read_application,
    operations.update_application,
    operations.read_service_principal,
    operations.update_service_principal,
    operations.create_identifier_uri,
    operations.read_identifier_uri,
    operations.delete_identifier_uri,
    operations.create_second_secret,
    parts.create_certificate,
    parts.delete_federated_credential,
    parts.create_pre_authorized,
)
"""The operations by the number of their requests; a second may depend on the first."""

OWNERS: dict[Operation, dict[str, tuple[str, ...]]] = {
    operation: {
        "owner's change reset": (f"reset-after,method={method},{ONCE}",),
        "owner's change failing": (f"fail,status=500,when=after,method={method},{ONCE}",),
        "owner's change reset before": (f"reset-before,method={method},{ONCE}",),
    }
    for operation, method in (
        (operations.create_application_for_others, "DELETE"),
        (operations.update_service_principal, "POST"),
    )
}
"""Faults of the request that adds or removes an owner."""


def _cells() -> Iterator[Any]:
    for operation in (*SINGLE, *SEVERAL):
        faults = dict(FAULTS)
        if operation in SEVERAL and operation is not operations.read_identifier_uri:
            faults |= LATER
        forms = LAGGING.get(operation, "").split()
        faults |= {f"lag as {form}": (f"{LAG}{form}",) for form in forms}
        if forms:
            faults["lag in all forms, and reset"] = (f"{LAG}all", f"reset-after,{ONCE}")
        faults |= OWNERS.get(operation, {})
        for name, lines in faults.items():
            yield pytest.param(operation, lines, id=f"{operation.__name__}-{name}")


CELLS = list(_cells())


@pytest.fixture(scope="session")
def new_bench(
    strong_plugin: Plugin, tenant: Tenant, fault_knobs: FaultKnobs
) -> Callable[[], Bench]:
    """Makes benches: objects of a name of their own in the shared tenant."""
    deployer = strong_plugin.invoke("getClientConfig")["objectId"]
    return lambda: Bench(strong_plugin, tenant, fault_knobs, deployer)


@pytest.fixture
def bench(new_bench: Callable[[], Bench]) -> Iterator[Bench]:
    """A bench whose faults do not outlive the test."""
    made = new_bench()
    yield made
    made.knobs.clear()


@pytest.fixture(scope="session")
def undisturbed(new_bench: Callable[[], Bench]) -> Callable[[Operation], list[Any]]:
    """What an operation comes to on a quiet wire, found out once."""
    known: dict[Operation, list[Any]] = {}

    def run(operation: Operation) -> list[Any]:
        if operation not in known:
            bench = new_bench()
            operation(bench)
            known[operation] = picture(bench.tenant, bench.name)
        return known[operation]

    return run


@pytest.mark.cases("fault matrix, components")
@pytest.mark.parametrize(("operation", "faults"), CELLS)
def test_every_operation_bears_every_fault(
    bench: Bench,
    undisturbed: Callable[[Operation], list[Any]],
    operation: Operation,
    faults: tuple[str, ...],
) -> None:
    """Each cell ends in the tenant of an undisturbed run, within its time."""
    wanted = undisturbed(operation)
    bench.faults = faults
    operation(bench)
    assert picture(bench.tenant, bench.name) == wanted
    assert bench.hits[0] > 0, "the fault was never met"
