"""What the stand-in does when Graph refuses, is busy, lags behind or does not answer."""

from __future__ import annotations

import threading

import grpc
import pytest
from google.protobuf.json_format import MessageToDict

from tests.engine.azuread.plugin_client import Plugin, error_text, recorded_in
from tests.engine.azuread.scripted_objects import (
    APPLICATION,
    CREATED,
    INPUTS,
    NONE,
    NOT_THERE_YET,
    PATH,
)
from tests.engine.azuread.scripted_server import DEPLOYER, Answer, ScriptedServer, refusal


def test_a_busy_service_is_asked_again(scripted: Plugin, server: ScriptedServer) -> None:
    """Throttling and server errors are repeated, a creation included, until it is answered."""
    server.answers += [
        refusal(429, "TooManyRequests", "Please retry again later.", Retry_After="0"),
        refusal(429, "TooManyRequests", "Please retry again later.", Retry_After="0"),
        CREATED,
    ]
    identifier, _ = scripted.create("Application", INPUTS)
    assert identifier == PATH
    assert server.lines() == ["POST /applications"] * 3


def test_retry_after_is_obeyed(scripted: Plugin, server: ScriptedServer) -> None:
    """A request waits as long as Graph says before it is repeated."""
    server.answers += [refusal(429, "TooManyRequests", "Later.", Retry_After="1"), CREATED]
    finished = threading.Event()

    def create() -> None:
        scripted.create("Application", INPUTS)
        finished.set()

    threading.Thread(target=create, daemon=True).start()
    assert server.arrived.wait(10)
    assert not finished.wait(0.9)
    assert finished.wait(10)


def test_a_refusal_says_what_happened(scripted: Plugin, server: ScriptedServer) -> None:
    """The error names the object, Graph's code, message and request id, and what to do; no more."""
    server.answers += [refusal(403, "Authorization_RequestDenied", "Insufficient privileges.")]
    with pytest.raises(grpc.RpcError) as failure:
        scripted.create("Application", INPUTS)
    assert error_text(failure.value) == (
        "could not create application 'web': 403 Authorization_RequestDenied: Insufficient "
        "privileges. (POST /v1.0/applications, request ID req-1). Grant the deployer the "
        "Graph permission Application.ReadWrite.OwnedBy, with admin consent (README, "
        "'A real tenant')."
    )
    assert len(server.requests) == 1


def test_what_is_not_implemented_is_not_repeated(scripted: Plugin, server: ScriptedServer) -> None:
    """501 is final."""
    with pytest.raises(grpc.RpcError) as failure:
        scripted.create("Application", INPUTS)
    assert "501" in error_text(failure.value)
    assert len(server.requests) == 1


def test_a_new_application_may_take_a_while_to_arrive(
    scripted: Plugin, server: ScriptedServer
) -> None:
    """A secret for an application that was just created waits for it."""
    made = {"keyId": "k", "secretText": "s", "endDateTime": "2027-01-02T03:04:05Z"}
    server.answers += [NOT_THERE_YET, Answer(200, made)]
    identifier, _ = scripted.create("ApplicationPassword", {"applicationId": PATH})
    assert identifier == f"{APPLICATION['id']}/password/k"
    assert server.lines() == [f"POST {PATH}/addPassword"] * 2


@pytest.mark.parametrize(
    "symptom",
    [
        refusal(
            400,
            "Request_BadRequest",
            f"The appId '{APPLICATION['appId']}' of the service principal does not reference a "
            "valid application object.",
        ),
        refusal(
            403,
            "Authorization_RequestDenied",
            "When using this permission, the backing application of the service principal being "
            "created must in the local tenant",
        ),
    ],
)
def test_a_service_principal_waits_for_its_application(
    scripted: Plugin, server: ScriptedServer, symptom: Answer
) -> None:
    """Two misleading refusals mean that the application has not arrived yet."""
    principal = {"id": "66666666-6666-6666-6666-666666666666", "appId": APPLICATION["appId"]}
    server.answers += [symptom, Answer(201, principal)]
    inputs = {"clientId": APPLICATION["appId"], "owners": [DEPLOYER]}
    identifier, _ = scripted.create("ServicePrincipal", inputs)
    assert identifier == f"/servicePrincipals/{principal['id']}"
    assert server.lines() == ["POST /servicePrincipals"] * 2


def test_disabling_may_take_a_while_to_arrive(scripted: Plugin, server: ScriptedServer) -> None:
    """A removal right after the disabling is repeated until Graph knows that it is disabled."""
    role = {"id": DEPLOYER, "value": "A", "isEnabled": True, "allowedMemberTypes": ["User"]}
    live = {**APPLICATION, "appRoles": [role]}
    enabled = refusal(
        400,
        "CannotDeleteOrUpdateEnabledEntitlement",
        "Permission (scope or role) cannot be deleted or updated unless disabled first.",
    )
    server.answers += [Answer(200, live), Answer(200, {"value": [{"id": DEPLOYER}]})]
    _, state, _ = scripted.read("Application", PATH, {}, {})
    server.answers += [Answer(200, live), Answer(204), enabled, Answer(204)]
    scripted.update("Application", PATH, state, INPUTS)

    bodies = [body for method, _, body in server.requests if method == "PATCH"]
    assert bodies == [
        {"appRoles": [{**role, "isEnabled": False}]},
        {"appRoles": []},
        {"appRoles": []},
    ]


def test_what_was_created_is_never_forgotten(scripted: Plugin, server: ScriptedServer) -> None:
    """When a step after the creation fails, the engine learns the id and what is left to do."""
    server.answers += [CREATED, refusal(403, "Authorization_RequestDenied", "No.")]
    with pytest.raises(grpc.RpcError) as failure:
        scripted.create("Application", {"displayName": "web"})
    failed = recorded_in(failure.value)
    assert failed.id == PATH
    assert failed.properties["clientId"] == APPLICATION["appId"]
    assert MessageToDict(failed.properties)["owners"] == [DEPLOYER]
    assert "was created" in failed.reasons[0]


def test_a_deletion_that_was_not_answered_is_repeated(
    scripted: Plugin, server: ScriptedServer
) -> None:
    """Deleting what an unanswered request may have deleted already is no error."""
    server.answers += [refusal(504, "UnknownError", ""), NOT_THERE_YET, NONE]
    scripted.delete("Application", PATH, {"displayName": "web"})
    assert server.lines()[:2] == [f"DELETE {PATH}"] * 2
    assert len(server.lines()) == 3, "and the list has it no more"


def test_a_refused_token_is_renewed_once(scripted: Plugin, server: ScriptedServer) -> None:
    """A token that ends before its time is replaced; a second refusal is final."""
    refused = refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed.")
    server.answers += [refused, CREATED]
    identifier, _ = scripted.create("Application", INPUTS)
    assert identifier == PATH
    server.answers += [refused, refused]
    with pytest.raises(grpc.RpcError) as failure:
        scripted.create("Application", INPUTS)
    assert "401 InvalidAuthenticationToken" in error_text(failure.value)
    assert server.lines() == ["POST /applications"] * 4


def test_a_lost_connection_does_not_stop_a_deletion(
    scripted: Plugin, server: ScriptedServer
) -> None:
    """What can be repeated without harm is repeated on a new connection."""
    server.answers += [Answer(0), Answer(204)]
    scripted.delete("Application", PATH, {"displayName": "web"})
    assert server.lines() == [f"DELETE {PATH}"] * 2


def test_pages_are_followed(scripted: Plugin, server: ScriptedServer) -> None:
    """A list of several pages is read to its end."""
    link = f"{server.url}/v1.0{PATH}/owners?$skiptoken=abc"
    server.answers += [
        Answer(200, APPLICATION),
        Answer(200, {"value": [{"id": "a"}], "@odata.nextLink": link}),
        Answer(200, {"value": [{"id": "b"}]}),
    ]
    _, outputs, _ = scripted.read("Application", PATH, {}, {})
    assert outputs["owners"] == ["a", "b"]


def test_least_body_of_a_creation(scripted: Plugin, server: ScriptedServer) -> None:
    """A creation says what the program says, the defaults, and who owns the object."""
    server.answers += [CREATED]
    scripted.create("Application", {**INPUTS, "web": {"redirectUris": ["http://localhost/"]}})
    ((_, _, body),) = server.requests
    assert body["web"]["redirectUris"] == ["http://localhost/"]
    assert body["signInAudience"] == "AzureADMyOrg"
    assert body["api"] == {"acceptMappedClaims": False, "requestedAccessTokenVersion": 1}
    assert body["owners@odata.bind"] == [f"{server.url}/v1.0/directoryObjects/{DEPLOYER}"]
    assert "identifierUris" not in body
    assert body["optionalClaims"] == {"accessToken": [], "idToken": [], "saml2Token": []}


def test_mapped_claims_are_enabled_after_the_creation(
    scripted: Plugin, server: ScriptedServer
) -> None:
    """Graph refuses a true `acceptMappedClaims` in a creation, so it follows on its own."""
    server.answers += [CREATED, NOT_THERE_YET, Answer(204)]
    inputs = {**INPUTS, "api": {"mappedClaimsEnabled": True}}
    _, outputs = scripted.create("Application", inputs)
    assert outputs["api"]["mappedClaimsEnabled"] is True
    assert server.lines() == ["POST /applications", f"PATCH {PATH}", f"PATCH {PATH}"]
    assert server.requests[-1][2] == {"api": {"acceptMappedClaims": True}}
