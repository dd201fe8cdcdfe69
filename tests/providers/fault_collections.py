"""Operations on what the providers share, by a kind each: an attribute, and tenants' settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from passcode import EMAIL_METHOD, PASSCODE_ALLOWED

from providers.authentication_method.lifecycle import EmailAuthenticationMethodLifecycle
from providers.lifecycle import Made
from providers.login_page_text_visibility.lifecycle import LoginPageTextVisibilityLifecycle
from providers.user_flow_attribute.lifecycle import UserFlowAttributeLifecycle

if TYPE_CHECKING:
    from tests.providers.fault_operations import Bench, Operation

ATTRIBUTES = "/identity/userFlowAttributes"
ATTRIBUTE = UserFlowAttributeLifecycle()
LINKS = LoginPageTextVisibilityLifecycle()
METHOD = EmailAuthenticationMethodLifecycle()
_SET: dict[str, object] = {"allowExternalIdToUseEmailOtp": "disabled"}
_HIDDEN: dict[str, object] = {"hideForgotMyPassword": True}
_PART = "loginPageTextVisibilitySettings"


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


def hide_links(bench: Bench) -> None:
    """Hidden, in a branding that is there from now on; the others as they were."""
    _links_given_back(bench)
    made = bench.meeting(lambda graph: LINKS.create(graph, _HIDDEN))
    assert _links(bench) == (True, True)
    assert made.outputs["before"] == {"hideForgotMyPassword": False}
    _links_given_back(bench)


OPERATIONS: list[Operation] = [
    create_attribute,
    read_attribute,
    update_attribute,
    delete_attribute,
    set_method,
    give_method_back,
    hide_links,
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


def _branding(bench: Bench) -> str:
    return f"/organization/{bench.tenant.ready.tenantId}/branding"


def _links(bench: Bench) -> tuple[bool | None, bool | None]:
    part = bench.tenant.one(_branding(bench))[_PART]
    return part["hideForgotMyPassword"], part["hideTermsOfUse"]


def _links_given_back(bench: Bench) -> None:
    body = {_PART: {"hideForgotMyPassword": None, "hideTermsOfUse": True}}
    bench.tenant.admin.patch(_branding(bench), body).raise_for_status()
