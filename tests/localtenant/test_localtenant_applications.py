"""Applications: what Graph answers, and each rule with its status, code and message."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from localtenant.testing_client import Graph, refused

ENABLED = "Permission (scope or role) cannot be deleted or updated unless disabled first."


def scope(value: str, **properties: Any) -> dict[str, Any]:
    """Build an enabled scope that administrators consent to."""
    return {
        "adminConsentDescription": value,
        "adminConsentDisplayName": value,
        "id": str(uuid4()),
        "isEnabled": True,
        "type": "Admin",
        "value": value,
        **properties,
    }


def test_new_application_has_the_default_property_set(graph: Graph) -> None:
    """A POST with a name alone answers 201 with every default property, nulls included."""
    answer = graph.post("/applications", {"displayName": "only a name"})

    body = answer.json()
    assert answer.status_code == 201
    assert body["signInAudience"] == "AzureADandPersonalMicrosoftAccount"
    assert body["api"]["requestedAccessTokenVersion"] == 2
    assert body["publisherDomain"] == graph.domain
    assert body["identifierUris"] == body["appRoles"] == body["tags"] == []
    assert body["api"]["preAuthorizedApplications"] == []
    nullable = (
        "description",
        "notes",
        "groupMembershipClaims",
        "optionalClaims",
        "deletedDateTime",
    )
    assert all(n in body and body[n] is None for n in nullable)


def test_new_application_names_its_directory_object(graph: Graph) -> None:
    """The 201 carries the Location that Graph gives a directory object."""
    answer = graph.post("/applications", {"displayName": "located"})

    end = f"/directoryObjects/{answer.json()['id']}/Microsoft.DirectoryServices.Application"
    assert answer.headers["location"].endswith(end)


def test_single_tenant_application_keeps_token_version_null(graph: Graph) -> None:
    """Only an audience with personal accounts turns the token version to 2."""
    assert graph.application()["api"]["requestedAccessTokenVersion"] is None


def test_application_needs_a_display_name(graph: Graph) -> None:
    """A POST without displayName is refused."""
    message = "A value is required for property 'displayName' of resource 'Application'."
    answer = graph.post("/applications", {"tags": ["x"]})

    refused(answer, 400, "Request_BadRequest", message)


def test_display_name_cannot_be_cleared(graph: Graph) -> None:
    """A PATCH to an empty displayName is refused with the property as target."""
    answer = graph.patch(f"/applications/{graph.application()['id']}", {"displayName": ""})

    message = "Invalid value specified for property 'displayName' of resource 'Application'."
    refused(answer, 400, "Request_BadRequest", message)
    assert answer.json()["error"]["details"][0]["target"] == "displayName"


def test_display_name_has_a_longest_length(graph: Graph) -> None:
    """A displayName of more than 256 characters is refused."""
    answer = graph.post("/applications", {"displayName": "x" * 257})

    message = "Invalid value specified for property 'displayName' of resource 'Application'."
    refused(answer, 400, "Request_BadRequest", message)


def test_unknown_sign_in_audience(graph: Graph) -> None:
    """A signInAudience that Entra does not have is refused."""
    answer = graph.post("/applications", {"displayName": "a", "signInAudience": "Everybody"})

    message = "Invalid value specified for property 'signInAudience' of resource 'Application'."
    refused(answer, 400, "Request_BadRequest", message)


def test_home_page_cannot_be_empty_text(graph: Graph) -> None:
    """An empty homePageUrl is refused as an invalid value of web; null clears it."""
    path = f"/applications/{graph.application(web={'homePageUrl': 'https://a.b'})['id']}"

    message = "Invalid value specified for property 'web' of resource 'Application'."
    refused(graph.patch(path, {"web": {"homePageUrl": ""}}), 400, "Request_BadRequest", message)
    assert graph.patch(path, {"web": {"homePageUrl": None}}).status_code == 204
    assert graph.read(path)["web"]["homePageUrl"] is None


def test_patch_merges_complex_values(graph: Graph) -> None:
    """A PATCH of one child of api or web leaves the other children as they were."""
    redirects = ["http://localhost:3000/auth/redirect"]
    application = graph.application(
        api={"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [scope("Read")]},
        web={"redirectUris": redirects, "implicitGrantSettings": {"enableIdTokenIssuance": True}},
    )
    path = f"/applications/{application['id']}"

    changes = {"api": {"acceptMappedClaims": True}, "web": {"logoutUrl": "https://a.b/out"}}
    assert graph.patch(path, changes).status_code == 204

    after = graph.read(path)
    assert after["api"]["requestedAccessTokenVersion"] == 2
    assert [s["value"] for s in after["api"]["oauth2PermissionScopes"]] == ["Read"]
    assert after["web"]["redirectUris"] == redirects
    assert after["web"]["implicitGrantSettings"] == {
        "enableAccessTokenIssuance": False,
        "enableIdTokenIssuance": True,
    }


def test_empty_optional_claims_take_all_away(graph: Graph) -> None:
    """An empty optionalClaims replaces the value instead of merging into it."""
    claims = {"accessToken": [{"name": "idtyp"}]}
    application = graph.application(optionalClaims=claims)
    path = f"/applications/{application['id']}"
    assert application["optionalClaims"]["accessToken"][0] == {
        "name": "idtyp",
        "source": None,
        "essential": False,
        "additionalProperties": [],
    }

    graph.patch(path, {"optionalClaims": {}})

    assert graph.read(path)["optionalClaims"]["accessToken"] == []


def test_read_only_property_is_refused(graph: Graph) -> None:
    """The client ID cannot be chosen."""
    answer = graph.post("/applications", {"displayName": "a", "appId": str(uuid4())})

    refused(answer, 400, "Request_BadRequest", "Property 'appId' is read-only and cannot be set.")


def test_id_in_a_patch_body_is_ignored(graph: Graph) -> None:
    """A PATCH may repeat the id and the type, as the azuread plugin does."""
    application = graph.application()
    body = {
        "@odata.type": "#microsoft.graph.application",
        "id": application["id"],
        "tags": ["one"],
    }

    assert graph.patch(f"/applications/{application['id']}", body).status_code == 204
    assert graph.read(f"/applications/{application['id']}")["tags"] == ["one"]


def test_application_is_found_by_its_client_id(graph: Graph) -> None:
    """The alternate key appId names the same application."""
    application = graph.application()

    found = graph.read(f"/applications(appId='{application['appId']}')")

    assert found["id"] == application["id"]


def test_unknown_application(graph: Graph) -> None:
    """An object ID without an application gives the directory's standard 404."""
    key = str(uuid4())
    message = (
        f"Resource '{key}' does not exist or one of its queried reference-property objects are "
        "not present."
    )
    refused(graph.get(f"/applications/{key}"), 404, "Request_ResourceNotFound", message)


def test_object_id_must_be_a_guid(graph: Graph) -> None:
    """A key that is no GUID is refused as such."""
    message = "Invalid object identifier 'foo'."
    refused(graph.get("/applications/foo"), 400, "Request_BadRequest", message)


def test_properties_that_only_select_shows(graph: Graph) -> None:
    """What Graph shows on request alone is kept, merged, and said of the principal too."""
    application = graph.application(isDisabled=True, managerApplications=[str(uuid4())])
    path = f"/applications/{application['id']}"
    names = "authenticationBehaviors,createdByAppId,isDisabled,managerApplications"
    assert not set(names.split(",")) & set(application)

    for name in ("blockAzureADGraphAccess", "requireClientServicePrincipal"):
        change = {"authenticationBehaviors": {name: True}}
        assert graph.patch(path, change).status_code == 204

    shown = graph.read(path, {"$select": names})
    assert shown["authenticationBehaviors"] == {
        "blockAzureADGraphAccess": True,
        "removeUnverifiedEmailClaim": None,
        "requireClientServicePrincipal": True,
    }
    assert (shown["isDisabled"], len(shown["managerApplications"])) == (True, 1)
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
    one = f"/servicePrincipals/{principal['id']}"
    read = graph.read(one, {"$select": "createdByAppId,isDisabled"})
    assert read["createdByAppId"] == shown["createdByAppId"]
    assert read["isDisabled"] is True
