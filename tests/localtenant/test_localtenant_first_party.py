"""Microsoft's own applications: there from the start, brought in by POST, and hardly changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from localtenant.testing_client import Graph

MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
EXTENSIONS = "99045fe1-7639-4a75-9d4a-577b6ca3810f"
SEEDED = {
    "00000002-0000-0000-c000-000000000000": "Windows Azure Active Directory",
    "00000003-0000-0000-c000-000000000000": "Microsoft Graph",
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46": "Microsoft Azure CLI",
    "14d82eec-204b-4c2f-b7e8-296a70dab67e": "Microsoft Graph Command Line Tools",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013": "Windows Azure Service Management API",
    "c44b4083-3bb0-49c1-b47d-974e53cbdf3c": "Azure Portal",
}
DENIED = "Insufficient privileges to complete the operation."


@pytest.fixture
def extensions(graph: Graph) -> Iterator[str]:
    """Bring the application of custom extensions in; its service principal's path."""
    made = graph.made("/servicePrincipals", {"appId": EXTENSIONS.upper(), "displayName": "mine"})
    path = f"/servicePrincipals/{made['id']}"
    yield path
    if graph.get(path).status_code == 200:
        graph.delete(path)
    graph.delete(f"/directory/deletedItems/{made['id']}")


@pytest.mark.local_only
@pytest.mark.parametrize("client_id", SEEDED)
def test_every_tenant_has_them_and_keeps_them(graph: Graph, client_id: str) -> None:
    """They are found by client ID, belong to Microsoft, and are neither deleted nor given keys."""
    path = f"/servicePrincipals(appId='{client_id}')"
    principal = graph.read(path)

    assert principal["displayName"] == SEEDED[client_id]
    assert principal["appOwnerOrganizationId"] == MICROSOFT
    for answer in (
        graph.delete(path),
        graph.post(f"{path}/addPassword", {"passwordCredential": {}}),
        graph.patch(path, {"displayName": "mine"}),
    ):
        refused(answer, 403, "Authorization_RequestDenied", DENIED)


def test_resource_is_found_by_its_address(graph: Graph) -> None:
    """A resource of Microsoft's is looked up by the URL that tokens are asked for."""
    wanted = "servicePrincipalNames/any(n:n eq 'https://management.azure.com/')"

    (found,) = graph.read("/servicePrincipals", {"$filter": wanted})["value"]

    (scope,) = found["oauth2PermissionScopes"]
    assert found["appId"] == "797f4846-ba00-4fd7-ba43-dac1f8f63013"
    assert (scope["value"], scope["id"]) == (
        "user_impersonation",
        "41094075-9dad-400e-a0bd-54e686782033",
    )


@pytest.mark.local_only
def test_tenant_decides_who_signs_in(graph: Graph) -> None:
    """That an application of Microsoft's is enabled, and demands assignment, is the tenant's."""
    path = "/servicePrincipals(appId='c44b4083-3bb0-49c1-b47d-974e53cbdf3c')"
    changed = {"accountEnabled": False, "appRoleAssignmentRequired": True, "notes": "closed"}
    before = {n: graph.read(path)[n] for n in changed}

    assert graph.patch(path, changed).status_code == 204
    assert {n: graph.read(path)[n] for n in changed} == changed
    assert graph.patch(path, before).status_code == 204


@pytest.mark.local_only
def test_settings_of_one_can_be_adopted(graph: Graph, deployer: Graph) -> None:
    """The azuread plugin sets all of these when a program adopts one; `OwnedBy` is not enough."""
    path = f"/servicePrincipals/{graph.graph_principal()['id']}"
    settings: dict[str, object] = {
        "accountEnabled": True,
        "alternativeNames": [],
        "appRoleAssignmentRequired": False,
        "description": None,
        "loginUrl": None,
        "notes": None,
        "notificationEmailAddresses": [],
        "preferredSingleSignOnMode": None,
        "samlSingleSignOnSettings": {},
        "tags": [],
    }

    assert graph.patch(path, settings).status_code == 204
    refused(deployer.patch(path, settings), 403, "Authorization_RequestDenied", DENIED)


@pytest.mark.local_only
def test_application_of_extensions_comes_by_post(graph: Graph, extensions: str) -> None:
    """It belongs to Microsoft under Microsoft's name, can be had once, and be deleted again."""
    principal = graph.read(extensions)

    assert principal["displayName"] == "Azure Active Directory Authentication Extensions"
    assert principal["appOwnerOrganizationId"] == MICROSOFT
    assert principal["appId"] == EXTENSIONS
    assert graph.post("/servicePrincipals", {"appId": EXTENSIONS}).status_code == 409
    refused(
        graph.patch(extensions, {"displayName": "x"}), 403, "Authorization_RequestDenied", DENIED
    )
    assert graph.delete(extensions).status_code == 204
    assert graph.get(f"/servicePrincipals(appId='{EXTENSIONS}')").status_code == 404


@pytest.mark.local_only
def test_owned_by_brings_nothing_of_microsofts_in(holder: Callable[..., Graph]) -> None:
    """With OwnedBy alone, the application has to be in the tenant."""
    caller = holder("Application.ReadWrite.OwnedBy")

    answer = caller.post("/servicePrincipals", {"appId": EXTENSIONS})

    message = (
        "When using this permission, the backing application of the service principal being "
        "created must in the local tenant"
    )
    refused(answer, 403, "Authorization_RequestDenied", message)
