"""Replication lag over real HTTPS: its four forms, operation by operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from localtenant.testing_client import FLOWS, FaultKnobs, Graph, missing, refused

if TYPE_CHECKING:
    import httpx

pytestmark = pytest.mark.local_only


BAD = "Request_BadRequest"
NOT_FOUND = "Request_ResourceNotFound"
ROLE = {
    "id": "33333333-3333-3333-3333-333333333333",
    "allowedMemberTypes": ["Application"],
    "description": "Reads",
    "displayName": "Read",
    "value": "Read",
}


def late(knobs: FaultKnobs, form: str) -> None:
    """Let one request meet lag in one form."""
    knobs.set(f"lag,seconds=60,form={form},times=1")


@pytest.mark.parametrize(
    ("form", "code", "message"),
    [
        (
            "403",
            "Authorization_RequestDenied",
            (
                "When using this permission, the backing application of the service principal "
                "being created must in the local tenant"
            ),
        ),
        (
            "400",
            BAD,
            (
                "The appId '{}' of the service principal does not reference a valid application "
                "object."
            ),
        ),
    ],
)
def test_new_principal_of_a_new_application(
    graph: Graph, knobs: FaultKnobs, form: str, code: str, message: str
) -> None:
    """The application is not known yet where its service principal is made."""
    body = {"appId": graph.application()["appId"]}
    late(knobs, form)

    answer = graph.post("/servicePrincipals", body)

    refused(answer, int(form), code, message.format(body["appId"]))
    assert (
        graph.read("/servicePrincipals", {"$filter": f"appId eq '{body['appId']}'"})["value"] == []
    )
    assert graph.post("/servicePrincipals", body).status_code == 201


@pytest.mark.parametrize(
    ("form", "code", "message", "changes"),
    [
        ("404", NOT_FOUND, missing("{}"), {"displayName": "renamed"}),
        (
            "409",
            "Error_MsaAppDoesNotExist",
            "The corresponding MSA application does not exist.",
            {"displayName": "renamed"},
        ),
        (
            "400",
            "CannotDeleteOrUpdateEnabledEntitlement",
            "Permission (scope or role) cannot be deleted or updated unless disabled first.",
            {"appRoles": []},
        ),
    ],
)
def test_change_of_a_new_application(
    graph: Graph,
    knobs: FaultKnobs,
    form: str,
    code: str,
    message: str,
    changes: dict[str, Any],
) -> None:
    """A PATCH right after the POST meets a replica without the application, or behind it."""
    application = graph.application()
    path = f"/applications/{application['id']}"
    late(knobs, form)

    refused(graph.patch(path, changes), int(form), code, message.format(application["id"]))
    assert graph.read(path)["displayName"] == application["displayName"]
    assert graph.patch(path, changes).status_code == 204


def test_reads_of_new_objects(graph: Graph, knobs: FaultKnobs) -> None:
    """A GET by either key does not find what was just made; deletions and lists do."""
    principal = graph.principal()
    knobs.set("lag,seconds=60,form=404")

    for path in ("/applications(appId='{appId}')", "/servicePrincipals(appId='{appId}')"):
        refused(graph.get(path.format(**principal)), 404, NOT_FOUND, missing(principal["appId"]))
    path = f"/servicePrincipals/{principal['id']}"
    refused(graph.get(path), 404, NOT_FOUND, missing(principal["id"]))
    refused(graph.get(f"{path}/owners"), 404, NOT_FOUND, missing(principal["id"]))
    refused(graph.patch(path, {"notes": "x"}), 404, NOT_FOUND, missing(principal["id"]))
    listed = graph.read("/servicePrincipals", {"$filter": f"appId eq '{principal['appId']}'"})
    assert [p["id"] for p in listed["value"]] == [principal["id"]]
    assert graph.delete(path).status_code == 204


@pytest.mark.parametrize(("form", "code"), [("404", NOT_FOUND), ("400", BAD)])
def test_secrets_of_a_new_application(
    graph: Graph, knobs: FaultKnobs, form: str, code: str
) -> None:
    """Adding and removing a secret fail for a while, and neither has been done."""
    application = graph.application()
    path = f"/applications/{application['id']}"
    late(knobs, form)
    added = graph.post(f"{path}/addPassword", {"passwordCredential": {}})
    key = {"keyId": graph.made(f"{path}/addPassword", {"passwordCredential": {}})["keyId"]}
    late(knobs, form)
    removed = graph.post(f"{path}/removePassword", key)

    refused(added, int(form), code, missing(application["id"]))
    known = f"No password credential found with keyId {key['keyId']}."
    refused(removed, int(form), code, known if form == "400" else missing(application["id"]))
    assert [c["keyId"] for c in graph.read(path)["passwordCredentials"]] == [key["keyId"]]


@pytest.mark.parametrize(
    ("form", "code", "added", "removed"),
    [
        ("404", NOT_FOUND, missing("{}"), missing("{}")),
        (
            "400",
            BAD,
            "Not a valid reference update.",
            (
                "One or more removed object references do not exist for the following modified "
                "properties: 'owners'."
            ),
        ),
    ],
)
def test_owners_of_a_new_application(
    graph: Graph, knobs: FaultKnobs, form: str, code: str, added: str, removed: str
) -> None:
    """Owners can neither be added nor removed for a while."""
    object_id = graph.application()["id"]
    path = f"/applications/{object_id}/owners"
    owner = graph.ready.clients["nothing"].objectId
    reference = {"@odata.id": f"{graph.ready.url}/v1.0/directoryObjects/{owner}"}

    late(knobs, form)
    refused(graph.post(f"{path}/$ref", reference), int(form), code, added.format(object_id))
    assert graph.post(f"{path}/$ref", reference).status_code == 204
    late(knobs, form)
    refused(graph.delete(f"{path}/{owner}/$ref"), int(form), code, removed.format(object_id))
    assert graph.delete(f"{path}/{owner}/$ref").status_code == 204


def assignment(principal: str, resource: dict[str, Any]) -> dict[str, str]:
    """Build the body that assigns the first role of a resource."""
    role = resource["appRoles"][0]["id"]
    return {"principalId": principal, "resourceId": resource["id"], "appRoleId": role}


def test_role_of_a_new_api(graph: Graph, knobs: FaultKnobs) -> None:
    """A new API's roles, or its service principal, are not there to be assigned."""
    api = graph.principal(appRoles=[ROLE])
    path = f"/servicePrincipals/{api['id']}/appRoleAssignedTo"
    body = assignment(graph.ready.clients["nothing"].objectId, api)

    late(knobs, "400")
    message = "Permission being assigned was not found on application"
    refused(graph.post(path, body), 400, BAD, message)
    late(knobs, "404")
    refused(graph.post(path, body), 404, NOT_FOUND, missing(api["id"]))
    assert graph.post(path, body).status_code == 201


def test_role_for_a_new_principal(graph: Graph, knobs: FaultKnobs) -> None:
    """A new principal cannot be assigned a role of an API that has long been there."""
    resource = graph.graph_principal()
    path = f"/servicePrincipals/{resource['id']}/appRoleAssignedTo"
    principal = graph.principal()["id"]
    body = assignment(principal, resource)

    late(knobs, "400")
    refused(graph.post(path, body), 400, BAD, "Not a valid reference update.")
    late(knobs, "404")
    refused(graph.post(path, body), 404, NOT_FOUND, missing(principal))
    assert graph.post(path, body).status_code == 201


@pytest.mark.parametrize(("form", "code"), [("404", "Directory_ObjectNotFound"), ("400", BAD)])
def test_consent_for_a_new_client(graph: Graph, knobs: FaultKnobs, form: str, code: str) -> None:
    """The directory cannot read one end of a new grant."""
    client = graph.principal()
    body = {
        "clientId": client["id"],
        "consentType": "AllPrincipals",
        "resourceId": graph.graph_principal()["id"],
        "scope": "openid",
    }
    late(knobs, form)

    unread = "Unable to read the company information from the directory."
    message = unread if form == "404" else missing(client["id"])
    refused(graph.post("/oauth2PermissionGrants", body), int(form), code, message)
    assert graph.post("/oauth2PermissionGrants", body).status_code == 201


def test_new_user_flow_and_its_application(graph: Graph, knobs: FaultKnobs) -> None:
    """A new flow is not found, and does not find a new client's service principal."""
    flow, client = graph.flow(), graph.principal()
    path = f"{FLOWS}/{flow['id']}"
    added = f"{path}/conditions/applications/includeApplications"
    body = {
        "@odata.type": "#microsoft.graph.authenticationConditionApplication",
        "appId": client["appId"],
    }

    def gone(answer: httpx.Response) -> None:
        message = f"The authentication events flow '{flow['id']}' was not found."
        refused(answer, 404, "AADB2C", message)

    late(knobs, "404")
    gone(graph.get(path))
    late(knobs, "404")
    gone(graph.post(added, body))
    late(knobs, "400")
    message = (
        f"No service principal was found in the tenant for the application '{client['appId']}'."
    )
    refused(graph.post(added, body), 400, "AADB2C", message)
    assert graph.post(added, body).status_code == 201
