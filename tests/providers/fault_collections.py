"""Operations on what the providers share, by a kind each: an attribute, and a tenant's setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from passcode import EMAIL_METHOD, PASSCODE_ALLOWED

from providers.authentication_method.lifecycle import EmailAuthenticationMethodLifecycle
from providers.lifecycle import Made
from providers.user_flow_attribute.lifecycle import UserFlowAttributeLifecycle

if TYPE_CHECKING:
    from tests.providers.fault_operations import Bench, Operation

ATTRIBUTES = "/identity/userFlowAttributes"
ATTRIBUTE = UserFlowAttributeLifecycle()
METHOD = EmailAuthenticationMethodLifecycle()
_SET: dict[str, object] = {"allowExternalIdToUseEmailOtp": "disabled"}


def create_attribute(bench: Bench) -> None:
    """One attribute, as wanted."""
    made = bench.meeting(lambda graph: ATTRIBUTE.create(graph, _wanted(bench)))
    assert [one["id"] for one in _attributes(bench)] == [made.id]
    _remove(bench, made)


def read_attribute(bench: Bench) -> None:
    """What was made is read, never taken for gone."""
    made = _made(bench)
    assert bench.meeting(lambda graph: ATTRIBUTE.read(graph, made.id, made.outputs)) == made
    _remove(bench, made)


def update_attribute(bench: Bench) -> None:
    """Its description."""
    made = _made(bench)
    inputs = {**_wanted(bench), "description": "changed"}
    outputs = bench.meeting(lambda graph: ATTRIBUTE.update(graph, made.id, made.outputs, inputs))
    assert [one["description"] for one in _attributes(bench)] == ["changed"]
    _remove(bench, Made(made.id, outputs))


def delete_attribute(bench: Bench) -> None:
    """Gone, however often the deletion was sent."""
    made = _made(bench)
    _remove(bench, made, meeting=True)


def set_method(bench: Bench) -> None:
    """Set, and what was there before is recorded as it was."""
    _given_back(bench)
    made = bench.meeting(lambda graph: METHOD.create(graph, _SET))
    assert _method(bench) == "disabled"
    assert made.outputs["before"] == {"allowExternalIdToUseEmailOtp": "enabled"}
    _given_back(bench)


def give_method_back(bench: Bench) -> None:
    """As it was before."""
    _given_back(bench)
    made = bench.run(lambda graph: METHOD.create(graph, _SET))
    bench.meeting(lambda graph: METHOD.delete(graph, made.id, made.outputs))
    assert _method(bench) == "enabled"


OPERATIONS: list[Operation] = [
    create_attribute,
    read_attribute,
    update_attribute,
    delete_attribute,
    set_method,
    give_method_back,
]


def _wanted(bench: Bench) -> dict[str, object]:
    return {
        "displayName": bench.name,
        "description": "x",
        "dataType": "string",
        "forceDestroy": True,
    }


def _made(bench: Bench) -> Made:
    return bench.run(lambda graph: ATTRIBUTE.create(graph, _wanted(bench)))


def _remove(bench: Bench, made: Made, *, meeting: bool = False) -> None:
    run = bench.meeting if meeting else bench.run
    run(lambda graph: ATTRIBUTE.delete(graph, made.id, made.outputs))
    assert _attributes(bench) == []


def _attributes(bench: Bench) -> list[dict[str, Any]]:
    return [one for one in bench.tenant.all(ATTRIBUTES) if one["displayName"] == bench.name]


def _method(bench: Bench) -> str:
    return bench.tenant.one(EMAIL_METHOD)["allowExternalIdToUseEmailOtp"]


def _given_back(bench: Bench) -> None:
    bench.tenant.admin.patch(EMAIL_METHOD, PASSCODE_ALLOWED).raise_for_status()
