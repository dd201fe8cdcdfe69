"""The stack outputs: the contract with other stacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from components import CustomerTenant, customer_tenant_args
from components.identifiers import app_role_id
from components.settings import parse_settings
from tests.components.program import ORGANIZATION, TENANT_ID, UNKNOWN, Secret, deploy


def outputs_of(configuration: dict[str, object]) -> Callable[[], object]:
    """A program that makes what the configuration says."""
    args = customer_tenant_args(parse_settings(configuration), ORGANIZATION)
    return lambda: CustomerTenant("tenant", args).outputs


@pytest.fixture(scope="module")
def seed() -> dict[str, Any]:
    """The outputs of the seed's tenant."""
    return deploy(outputs_of({})).outputs


def test_the_outputs_are_the_contract(seed: dict[str, Any]) -> None:
    """Every output of the contract is there, and no other."""
    api_uri = "api://client-id-of-tenant-todolist"
    expires = seed["clients"]["web"].pop("secretExpires")

    assert expires.endswith("Z")
    assert seed == {
        "contractVersion": 1,
        "tenant": {
            "tenantId": TENANT_ID,
            "subdomain": "contoso",
            "authority": f"https://contoso.ciamlogin.com/{TENANT_ID}/v2.0",
            "issuer": f"https://{TENANT_ID}.ciamlogin.com/{TENANT_ID}/v2.0",
            "openIdConfiguration": (
                "https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0"
                "/.well-known/openid-configuration"
            ),
        },
        "apis": {
            "todolist": {
                "clientId": "client-id-of-tenant-todolist",
                "objectId": "application-tenant-todolist",
                "servicePrincipalId": "sp-tenant-todolist",
                "identifierUri": api_uri,
                "scopes": {
                    "ToDoList.Read": f"{api_uri}/ToDoList.Read",
                    "ToDoList.ReadWrite": f"{api_uri}/ToDoList.ReadWrite",
                },
                "roles": {
                    "ToDoList.Read.All": app_role_id("ToDoList.Read.All"),
                    "ToDoList.ReadWrite.All": app_role_id("ToDoList.ReadWrite.All"),
                },
            }
        },
        "clients": {
            "web": {
                "kind": "webApp",
                "clientId": "client-id-of-tenant-web",
                "objectId": "application-tenant-web",
                "servicePrincipalId": "sp-tenant-web",
                "redirectUris": ["http://localhost:3000/auth/redirect"],
            }
        },
        "clientSecrets": {"web": Secret("value-of-tenant-web-secret-1")},
        "previousClientSecrets": {},
        "apiSecrets": {},
        "previousApiSecrets": {},
        "userFlows": {
            "SignInSignUpSample": {
                "id": "id-of-tenant-SignInSignUpSample",
                "displayName": "SignInSignUpSample",
                "applications": ["client-id-of-tenant-web"],
            }
        },
        "attributes": {},
        "identityProviders": {},
        "apiEnvironments": {
            "todolist": {
                "TENANT_SUBDOMAIN": "contoso",
                "CLIENT_ID": "client-id-of-tenant-todolist",
                "AUTHORITY": "https://contoso.ciamlogin.com/",
            }
        },
        "environments": {
            "web": {
                "TENANT_SUBDOMAIN": "contoso",
                "CLIENT_ID": "client-id-of-tenant-web",
                "REDIRECT_URI": "http://localhost:3000/auth/redirect",
                "POST_LOGOUT_REDIRECT_URI": "http://localhost:3000",
                "AUTHORITY": "https://contoso.ciamlogin.com/",
                "TODOLIST_READ": f"{api_uri}/ToDoList.Read",
                "TODOLIST_READWRITE": f"{api_uri}/ToDoList.ReadWrite",
            }
        },
        "environmentSecrets": {"web": {"CLIENT_SECRET": Secret("value-of-tenant-web-secret-1")}},
    }


def test_a_first_preview_shows_what_is_known() -> None:
    """Before anything exists, ids are unknown one by one and all else is there to read."""
    outputs = deploy(outputs_of({}), preview=True).outputs
    web = outputs["environments"]["web"]

    assert outputs["contractVersion"] == 1
    assert outputs["tenant"]["tenantId"] == TENANT_ID
    assert outputs["clients"]["web"]["redirectUris"] == ["http://localhost:3000/auth/redirect"]
    assert outputs["userFlows"]["SignInSignUpSample"]["displayName"] == "SignInSignUpSample"
    assert outputs["apis"]["todolist"]["roles"] == {
        value: app_role_id(value) for value in ("ToDoList.Read.All", "ToDoList.ReadWrite.All")
    }
    assert web["POST_LOGOUT_REDIRECT_URI"] == "http://localhost:3000"
    assert outputs["apis"]["todolist"]["clientId"] is UNKNOWN
    assert outputs["apis"]["todolist"]["scopes"]["ToDoList.Read"] is UNKNOWN
    assert web["CLIENT_ID"] is UNKNOWN
    assert outputs["clientSecrets"] == {"web": Secret(UNKNOWN)}


def test_customers_of_a_local_tenant_sign_in_where_it_is() -> None:
    """Nothing has to be set for it, whatever its port."""
    here = replace(ORGANIZATION, local_host="localhost:9444")
    args = customer_tenant_args(parse_settings({}), here)

    outputs = deploy(lambda: CustomerTenant("tenant", args).outputs).outputs

    assert outputs["tenant"]["authority"] == f"https://localhost:9444/{TENANT_ID}/v2.0"
    assert outputs["tenant"]["issuer"] == f"https://localhost:9444/{TENANT_ID}/v2.0"
    assert outputs["environments"]["web"]["AUTHORITY"] == "https://localhost:9444/"


def test_the_hosts_come_from_the_settings() -> None:
    """A custom URL domain, or another issuer, is where the settings say."""
    outputs = deploy(
        outputs_of(
            {
                "tenant": {
                    "subdomain": "fabrikam",
                    "authorityHost": "login.fabrikam.com",
                    "issuerHost": "localhost:8443",
                }
            }
        )
    ).outputs

    assert outputs["tenant"] == {
        "tenantId": TENANT_ID,
        "subdomain": "fabrikam",
        "authority": f"https://login.fabrikam.com/{TENANT_ID}/v2.0",
        "issuer": f"https://localhost:8443/{TENANT_ID}/v2.0",
        "openIdConfiguration": (
            "https://login.fabrikam.com/fabrikam.onmicrosoft.com/v2.0"
            "/.well-known/openid-configuration"
        ),
    }
    assert outputs["environments"]["web"]["AUTHORITY"] == "https://login.fabrikam.com/"


def test_an_empty_tenant_has_every_output() -> None:
    """A stack that is told to make nothing keeps the shape of the contract."""
    outputs = deploy(outputs_of({"apis": {}})).outputs

    del outputs["tenant"]
    assert outputs == {
        "contractVersion": 1,
        "apis": {},
        "clients": {},
        "clientSecrets": {},
        "previousClientSecrets": {},
        "apiSecrets": {},
        "previousApiSecrets": {},
        "userFlows": {},
        "attributes": {},
        "identityProviders": {},
        "apiEnvironments": {},
        "environments": {},
        "environmentSecrets": {},
    }


def test_scopes_of_one_name_keep_their_variables_apart() -> None:
    """The first API keeps the short variable; a later one, and a taken name, get the API's key."""

    def api(name: str, *scopes: str) -> dict[str, object]:
        texts = {"adminConsentDisplayName": "x", "adminConsentDescription": "x"}
        return {"displayName": name, "scopes": [{"value": scope, **texts} for scope in scopes]}

    outputs = deploy(
        outputs_of(
            {
                "apis": {"files": api("a", "Read", "Client.Id"), "mail": api("b", "Read", "read!")},
                "clients": {
                    "web": {
                        "kind": "webApp",
                        "displayName": "w",
                        "redirectUris": ["https://contoso.com/back"],
                        "apiPermissions": {
                            "files": ["Read", "Client.Id"],
                            "mail": ["Read", "read!"],
                        },
                    }
                },
            }
        )
    ).outputs
    variables = outputs["environments"]["web"]

    assert {name: uri for name, uri in variables.items() if str(uri).startswith("api:")} == {
        "READ": "api://client-id-of-tenant-files/Read",
        "FILES_CLIENT_ID": "api://client-id-of-tenant-files/Client.Id",
        "MAIL_READ": "api://client-id-of-tenant-mail/Read",
        "MAIL_READ_2": "api://client-id-of-tenant-mail/read!",
    }
    assert variables["CLIENT_ID"] == "client-id-of-tenant-web"
