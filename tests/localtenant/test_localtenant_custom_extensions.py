"""Custom authentication extensions: what they hold, and what is refused of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.entities.principals.first_party import AUTHENTICATION_EXTENSIONS
from localtenant.testing_client import refused
from tests.localtenant.flow_bodies import (
    EXTENSIONS,
    LISTENERS,
    NO_TYPE,
    calling,
    extension_body,
    listener_body,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

TOKEN = "onTokenIssuanceStart"
CHECK = "validateAuthenticationConfiguration"
RECEIVE = "214e810f-fda8-4fd7-a475-29461495eb00"


def endpoint(url: str) -> Json:
    """Build the configuration of an endpoint."""
    return {"@odata.type": "#microsoft.graph.httpRequestEndpoint", "targetUrl": url}


def audience(resource: str) -> Json:
    """Build the configuration of the token that the endpoint gets."""
    return {"@odata.type": "#microsoft.graph.azureAdTokenAuthentication", "resourceId": resource}


def codes(result: Json) -> list[str]:
    """List the codes of errors and warnings."""
    return [one["code"] for one in (*result["errors"], *result["warnings"])]


def test_extension_is_made_and_read(extensible: Graph) -> None:
    """The answer shows what the body set, and null for the rest."""
    claims = [{"claimIdInApiResponse": "DateOfBirth"}]
    connection = {"timeoutInMilliseconds": 2000, "maximumRetries": 1}
    body = extension_body(TOKEN, claimsForTokenConfiguration=claims, clientConfiguration=connection)

    made = extensible.made(EXTENSIONS, body)

    nothing = {"@odata.context", "id", "behaviorOnError", "description"}
    assert {k: v for k, v in made.items() if k not in nothing} == body
    assert made["behaviorOnError"] is made["description"] is None
    assert extensible.read(f"{EXTENSIONS}/{made['id']}") == made
    listed = extensible.read(EXTENSIONS, params={"$top": 999})["value"]
    assert made["id"] in {one["id"] for one in listed}


def test_extension_is_changed_and_deleted(extensible: Graph) -> None:
    """A PATCH merges; a deleted extension is missed."""
    made = extensible.made(EXTENSIONS, extension_body())
    path = f"{EXTENSIONS}/{made['id']}"
    body = {"@odata.type": made["@odata.type"], "endpointConfiguration": endpoint("https://b.org")}

    assert extensible.patch(path, body).status_code == 204

    changed = made | {"endpointConfiguration": endpoint("https://b.org")}
    assert extensible.read(path) == changed
    assert extensible.delete(path).status_code == 204
    message = f"The custom authentication extension '{made['id']}' was not found."
    refused(extensible.get(path), 404, "AADB2C", message)


def test_error_can_fall_back_to_microsoft(extensible: Graph) -> None:
    """The behaviour on errors takes the one type that there is, and null clears it."""
    behavior = {"@odata.type": "#microsoft.graph.fallbackToMicrosoftProviderOnError"}
    made = extensible.made(EXTENSIONS, extension_body("onOtpSend", behaviorOnError=behavior))
    path = f"{EXTENSIONS}/{made['id']}"

    extensible.patch(path, {"@odata.type": made["@odata.type"], "behaviorOnError": None})

    assert made["behaviorOnError"] == behavior
    assert extensible.read(path)["behaviorOnError"] is None


@pytest.mark.local_only
def test_extension_without_its_application(extensible: Graph) -> None:
    """Without Microsoft's application the service fails in the words that were captured."""
    found = extensible.read(f"/servicePrincipals(appId='{AUTHENTICATION_EXTENSIONS}')")
    assert extensible.delete(f"/servicePrincipals/{found['id']}").status_code == 204
    provider = {
        "@odata.type": "#microsoft.graph.socialIdentityProvider",
        "displayName": "Google",
        "identityProviderType": "Google",
        "clientId": "x",
        "clientSecret": "y",
    }

    answers = (
        extensible.post(EXTENSIONS, extension_body()),
        extensible.post("/identity/identityProviders", provider),
    )

    extensible.made("/servicePrincipals", {"appId": AUTHENTICATION_EXTENSIONS})
    for answer in answers:
        refused(answer, 400, "AADB2C90063", "There is a problem with the service.")
    assert extensible.post(EXTENSIONS, extension_body()).status_code == 201


def test_extension_names_its_type(extensible: Graph) -> None:
    """A new extension without a type is refused in the words that were captured."""
    made = extensible.made(EXTENSIONS, extension_body())

    answer = extensible.post(EXTENSIONS, {"displayName": "x"})

    message = "The custom extension should be of subtype of CustomAuthenticationExtension"
    refused(answer, 400, "AADB2C", message)
    answer = extensible.patch(f"{EXTENSIONS}/{made['id']}", {"displayName": "x"})
    refused(answer, 400, "Request_BadRequest", NO_TYPE)


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        (
            {"authenticationConfiguration": None},
            "The 'authenticationConfiguration' field is required.",
        ),
        (
            {"endpointConfiguration": endpoint("http://contoso.com")},
            "The 'targetUrl' field must be an absolute HTTPS URL.",
        ),
        (
            {"endpointConfiguration": endpoint("https://[contoso")},
            "The 'targetUrl' field must be an absolute HTTPS URL.",
        ),
        (
            {"clientConfiguration": {"timeoutInMilliseconds": 2001}},
            "The 'timeoutInMilliseconds' field must be at most 2000.",
        ),
        (
            {"clientConfiguration": {"maximumRetries": 2}},
            "The 'maximumRetries' field must be at most 1.",
        ),
    ],
)
def test_bad_extension(extensible: Graph, properties: dict[str, Any], message: str) -> None:
    """An extension beyond the documented limits is refused."""
    answer = extensible.post(EXTENSIONS, extension_body(**properties))

    refused(answer, 400, "AADB2C", message)


def test_authentication_cannot_be_removed(extensible: Graph) -> None:
    """A change keeps to the same limits, and the authentication stays."""
    made = extensible.made(EXTENSIONS, extension_body())
    body = {"@odata.type": made["@odata.type"], "authenticationConfiguration": None}

    answer = extensible.patch(f"{EXTENSIONS}/{made['id']}", body)

    message = "The 'authenticationConfiguration' field cannot be removed."
    refused(answer, 400, "AADB2C", message)


def test_extension_in_use_is_not_deleted(extensible: Graph) -> None:
    """An extension that a listener calls stays."""
    extension_id = extensible.made(EXTENSIONS, extension_body(TOKEN))["id"]
    extensible.made(LISTENERS, listener_body(calling(extension_id, TOKEN)))

    answer = extensible.delete(f"{EXTENSIONS}/{extension_id}")

    message = (
        f"The custom authentication extension '{extension_id}' is in use and cannot be deleted."
    )
    refused(answer, 400, "AADB2C", message)


@pytest.mark.local_only
def test_number_of_extensions_is_limited(extensible: Graph) -> None:
    """A tenant has 100 extensions at most."""
    present = len(extensible.read(EXTENSIONS, params={"$top": 999})["value"])

    made = [extensible.made(EXTENSIONS, extension_body())["id"] for _ in range(100 - present)]
    answer = extensible.post(EXTENSIONS, extension_body())
    for extension_id in made:
        extensible.delete(f"{EXTENSIONS}/{extension_id}")

    message = "A tenant can have at most 100 custom authentication extensions."
    refused(answer, 400, "AADB2C", message)


def test_configuration_is_validated(extensible: Graph) -> None:
    """The audience has to fit the endpoint, and an application that may receive what is sent."""
    principal = extensible.principal()
    own = f"api://contoso.com/{principal['appId']}"
    extension_id = extensible.made(EXTENSIONS, extension_body())["id"]

    def check(resource: str, url: str = "https://contoso.com/x") -> list[str]:
        body = {
            "endpointConfiguration": endpoint(url),
            "authenticationConfiguration": audience(resource),
        }
        return codes(extensible.post(f"{EXTENSIONS}/{CHECK}", body).json())

    answer = extensible.http.post(f"/v1.0{EXTENSIONS}/{extension_id}/{CHECK}")

    assert (answer.status_code, codes(answer.json())) == (200, ["ServicePrincipalNotFound"])
    assert check("api://nonsense") == ["IncorrectResourceIdFormat"]
    permission = "PermissionNotGrantedToServicePrincipal"
    assert check(own, "https://fabrikam.com") == ["DomainNameDoesNotMatch", permission]
    assert check(own) == [permission]
    assignment = {
        "principalId": principal["id"],
        "resourceId": extensible.graph_principal()["id"],
        "appRoleId": RECEIVE,
    }
    extensible.made(f"/servicePrincipals/{principal['id']}/appRoleAssignments", assignment)
    assert check(own) == []


def test_validation_wants_both_configurations(graph: Graph) -> None:
    """The action on the collection has two parameters, both required."""
    answer = graph.post(f"{EXTENSIONS}/{CHECK}", {"endpointConfiguration": endpoint("https://a.b")})

    message = (
        "A value is required for property 'authenticationConfiguration' of type "
        f"'microsoft.graph.{CHECK}'."
    )
    refused(answer, 400, "Request_BadRequest", message)


def test_unknown_extension(graph: Graph) -> None:
    """An extension that there is not is missed in the service's words."""
    unknown = str(uuid4())

    message = f"The custom authentication extension '{unknown}' was not found."
    refused(graph.get(f"{EXTENSIONS}/{unknown}"), 404, "AADB2C", message)
