"""Federated identity credentials of applications, with Graph's rules for their names and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

ISSUER = "https://token.actions.githubusercontent.com"
SAME_KEY = "Request_MultipleObjectsWithSameKeyValue"
UPSERT = {"Prefer": "create-if-missing"}


def credential(name: str = "main", **changes: Any) -> Json:
    """Build the credential of a workflow, as the azuread plugin sends it."""
    return {
        "name": name,
        "issuer": ISSUER,
        "subject": f"repo:octo/octo:ref:refs/heads/{name}",
        "audiences": ["api://AzureADTokenExchange"],
        "description": "",
        **changes,
    }


@pytest.fixture
def application(graph: Graph) -> Json:
    """Make an application."""
    return graph.application()


@pytest.fixture
def path(application: Json) -> str:
    """Where the application's credentials are."""
    return f"/applications/{application['id']}/federatedIdentityCredentials"


def test_credential_is_made_listed_changed_and_deleted(
    graph: Graph, application: Json, path: str
) -> None:
    """A credential is read under its ID, its name and its alternate key, and shows no owner."""
    answer = graph.post(path, credential())
    made = answer.json()

    assert answer.status_code == 201
    place = f"#applications('{application['id']}')/federatedIdentityCredentials/$entity"
    assert made.pop("@odata.context").endswith(place)
    assert made == credential() | {"id": made["id"]}
    by_app_id = f"/applications(appId='{application['appId']}')/federatedIdentityCredentials"
    for one in (
        f"{path}/{made['id']}",
        f"{path}/main",
        f"{path}(name='main')",
        f"{by_app_id}/MAIN",
    ):
        assert graph.read(one)["id"] == made["id"]
    by_subject = {"$filter": f"subject eq '{made['subject']}'"}
    assert [c["id"] for c in graph.read(path, by_subject)["value"]] == [made["id"]]

    assert graph.patch(f"{path}/{made['id']}", credential(subject="other")).status_code == 204
    assert graph.read(f"{path}/main")["subject"] == "other"
    assert graph.delete(f"{path}/main").status_code == 204
    assert graph.read(path)["value"] == []


def test_name_is_unique_in_its_application(graph: Graph, path: str) -> None:
    """A second credential of a name is a conflict, but not in another application."""
    graph.made(path, credential())
    other = f"/applications/{graph.application()['id']}/federatedIdentityCredentials"

    message = "FederatedIdentityCredential with name Main already exists."
    refused(graph.post(path, credential("Main", subject="x")), 409, SAME_KEY, message)
    made = graph.made(other, credential())
    assert graph.read(f"{other}(name='main')")["id"] == made["id"]


def test_unknown_credential(graph: Graph, path: str) -> None:
    """A name that is not there is missed by name, an ID in the directory's words."""
    message = "FederatedIdentityCredential with name nobody not found."
    refused(graph.get(f"{path}/nobody"), 404, "Request_ResourceNotFound", message)
    key = str(uuid4())
    refused(graph.get(f"{path}/{key}"), 404, "Request_ResourceNotFound", missing(key))


def test_issuer_and_subject_are_unique_together(graph: Graph, path: str) -> None:
    """Two credentials of an application cannot take the same tokens, made or changed so."""
    graph.made(path, credential())
    graph.made(path, credential("other"))
    same = {"subject": credential()["subject"]}

    message = "The combination of issuer and subject must be unique on the application."
    for answer in (
        graph.post(path, credential("third", **same)),
        graph.patch(f"{path}/other", same),
    ):
        refused(answer, 400, "Request_BadRequest", message)
    assert graph.patch(f"{path}/main", same).status_code == 204


def test_application_has_twenty_credentials_at_most(graph: Graph, path: str) -> None:
    """The twenty-first is one too many."""
    for number in range(20):
        graph.made(path, credential(f"n{number}"))

    message = (
        "The size of the object has exceeded its limit. Please reduce the number of values and "
        "retry your request."
    )
    refused(graph.post(path, credential()), 403, "Directory_ResourceSizeExceeded", message)


def test_name_is_immutable(graph: Graph, path: str) -> None:
    """A PATCH may repeat the name and not change it."""
    graph.made(path, credential())

    answer = graph.patch(f"{path}/main", {"name": "other"})

    message = "The name is immutable and cannot be changed after creation."
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.parametrize("name", ["with space", "a/b", "-main", "ümlaut"])
def test_name_fits_into_a_url(graph: Graph, path: str, name: str) -> None:
    """The name is the last segment of a URI."""
    message = f"The name '{name}' is not a valid last segment of a URI."
    refused(graph.post(path, credential(name)), 400, "Request_BadRequest", message)


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        ("name", "n" * 121),
        ("issuer", "i" * 601),
        ("subject", "s" * 601),
        ("description", "d" * 601),
        ("audiences", ["a" * 601]),
        ("audiences", ["a", "b"]),
        ("audiences", []),
    ],
)
def test_values_have_longest_lengths(graph: Graph, path: str, prop: str, value: Any) -> None:
    """Names have up to 120 characters, everything else up to 600; there is one audience."""
    answer = graph.post(path, credential(**{prop: value}))

    message = (
        f"Invalid value specified for property '{prop}' of resource 'FederatedIdentityCredential'."
    )
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.parametrize("prop", ["name", "issuer", "subject"])
def test_values_are_required(graph: Graph, path: str, prop: str) -> None:
    """Name, issuer and subject must be there."""
    body = {n: v for n, v in credential().items() if n != prop}

    message = (
        f"A value is required for property '{prop}' of resource 'FederatedIdentityCredential'."
    )
    refused(graph.post(path, body), 400, "Request_BadRequest", message)


def test_upsert_makes_and_changes(graph: Graph, path: str) -> None:
    """PATCH by name makes a credential if it may, and from then on changes it, not another's."""
    other = f"/applications/{graph.application()['id']}/federatedIdentityCredentials"
    graph.made(other, credential("upserted"))
    url = f"/v1.0{path}(name='upserted')"
    body = {n: v for n, v in credential().items() if n != "name"}
    assert graph.http.patch(url, json=body).status_code == 404

    made = graph.http.patch(url, json=body, headers=UPSERT)
    changed = graph.http.patch(url, json={"subject": "new"}, headers=UPSERT)

    assert (made.status_code, made.json()["name"]) == (201, "upserted")
    assert changed.status_code == 204
    assert [c["subject"] for c in graph.read(path)["value"]] == ["new"]


def test_claims_matching_expression_in_beta(graph: Graph, path: str) -> None:
    """Under /beta an expression may stand for the subject; v1.0 does not know it."""
    matching = {"value": "claims['sub'] matches 'repo:octo/*'", "languageVersion": 1}
    body = credential(claimsMatchingExpression=matching) | {"subject": None}

    made = graph.post(path, body, version="beta")

    assert (made.status_code, made.json()["claimsMatchingExpression"]) == (201, matching)
    assert "claimsMatchingExpression" not in graph.read(f"{path}/main")
    both = graph.post(path, body | {"name": "b", "subject": "x"}, version="beta")
    message = (
        "Invalid value specified for property 'subject' of resource 'FederatedIdentityCredential'."
    )
    refused(both, 400, "Request_BadRequest", message)
    assert graph.post(path, body).status_code == 400


@pytest.mark.local_only
def test_owned_by_reaches_credentials_of_what_it_owns(
    holder: Callable[..., Graph], graph: Graph, path: str
) -> None:
    """With OwnedBy alone, another's application takes no credential, nor an upsert of one."""
    made = graph.made(path, credential())
    owner = holder("Application.ReadWrite.OwnedBy")
    upsert = owner.http.patch(f"/v1.0{path}(name='x')", json=credential("x"), headers=UPSERT)

    denied = "Insufficient privileges to complete the operation."
    for answer in (
        owner.post(path, credential("other")),
        upsert,
        owner.patch(f"{path}/{made['id']}", {"subject": "x"}),
        owner.delete(f"{path}/{made['id']}"),
    ):
        refused(answer, 403, "Authorization_RequestDenied", denied)
    own = f"/applications/{owner.application()['id']}/federatedIdentityCredentials"
    assert owner.post(own, credential()).status_code == 201


def test_credentials_come_back_with_their_application(
    graph: Graph, application: Json, path: str
) -> None:
    """They are not reached while their application is deleted, and are there again with it."""
    graph.made(path, credential())

    graph.delete(f"/applications/{application['id']}")
    assert graph.get(path).status_code == 404
    graph.post(f"/directory/deletedItems/{application['id']}/restore")
    assert [c["name"] for c in graph.read(path)["value"]] == ["main"]
