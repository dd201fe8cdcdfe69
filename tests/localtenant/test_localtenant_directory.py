"""The tenant itself, its domains, built-in objects, directory objects, and deleted items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import Graph, refused

if TYPE_CHECKING:
    from collections.abc import Callable

ATTRIBUTES = {
    "city",
    "country",
    "displayName",
    "email",
    "givenName",
    "jobTitle",
    "postalCode",
    "state",
    "streetAddress",
    "surname",
}


@pytest.mark.local_only
def test_organization_is_an_external_tenant(deployer: Graph) -> None:
    """The organization is of type CIAM, with its initial domain verified; listed and by id."""
    (organization,) = deployer.read("/organization")["value"]

    assert organization["id"] == deployer.ready.tenantId
    assert organization["tenantType"] == "CIAM"
    (domain,) = organization["verifiedDomains"]
    assert (domain["name"], domain["isInitial"]) == (deployer.domain, True)
    assert deployer.read(f"/organization/{organization['id']}")["tenantType"] == "CIAM"


def test_domains_have_the_initial_one(graph: Graph) -> None:
    """The initial domain is verified, the default, and serves email."""
    (domain,) = graph.read("/domains")["value"]

    assert domain["id"] == graph.domain
    assert domain["isInitial"]
    assert domain["isDefault"]
    assert domain["isVerified"]
    assert "Email" in domain["supportedServices"]
    assert graph.get(f"/domains/{graph.domain}").status_code == 200


@pytest.mark.parametrize("path", ["/identity/identityProviders", "/identityProviders"])
def test_built_in_identity_providers(graph: Graph, path: str) -> None:
    """Both built-in providers are there, under the older path too."""
    found = graph.read(path)["value"]

    built_in = "#microsoft.graph.builtInIdentityProvider"
    keys = {p["id"] for p in found if p["@odata.type"] == built_in}
    assert keys == {"EmailPassword-OAUTH", "EmailOtpSignup-OAUTH"}
    assert graph.read(f"{path}/EmailPassword-OAUTH")["identityProviderType"] == "EmailPassword"


def test_unknown_identity_provider(graph: Graph) -> None:
    """A provider that the tenant has not is missed in the service's own family of codes."""
    answer = graph.get("/identity/identityProviders/Google-OAUTH")

    refused(answer, 404, "AADB2C", "The identity provider 'Google-OAUTH' was not found.")


def test_built_in_attributes(graph: Graph) -> None:
    """The built-in attributes of an external tenant can be listed, read and looked up by name."""
    path = "/identity/userFlowAttributes"
    found = graph.read(path, {"$filter": "userFlowAttributeType eq 'builtIn'"})["value"]

    assert {a["id"] for a in found} == ATTRIBUTES
    built_in = "#microsoft.graph.identityBuiltInUserFlowAttribute"
    assert {a["@odata.type"] for a in found} == {built_in}
    named = graph.read(path, {"$filter": "displayName eq 'postal code'"})["value"]
    assert [a["id"] for a in named] == ["postalCode"]


def test_extensions_application_is_there_from_the_start(graph: Graph) -> None:
    """Every external tenant has the application that holds its users' attributes."""
    name = "b2c-extensions-app. Do not modify. Used by AADB2C for storing user data."

    found = graph.read("/applications", {"$filter": f"displayName eq '{name}'"})["value"]

    assert len(found) == 1


def test_directory_object_says_its_type(graph: Graph) -> None:
    """A directory object is read by id, with the type that it really has."""
    application, principal = graph.application(), graph.principal()

    for doc, name in ((application, "application"), (principal, "servicePrincipal")):
        read = graph.read(f"/directoryObjects/{doc['id']}")
        assert (read["@odata.type"], read["id"]) == (f"#microsoft.graph.{name}", doc["id"])


@pytest.mark.parametrize("path", ["/directoryObjects", "/directory/deletedItems"])
def test_mixed_collections_are_listed_by_cast_only(graph: Graph, path: str) -> None:
    """A collection of several types is refused without a cast."""
    message = (
        "Searches against this resource are not supported. Only specific instances can be queried."
    )
    refused(graph.get(path), 400, "Request_UnsupportedQuery", message)
    assert graph.get(f"{path}/microsoft.graph.application").status_code == 200


def test_deleted_application_can_be_restored(graph: Graph) -> None:
    """A deleted application leaves the lists, is found among the deleted items, and comes back."""
    application = graph.application()
    key, name = application["id"], application["displayName"]
    by_name = {"$filter": f"displayName eq '{name}'"}
    deleted = "/directory/deletedItems"

    assert graph.delete(f"/applications/{key}").status_code == 204
    assert graph.get(f"/applications/{key}").status_code == 404
    assert graph.read("/applications", by_name)["value"] == []
    (found,) = graph.read(f"{deleted}/microsoft.graph.application", by_name)["value"]
    assert found["deletedDateTime"]
    assert graph.read(f"{deleted}/{key}")["displayName"] == name

    restored = graph.made(f"{deleted}/{key}/restore", None)

    assert restored["@odata.type"] == "#microsoft.graph.application"
    assert graph.read(f"/applications/{key}")["deletedDateTime"] is None
    assert graph.get(f"{deleted}/{key}").status_code == 404


def test_deleting_again_is_missed(graph: Graph) -> None:
    """A second DELETE of an application gives 404."""
    path = f"/applications/{graph.application()['id']}"

    assert [graph.delete(path).status_code, graph.delete(path).status_code] == [204, 404]


def test_deleted_application_can_be_purged(graph: Graph) -> None:
    """Permanent deletion leaves nothing to restore, and the service principal apart."""
    key = graph.application()["id"]
    graph.delete(f"/applications/{key}")

    assert graph.delete(f"/directory/deletedItems/{key}").status_code == 204
    assert graph.post(f"/directory/deletedItems/{key}/restore").status_code == 404


def test_application_takes_its_principal_along(graph: Graph) -> None:
    """Deleting an application deletes its service principal at home."""
    application = graph.application()
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})

    graph.delete(f"/applications/{application['id']}")

    assert graph.get(f"/servicePrincipals/{principal['id']}").status_code == 404
    assert graph.get(f"/directory/deletedItems/{principal['id']}").status_code == 200


def test_restore_minds_who_holds_the_uri_now(graph: Graph) -> None:
    """An application cannot come back while another one holds its identifier URI."""
    uri = f"https://{graph.domain}/{graph.application()['id']}"
    first = graph.application(identifierUris=[uri])
    graph.delete(f"/applications/{first['id']}")
    graph.application(identifierUris=[uri])

    answer = graph.post(f"/directory/deletedItems/{first['id']}/restore")

    message = "Another object with the same value for property identifierUris already exists."
    refused(answer, 400, "Request_BadRequest", message)


@pytest.mark.local_only
def test_owned_by_restores_only_what_it_owns(graph: Graph, holder: Callable[..., Graph]) -> None:
    """With OwnedBy alone, the deleted items of others stay deleted."""
    key = graph.application()["id"]
    graph.delete(f"/applications/{key}")

    answer = holder("Application.ReadWrite.OwnedBy").post(f"/directory/deletedItems/{key}/restore")

    message = "Insufficient privileges to complete the operation."
    refused(answer, 403, "Authorization_RequestDenied", message)
