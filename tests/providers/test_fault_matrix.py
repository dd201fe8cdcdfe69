"""Every operation of the lifecycles against every fault of the wire: all end in the same tenant.

A cell makes what its operation needs on a quiet wire, sets the faults, runs the operation as the
host does, and compares what is there afterwards with what the operation means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from wire_faults import FAULTS, LATER, ONCE

from tests.providers import fault_collections as collections
from tests.providers import fault_operations as operations
from tests.providers.fault_operations import OPERATIONS, Bench, Operation

LAG = "lag,seconds=1.2,form="
LAGGING: dict[Operation, str] = {
    operations.read_flow: "404",
    operations.update_flow: "404",
    operations.delete_flow: "404",
    operations.put_application: "404 400",
    operations.set_properties: "404",
    operations.reset_properties: "404",
}
"""The forms in which replication lag shows in an operation on what was just made."""

SINGLE = (
    operations.create_flow,
    operations.read_flow,
    operations.put_application,
    operations.read_application,
    operations.take_application_out,
    collections.read_attribute,
    collections.update_attribute,
    collections.delete_attribute,
)
"""The operations that take one request."""


def _cells() -> Iterator[Any]:
    for operation in (*OPERATIONS, *collections.OPERATIONS):
        forms = LAGGING.get(operation, "").split()
        faults = FAULTS if operation in SINGLE else {**FAULTS, **LATER}
        faults = {**faults, **{f"lag as {form}": (f"{LAG}{form}",) for form in forms}}
        if forms:
            faults["lag in all forms, and reset"] = (f"{LAG}all", f"reset-after,{ONCE}")
        for name, lines in faults.items():
            yield pytest.param(operation, lines, id=f"{operation.__name__}-{name}")


CELLS = list(_cells())


@pytest.mark.cases("fault matrix, providers")
@pytest.mark.parametrize(("operation", "faults"), CELLS)
def test_every_operation_bears_every_fault(
    bench: Bench, operation: Operation, faults: tuple[str, ...]
) -> None:
    """Each cell ends in the same tenant: nothing lost, nothing doubled."""
    bench.faults = faults
    operation(bench)
    assert bench.hits[0] > 0, "the fault was never met"
