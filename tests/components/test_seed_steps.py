"""The seed's ten steps, as a stack without any configuration declares them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from components import CustomerTenant, customer_tenant_args
from components.identifiers import app_role_id, scope_id
from components.settings import parse_settings
from tests.components.program import (
    GRAPH_CLIENT_ID,
    ORGANIZATION,
    Declared,
    Deployment,
    deploy,
)

API, CLIENT, FLOW = "tenant-todolist", "tenant-web", "tenant-SignInSignUpSample"


@pytest.fixture(scope="module")
def seed() -> Deployment:
    """The seed's tenant."""
    args = customer_tenant_args(parse_settings({}), ORGANIZATION)
    return deploy(lambda: CustomerTenant("tenant", args).outputs)


def own_inputs(declared: Declared) -> dict[str, Any]:
    """The inputs of a dynamic resource without the provider that Pulumi adds."""
    return {name: value for name, value in declared.inputs.items() if name != "__provider"}


def test_step_1_registers_the_api(seed: Deployment) -> None:
    """The API is an application of this tenant alone, with a service principal."""
    application = seed["Application", API]

    assert application.inputs["displayName"] == "ciam-ToDoList-api"
    assert application.inputs["signInAudience"] == "AzureADMyOrg"
    assert seed["ServicePrincipal", API].inputs["clientId"] == f"client-id-of-{API}"


def test_step_2_gives_the_api_its_identifier_uri_and_scopes(seed: Deployment) -> None:
    """The API has `api://{clientId}`, two scopes for administrators, and tokens of version 2."""
    api = seed["Application", API].inputs["api"]

    assert seed["ApplicationIdentifierUri", API].inputs == {
        "applicationId": f"id-of-{API}",
        "identifierUri": f"api://client-id-of-{API}",
    }
    assert api["requestedAccessTokenVersion"] == 2
    assert api["oauth2PermissionScopes"] == [
        {
            "id": scope_id("ToDoList.Read"),
            "value": "ToDoList.Read",
            "type": "Admin",
            "enabled": True,
            "adminConsentDisplayName": "Read users ToDo list using the 'TodoListApi'",
            "adminConsentDescription": (
                "Allow the app to read the user's ToDo list using the 'TodoListApi'"
            ),
        },
        {
            "id": scope_id("ToDoList.ReadWrite"),
            "value": "ToDoList.ReadWrite",
            "type": "Admin",
            "enabled": True,
            "adminConsentDisplayName": "Read and write users ToDo list using the 'ToDoListApi'",
            "adminConsentDescription": (
                "Allow the app to read and write the user's ToDo list using the 'ToDoListApi'"
            ),
        },
    ]


def test_step_3_gives_the_api_its_app_roles(seed: Deployment) -> None:
    """The API has two app roles for applications, whose display names are their values."""
    texts = {
        "ToDoList.Read.All": "Allow the app to read every user's ToDo list using the 'TodoListApi'",
        "ToDoList.ReadWrite.All": (
            "Allow the app to read and write every user's ToDo list using the 'ToDoListApi'"
        ),
    }

    assert seed["Application", API].inputs["appRoles"] == [
        {
            "id": app_role_id(value),
            "value": value,
            "displayName": value,
            "description": description,
            "allowedMemberTypes": ["Application"],
            "enabled": True,
        }
        for value, description in texts.items()
    ]


def test_step_4_adds_the_claim_idtyp(seed: Deployment) -> None:
    """The API's access tokens say whether they are an application's."""
    claims = seed["Application", API].inputs["optionalClaims"]

    assert [claim["name"] for claim in claims["accessTokens"]] == ["idtyp"]
    assert not claims.get("idTokens")


def test_step_5_registers_the_client(seed: Deployment) -> None:
    """The web app is an application of this tenant alone, with a service principal."""
    application = seed["Application", CLIENT]

    assert application.inputs["displayName"] == "ciam-client-app"
    assert application.inputs["signInAudience"] == "AzureADMyOrg"
    assert seed["ServicePrincipal", CLIENT].inputs["clientId"] == f"client-id-of-{CLIENT}"


def test_step_6_adds_the_redirect_uri(seed: Deployment) -> None:
    """The web app has the Node sample's redirect URI on the platform Web."""
    assert seed["Application", CLIENT].inputs["web"] == {
        "redirectUris": ["http://localhost:3000/auth/redirect"]
    }


def test_step_7_makes_a_client_secret(seed: Deployment) -> None:
    """The secret lives for 180 days from now, and its text has no fraction of a second."""
    assert seed.names("ApplicationPassword") == [f"{CLIENT}-secret-1"]
    secret = seed["ApplicationPassword", f"{CLIENT}-secret-1"]
    end = datetime.strptime(secret.inputs["endDate"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    assert secret.inputs["displayName"] == "web app client secret"
    assert secret.inputs["applicationId"] == f"id-of-{CLIENT}"
    assert abs(end - datetime.now(UTC) - timedelta(days=180)) < timedelta(minutes=5)
    assert secret.secret_outputs == ("value",)


def test_step_8_declares_and_grants_the_permissions(seed: Deployment) -> None:
    """What the client declares it needs of Graph and of the API is also granted, for everybody."""

    def scopes(*ids: str) -> list[dict[str, str]]:
        return [{"id": one, "type": "Scope"} for one in ids]

    assert seed["Application", CLIENT].inputs["requiredResourceAccesses"] == [
        {
            "resourceAppId": GRAPH_CLIENT_ID,
            "resourceAccesses": scopes("id-of-openid", "id-of-offline_access"),
        },
        {
            "resourceAppId": f"client-id-of-{API}",
            "resourceAccesses": scopes(scope_id("ToDoList.Read"), scope_id("ToDoList.ReadWrite")),
        },
    ]
    kind = "ServicePrincipalDelegatedPermissionGrant"
    assert {name: seed[kind, name].inputs for name in seed.names(kind)} == {
        f"{CLIENT}.Microsoft.Graph": {
            "servicePrincipalObjectId": f"sp-{CLIENT}",
            "resourceServicePrincipalObjectId": "sp-of-graph",
            "claimValues": ["openid", "offline_access"],
        },
        f"{CLIENT}.todolist": {
            "servicePrincipalObjectId": f"sp-{CLIENT}",
            "resourceServicePrincipalObjectId": f"sp-{API}",
            "claimValues": ["ToDoList.Read", "ToDoList.ReadWrite"],
        },
    }


def test_step_9_makes_the_user_flow(seed: Deployment) -> None:
    """The flow signs up by email and password and asks for three attributes."""
    assert own_inputs(seed["UserFlow", FLOW]) == {
        "displayName": "SignInSignUpSample",
        "identityProviders": ["EmailPassword-OAUTH"],
        "attributes": [
            {"attribute": "country"},
            {"attribute": "displayName"},
            {"attribute": "postalCode"},
        ],
        "isSignUpAllowed": True,
        "adopt": False,
        "forceDestroy": False,
    }


def test_step_10_puts_the_client_into_the_flow(seed: Deployment) -> None:
    """The web app is in the flow, under a name that stays with it when it moves to another."""
    assert own_inputs(seed["UserFlowApplication", CLIENT]) == {
        "userFlowId": f"id-of-{FLOW}",
        "clientId": f"client-id-of-{CLIENT}",
    }


def test_nothing_else_is_declared(seed: Deployment) -> None:
    """The seed's tenant is its ten steps and no more."""
    assert sorted(seed.engine.declared) == sorted(
        [
            ("CustomerTenant", "tenant"),
            ("WebApi", API),
            ("WebApp", CLIENT),
            ("SignUpFlow", FLOW),
            *(
                (kind, name)
                for kind in ("Application", "ServicePrincipal")
                for name in (API, CLIENT)
            ),
            ("ApplicationIdentifierUri", API),
            ("ApplicationPassword", f"{CLIENT}-secret-1"),
            ("ServicePrincipalDelegatedPermissionGrant", f"{CLIENT}.Microsoft.Graph"),
            ("ServicePrincipalDelegatedPermissionGrant", f"{CLIENT}.todolist"),
            ("UserFlow", FLOW),
            ("UserFlowApplication", CLIENT),
        ]
    )
