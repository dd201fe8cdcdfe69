"""Sign-in: client credentials, the claims of tokens, discovery, and Entra's errors."""

from __future__ import annotations

import base64
import ssl
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import pytest
from token_requests import claims_of, sign_in_refused, token_answer

if TYPE_CHECKING:
    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def test_graph_token_has_the_claims_of_an_app_only_token(ready: Ready, deployer: Graph) -> None:
    """Types and values are those that the azuread plugin insists on, oid included."""
    claims = claims_of(ready, token_answer(ready).json()["access_token"])

    principal = deployer.read(f"/servicePrincipals(appId='{ready.env['ARM_CLIENT_ID']}')")
    assert claims["aud"] == ready.url
    assert claims["appid"] == ready.env["ARM_CLIENT_ID"]
    assert claims["oid"] == claims["sub"] == principal["id"]
    assert claims["tid"] == ready.tenantId
    assert claims["idtyp"] == "app"
    assert claims["ver"] == "1.0"
    assert claims["app_displayname"] == "Pulumi deployer"
    assert claims["exp"] - claims["iat"] == 3600
    assert all(type(claims[n]) is int for n in ("iat", "nbf", "exp"))


def test_deployer_holds_the_least_permissions(ready: Ready) -> None:
    """The deployer's token carries exactly what the stack needs."""
    claims = claims_of(ready, token_answer(ready).json()["access_token"])

    assert claims["roles"] == [
        "Application.ReadWrite.OwnedBy",
        "DelegatedPermissionGrant.ReadWrite.All",
        "EventListener.ReadWrite.All",
        "Organization.Read.All",
    ]


def test_token_answer_has_the_fields_that_clients_read(ready: Ready) -> None:
    """The lifetime is long enough that clients do not renew before every call."""
    answer = token_answer(ready).json()

    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3599)


def test_tenant_may_be_named_by_its_domain(ready: Ready) -> None:
    """The initial domain and a GUID in capitals name the tenant, too."""
    assert token_answer(ready, "contoso.onmicrosoft.com").status_code == 200
    assert token_answer(ready, ready.tenantId.upper()).status_code == 200


def test_graph_may_be_named_as_microsoft_names_it(ready: Ready) -> None:
    """A scope of graph.microsoft.com, which SDKs have built in, gives a token that Graph takes."""
    answer = token_answer(ready, scope="https://graph.microsoft.com/.default")

    read = httpx.get(
        f"{ready.url}/v1.0/organization",
        headers={"Authorization": f"Bearer {answer.json()['access_token']}"},
        verify=ssl.create_default_context(cafile=ready.caFile),
    )
    assert read.status_code == 200


def test_client_may_sign_in_by_basic_authentication(ready: Ready) -> None:
    """Client ID and secret may stand in the Authorization header."""
    basic = (ready.env["ARM_CLIENT_ID"], ready.env["ARM_CLIENT_SECRET"])

    answer = token_answer(ready, basic=basic, client_id=None, client_secret=None)

    assert answer.status_code == 200


def test_token_for_an_api_of_the_tenant(ready: Ready, graph: Graph) -> None:
    """A token for a version 2 API is for its client ID and carries the roles assigned there."""
    role = {
        "allowedMemberTypes": ["Application"],
        "displayName": "Read.All",
        "description": "Read.All",
        "id": str(uuid4()),
        "value": "Read.All",
    }
    api = graph.application(
        api={"requestedAccessTokenVersion": 2},
        appRoles=[role],
        optionalClaims={"accessToken": [{"name": "idtyp"}]},
    )
    uri = f"api://{api['appId']}"
    graph.patch(f"/applications/{api['id']}", {"identifierUris": [uri]})
    resource = graph.made("/servicePrincipals", {"appId": api["appId"]})
    caller = graph.read(f"/servicePrincipals(appId='{ready.env['ARM_CLIENT_ID']}')")
    graph.made(
        f"/servicePrincipals/{resource['id']}/appRoleAssignedTo",
        {"principalId": caller["id"], "resourceId": resource["id"], "appRoleId": role["id"]},
    )

    claims = claims_of(ready, token_answer(ready, scope=f"{uri}/.default").json()["access_token"])

    assert claims["aud"] == api["appId"]
    assert claims["iss"] == f"{ready.url}/{ready.tenantId}/v2.0"
    assert (claims["ver"], claims["azp"]) == ("2.0", ready.env["ARM_CLIENT_ID"])
    assert (claims["roles"], claims["idtyp"]) == (["Read.All"], "app")


def test_new_secret_signs_in_until_it_is_removed(ready: Ready, graph: Graph) -> None:
    """A secret is good from addPassword to removePassword."""
    application = graph.application()
    graph.made("/servicePrincipals", {"appId": application["appId"]})
    path = f"/applications/{application['id']}"
    added = graph.made(f"{path}/addPassword", {"passwordCredential": {"displayName": "one"}})
    mine = {"client_id": application["appId"], "client_secret": added["secretText"]}

    assert token_answer(ready, **mine).status_code == 200
    assert graph.post(f"{path}/removePassword", {"keyId": added["keyId"]}).status_code == 204
    assert token_answer(ready, **mine).json()["error_codes"] == [7000215]


def test_token_endpoint_wants_post(ready: Ready) -> None:
    """A GET of the token endpoint gives AADSTS900561."""
    context = ssl.create_default_context(cafile=ready.caFile)
    answer = httpx.get(f"{ready.url}/{ready.tenantId}/oauth2/v2.0/token", verify=context)

    assert answer.json()["error_codes"] == [900561]


def test_application_without_service_principal_cannot_sign_in(ready: Ready, graph: Graph) -> None:
    """An application that is not in the tenant is refused as Entra does since 2026."""
    application = graph.application()
    secret = graph.made(f"/applications/{application['id']}/addPassword", {})

    answer = token_answer(ready, client_id=application["appId"], client_secret=secret["secretText"])

    text = (
        f"The client application {application['appId']} is missing service principal in the tenant "
        f"{ready.tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119"
    )
    sign_in_refused(answer, 401, "invalid_client", 7000229, text)


def test_disabled_service_principal_cannot_sign_in(ready: Ready, graph: Graph) -> None:
    """What is switched off is told as disabled, not as unknown."""
    application = graph.application(displayName="off")
    principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
    secret = graph.made(f"/applications/{application['id']}/addPassword", {})
    graph.patch(f"/servicePrincipals/{principal['id']}", {"accountEnabled": False})

    answer = token_answer(ready, client_id=principal["appId"], client_secret=secret["secretText"])

    text = f"Application '{principal['appId']}'(off) is disabled."
    sign_in_refused(answer, 400, "unauthorized_client", 7000112, text)


def test_discovery_of_an_unknown_tenant(ready: Ready) -> None:
    """Discovery of another tenant gives 400 with invalid_tenant."""
    context = ssl.create_default_context(cafile=ready.caFile)
    url = f"{ready.url}/{uuid4()}/v2.0/.well-known/openid-configuration"
    answer = httpx.get(url, verify=context)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_tenant")


def test_tokens_hold_no_padding(ready: Ready) -> None:
    """A token is three unpadded base64url parts, as clients that parse it expect."""
    parts = token_answer(ready).json()["access_token"].split(".")

    assert len(parts) == 3
    assert "=" not in "".join(parts)
    assert base64.urlsafe_b64decode(parts[1] + "==")
