"""Permissions: the one table decides, and every row of it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from operation_paths import with_casts

from localtenant.entities import MODEL
from localtenant.permissions import refusal
from localtenant.testing_client import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from localtenant.odata.operations import Operation
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


ROWS = [o for methods in MODEL.operations.values() for o in methods.values()]
GUARDED = [o for o in ROWS if "" not in o.accepted.application]
each_operation = pytest.mark.parametrize("row", ROWS, ids=lambda o: f"{o.method} {o.path}")


def url_of(template: str, type_name: str) -> str:
    """Build a path that fits a template: random keys, and the casts that some paths need."""
    path = with_casts(template)
    while "{id}" in path:
        path = path.replace("{id}", str(uuid4()), 1)
    if path in {"/directoryObjects", "/directory/deletedItems"}:
        path += f"/microsoft.graph.{type_name}"
    return path


def ask(graph: Graph, row: Operation, type_name: str = "application") -> httpx.Response:
    """Make the request of an operation, with a body of no use."""
    body = {"nonsense": True} if row.method in {"POST", "PATCH", "PUT"} else None
    version = "beta" if row.beta else "v1.0"
    return graph.http.request(row.method, f"/{version}{url_of(row.path, type_name)}", json=body)


@pytest.mark.parametrize("row", GUARDED, ids=lambda o: f"{o.method} {o.path}")
def test_without_permission(holder: Callable[..., Graph], row: Operation) -> None:
    """A caller without any permission gets the 403 of the service behind the path."""
    answer = ask(holder(), row)

    error = refusal(row, delegated=False)
    refused(answer, error.status, error.code, error.message)


@each_operation
def test_each_accepted_permission_is_enough(holder: Callable[..., Graph], row: Operation) -> None:
    """Every alternative that the table accepts gets past the check of permissions."""
    for alternative in row.accepted.application:
        answer = ask(holder(*filter(None, alternative.split("+"))), row)

        if not row.by_type:
            assert answer.status_code in {200, 204, 400, 404}, (alternative, answer.text)
    for type_name, accepted in row.by_type.items():
        for alternative in accepted.application:
            answer = ask(holder(*alternative.split("+")), row, type_name)

            assert answer.status_code in {200, 400, 404}, (type_name, alternative, answer.text)


@pytest.mark.parametrize("row", GUARDED, ids=lambda o: f"{o.method} {o.path}")
def test_without_scope(signed_in: Callable[..., Graph], row: Operation) -> None:
    """A signed-in user whose client has no scope for it gets the same 403."""
    error = refusal(row, delegated=True)

    refused(ask(signed_in("openid"), row), error.status, error.code, error.message)


@each_operation
def test_each_accepted_scope_is_enough(signed_in: Callable[..., Graph], row: Operation) -> None:
    """Every alternative for signed-in users gets past the check, if only to what is their own."""
    by_type = row.by_type or {"application": row.accepted}
    for type_name, accepted in by_type.items():
        for alternative in accepted.delegated:
            answer = ask(signed_in(*filter(None, alternative.split("+"))), row, type_name)

            own = {"User.Read", "User.ReadWrite"} & {alternative}
            passed = {200, 204, 400, 404, *([403] if own else [])}
            assert answer.status_code in passed, (type_name, alternative, answer.text)


def test_permissions_that_go_together_are_not_enough_alone(holder: Callable[..., Graph]) -> None:
    """AppRoleAssignment.ReadWrite.All assigns nothing without a permission to read."""
    row = MODEL.operations["/servicePrincipals/{id}/appRoleAssignedTo"]["POST"]

    answer = ask(holder("AppRoleAssignment.ReadWrite.All"), row)

    assert answer.status_code == 403


def test_permission_is_checked_before_the_body(holder: Callable[..., Graph]) -> None:
    """A body full of mistakes does not hide a missing permission."""
    answer = holder().http.post("/v1.0/applications", content=b"nonsense")

    assert answer.status_code == 403


def test_deployer_can_do_the_stacks_work_and_no_more(deployer: Graph) -> None:
    """The deployer makes applications, flows and grants, and cannot assign roles."""
    principal = deployer.principal()
    assert deployer.flow()["id"]
    grant = {
        "clientId": principal["id"],
        "resourceId": deployer.graph_principal()["id"],
        "consentType": "AllPrincipals",
        "scope": "openid",
    }
    assert deployer.post("/oauth2PermissionGrants", grant).status_code == 201
    path = f"/servicePrincipals/{principal['id']}/appRoleAssignedTo"
    assert deployer.post(path, {"appRoleId": str(uuid4())}).status_code == 403
