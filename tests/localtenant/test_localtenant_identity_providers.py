"""Identity providers: those that are built in, social ones, Apple's and any OpenID provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from localtenant.testing_client import FLOWS, refused
from tests.localtenant.flow_bodies import providers_path, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

PROVIDERS = "/identity/identityProviders"
BUILT_IN = "EmailPassword-OAUTH"
each_path = pytest.mark.parametrize("path", [PROVIDERS, "/identityProviders"])


def social(kind: str = "Google", **properties: Any) -> Json:
    """Build a social identity provider."""
    return {
        "@odata.type": "#microsoft.graph.socialIdentityProvider",
        "displayName": f"Sign in with {kind}",
        "identityProviderType": kind,
        "clientId": "client",
        "clientSecret": "secret",
        **properties,
    }


def apple(**properties: Any) -> Json:
    """Build the identity provider of Apple."""
    return {
        "@odata.type": "#microsoft.graph.appleManagedIdentityProvider",
        "displayName": "Apple",
        "developerId": "qazx.1234",
        "serviceId": "com.contoso.app",
        "keyId": "4294967296",
        "certificateData": "secret",
        **properties,
    }


def openid(**properties: Any) -> Json:
    """Build an OpenID Connect identity provider."""
    return {
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "displayName": f"Contoso {uuid4()}",
        "clientId": "client",
        "issuer": "https://login.contoso.com/",
        "wellKnownEndpoint": "https://login.contoso.com/.well-known/openid-configuration",
        "responseType": "code",
        "scope": "openid profile",
        "clientAuthentication": {
            "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication",
            "clientSecret": "secret",
        },
        "inboundClaimMapping": {"sub": "sub", "address": {"country": "country"}},
        **properties,
    }


@pytest.fixture
def providers(extensible: Graph) -> Iterator[Graph]:
    """Leave the tenant without social providers, of which it can have one of a kind."""
    yield extensible
    for key in ("Google-OAUTH", "Facebook-OAUTH", "Apple-Managed-OIDC"):
        extensible.delete(f"{PROVIDERS}/{key}")


@each_path
@pytest.mark.parametrize(
    ("body", "key"),
    [
        (social("Google"), "Google-OAUTH"),
        (social("Facebook"), "Facebook-OAUTH"),
        (apple(), "Apple-Managed-OIDC"),
    ],
)
def test_provider_of_a_kind(providers: Graph, path: str, body: Json, key: str) -> None:
    """Its id follows from its kind, its secret reads back as asterisks, and there is one of it."""
    made = providers.made(path, body)

    secret = "certificateData" if key.startswith("Apple") else "clientSecret"
    assert {k: v for k, v in made.items() if k != "@odata.context"} == {
        **body,
        "id": key,
        secret: "******",
    }
    assert providers.read(f"{PROVIDERS}/{key}")[secret] == "******"
    again = f"The identity provider '{key}' already exists."
    refused(providers.post(path, body), 400, "AADB2C", again)


def test_openid_provider(extensible: Graph) -> None:
    """It has a GUID, and its secret reads back as asterisks inside the authentication."""
    body = openid()

    made = extensible.made(PROVIDERS, body)

    assert len(made["id"]) == len(str(uuid4()))
    assert made["clientAuthentication"]["clientSecret"] == "******"
    assert made["inboundClaimMapping"]["address"]["country"] == "country"
    assert made["inboundClaimMapping"]["email"] is None
    path = f"{PROVIDERS}/{made['id']}"
    assert extensible.read(path)["issuer"] == body["issuer"]
    assert extensible.delete(path).status_code == 204
    message = f"The identity provider '{made['id']}' was not found."
    refused(extensible.get(path), 404, "AADB2C", message)


def test_openid_provider_with_a_key_of_its_own(extensible: Graph) -> None:
    """The type of private_key_jwt has no properties."""
    authentication = {"@odata.type": "#microsoft.graph.oidcPrivateJwtKeyClientAuthentication"}

    made = extensible.made(PROVIDERS, openid(clientAuthentication=authentication))

    assert made["clientAuthentication"] == authentication


def test_provider_is_changed(providers: Graph) -> None:
    """A PATCH changes what it names; a new secret shows as asterisks like the old one."""
    before = providers.made(PROVIDERS, social())
    path = f"{PROVIDERS}/{before['id']}"

    answer = providers.patch(
        path, {"@odata.type": before["@odata.type"], "clientSecret": "new", "clientId": "other"}
    )

    assert answer.status_code == 204
    assert providers.read(path) | {"@odata.context": 0} == before | {
        "@odata.context": 0,
        "clientId": "other",
    }


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"clientId": ""}, "The 'clientId' field is required."),
        (
            {"identityProviderType": "Facebook"},
            "The 'identityProviderType' field cannot be changed.",
        ),
    ],
)
def test_bad_change(providers: Graph, properties: Json, message: str) -> None:
    """What a provider needs cannot be emptied, and it stays of its kind."""
    made = providers.made(PROVIDERS, social())

    answer = providers.patch(
        f"{PROVIDERS}/{made['id']}", {"@odata.type": made["@odata.type"], **properties}
    )

    refused(answer, 400, "AADB2C", message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"@odata.type": "#microsoft.graph.builtInIdentityProvider", "displayName": "x"},
            "Built-in identity providers cannot be created.",
        ),
        (social(clientSecret=None), "The 'clientSecret' field is required."),
        (social(displayName=None), "The 'displayName' field is required."),
        (
            social("Amazon"),
            "The identity provider type 'Amazon' is not supported in this tenant.",
        ),
        (openid(responseType="id_token"), "The 'responseType' field must be 'code'."),
        (
            openid(issuer="http://login.contoso.com"),
            "The 'issuer' field must be an HTTPS URL without query and fragment.",
        ),
        (
            openid(issuer="https://login.contoso.com/?a=b"),
            "The 'issuer' field must be an HTTPS URL without query and fragment.",
        ),
        (
            openid(issuer="https://login.microsoftonline.com/x/v2.0"),
            "The domain 'microsoftonline.com' is not accepted as issuer.",
        ),
    ],
)
def test_bad_provider(extensible: Graph, body: Json, message: str) -> None:
    """What the documentation demands of a provider is demanded."""
    refused(extensible.post(PROVIDERS, body), 400, "AADB2C", message)


def test_built_in_provider_stays(graph: Graph) -> None:
    """What is built in is neither changed nor deleted."""
    path = f"{PROVIDERS}/{BUILT_IN}"
    body = {"@odata.type": "#microsoft.graph.builtInIdentityProvider", "displayName": "x"}

    message = "Built-in identity providers cannot be changed or deleted."
    refused(graph.patch(path, body), 400, "AADB2C", message)
    refused(graph.delete(path), 400, "AADB2C", message)


def test_provider_in_a_flow_is_not_deleted(providers: Graph) -> None:
    """A provider can be taken into a flow, and stays as long as it is there."""
    key = providers.made(PROVIDERS, social())["id"]
    flow_id = providers.flow()["id"]
    path = providers_path(flow_id)

    added = providers.post(f"{path}/$ref", reference("identityProviders", key))

    assert added.status_code == 204
    listed = providers.read(path)["value"]
    assert {p["id"]: p["@odata.type"].rpartition(".")[2] for p in listed} == {
        BUILT_IN: "builtInIdentityProvider",
        key: "socialIdentityProvider",
    }
    urls = [one["@odata.id"] for one in providers.read(f"{path}/$ref")["value"]]
    base = f"{providers.url}/v1.0/identity/identityProviders"
    assert urls == [f"{base}/{BUILT_IN}", f"{base}/{key}"]
    message = f"The identity provider '{key}' is in a user flow and cannot be deleted."
    refused(providers.delete(f"{PROVIDERS}/{key}"), 400, "AADB2C", message)
    assert providers.delete(f"{path}/{key}/$ref").status_code == 204
    assert providers.delete(f"{PROVIDERS}/{key}").status_code == 204


def test_flow_is_found_by_its_provider(providers: Graph) -> None:
    """The documented filter with casts finds the flows that a provider is in."""
    key = providers.made(PROVIDERS, social())["id"]
    flow_id = providers.flow()["id"]
    providers.post(f"{providers_path(flow_id)}/$ref", reference("identityProviders", key))

    place = providers_path(flow_id).removeprefix(f"{FLOWS}/{flow_id}/")
    found = providers.read(FLOWS, params={"$filter": f"{place}/any(idp:idp/id eq '{key}')"})

    assert [one["id"] for one in found["value"]] == [flow_id]
    providers.delete(f"{FLOWS}/{flow_id}")


@each_path
@pytest.mark.parametrize("end", ["", "()"])
def test_available_provider_types(graph: Graph, path: str, end: str) -> None:
    """The function lists the types that the tenant can have."""
    found = graph.read(f"{path}/availableProviderTypes{end}")

    assert found["@odata.context"].endswith("#Collection(Edm.String)")
    assert {"EmailOTP", "Google", "Facebook", "AppleManaged"} <= set(found["value"])
