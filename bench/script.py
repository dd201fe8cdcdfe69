"""What a script would send for the seed's tenant: the fewest calls of Graph that make it.

It makes what the program makes, and nothing is looked up that the answers tell already; but it can
be run once only, keeps no state, and says nothing beforehand.
"""

from __future__ import annotations

from typing import Any, Final, cast

from bench.calls import Call
from components.settings.seed import SEED

GRAPH: Final = "00000003-0000-0000-c000-000000000000"
_OPENID: Final = "37f7f235-527c-4136-accd-4a02d197296e"
_OFFLINE: Final = "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"
"""Scopes of Microsoft Graph, which have the same IDs in every tenant."""
FLOWS: Final = "/identity/authenticationEventsFlows"
_SCOPES: Final = (
    "5f6b4a58-5a0b-4a4f-8f8a-1c3c0a6a0001",
    "5f6b4a58-5a0b-4a4f-8f8a-1c3c0a6a0002",
)
_ROLES: Final = (
    "5f6b4a58-5a0b-4a4f-8f8a-1c3c0a6a0003",
    "5f6b4a58-5a0b-4a4f-8f8a-1c3c0a6a0004",
)
_EXTERNAL: Final = "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow"


def make() -> list[Call]:
    """Make the seed's tenant."""
    seed = cast("dict[str, Any]", SEED)
    api, web = seed["apis"]["todolist"], seed["clients"]["web"]
    audience = {"signInAudience": "AzureADMyOrg"}
    granted = {"clientId": "{web-principal.id}", "consentType": "AllPrincipals"}
    scopes = " ".join(one["value"] for one in api["scopes"])
    return [
        Call("graph", "GET", f"/servicePrincipals(appId='{GRAPH}')?$select=id"),
        Call("api", "POST", "/applications", {**_api(api), **audience}),
        Call(
            "uri",
            "PATCH",
            "/applications/{api.id}",
            {"identifierUris": ["api://{api.appId}"]},
            frozenset({"api"}),
        ),
        _principal("api"),
        Call("web", "POST", "/applications", {**_web(web), **audience}),
        _principal("web"),
        Call(
            "grant-graph",
            "POST",
            "/oauth2PermissionGrants",
            {**granted, "resourceId": "{graph.id}", "scope": "openid offline_access"},
            frozenset({"web-principal"}),
        ),
        Call(
            "grant-api",
            "POST",
            "/oauth2PermissionGrants",
            {**granted, "resourceId": "{api-principal.id}", "scope": scopes},
            frozenset({"web-principal", "api-principal"}),
        ),
        Call(
            "secret",
            "POST",
            "/applications/{web.id}/addPassword",
            {"passwordCredential": {"displayName": "web app client secret"}},
            frozenset({"web"}),
        ),
        Call("flow", "POST", FLOWS, _flow(seed["userFlows"]["SignInSignUpSample"])),
        Call(
            "link",
            "POST",
            f"{FLOWS}/{{flow.id}}/conditions/applications/includeApplications",
            {
                "@odata.type": "#microsoft.graph.authenticationConditionApplication",
                "appId": "{web-principal.appId}",
            },
            frozenset({"flow", "web-principal"}),
        ),
    ]


def read(ids: dict[str, str]) -> list[Call]:
    """Look at each of its objects; ``ids`` are Graph's, by the names of the calls."""
    return [
        Call("api", "GET", f"/applications/{ids['api']}"),
        Call("api-principal", "GET", f"/servicePrincipals/{ids['api-principal']}"),
        Call("web", "GET", f"/applications/{ids['web']}"),
        Call("web-principal", "GET", f"/servicePrincipals/{ids['web-principal']}"),
        Call("grants", "GET", f"/servicePrincipals/{ids['web-principal']}/oauth2PermissionGrants"),
        Call("flow", "GET", f"{FLOWS}/{ids['flow']}"),
    ]


def change(ids: dict[str, str], redirect_uri: str) -> list[Call]:
    """Change one attribute: where the web application's customers return to."""
    body = {"web": {"redirectUris": [redirect_uri]}}
    return [Call("web", "PATCH", f"/applications/{ids['web']}", body)]


def destroy(ids: dict[str, str]) -> list[Call]:
    """Delete it; Graph deletes what hangs on an application with it."""
    return [
        Call("flow", "DELETE", f"{FLOWS}/{ids['flow']}"),
        Call("web", "DELETE", f"/applications/{ids['web']}"),
        Call("api", "DELETE", f"/applications/{ids['api']}"),
    ]


def _principal(application: str) -> Call:
    name = f"{application}-principal"
    body = {"appId": f"{{{application}.appId}}"}
    return Call(name, "POST", "/servicePrincipals", body, frozenset({application}))


def _api(api: dict[str, Any]) -> dict[str, Any]:
    scopes = [
        {
            "id": id_,
            "value": one["value"],
            "type": "Admin",
            "isEnabled": True,
            "adminConsentDisplayName": one["adminConsentDisplayName"],
            "adminConsentDescription": one["adminConsentDescription"],
        }
        for id_, one in zip(_SCOPES, api["scopes"], strict=True)
    ]
    roles = [
        {
            "id": id_,
            "value": one["value"],
            "displayName": one["value"],
            "description": one["description"],
            "allowedMemberTypes": ["Application"],
            "isEnabled": True,
        }
        for id_, one in zip(_ROLES, api["roles"], strict=True)
    ]
    return {
        "displayName": api["displayName"],
        "api": {"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": scopes},
        "appRoles": roles,
        "optionalClaims": {"accessToken": [{"name": "idtyp"}]},
    }


def _web(web: dict[str, Any]) -> dict[str, Any]:
    def access(*ids: str) -> list[dict[str, str]]:
        return [{"id": one, "type": "Scope"} for one in ids]

    return {
        "displayName": web["displayName"],
        "web": {"redirectUris": web["redirectUris"]},
        "requiredResourceAccess": [
            {"resourceAppId": "{api.appId}", "resourceAccess": access(*_SCOPES)},
            {"resourceAppId": GRAPH, "resourceAccess": access(_OPENID, _OFFLINE)},
        ],
    }


def _flow(flow: dict[str, Any]) -> dict[str, Any]:
    methods = "#microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp"
    start = "#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp"
    collection = "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp"
    asked = ["email", *flow["attributes"]]
    inputs = [
        {
            "attribute": one,
            "label": one,
            "inputType": "text",
            "hidden": one == "email",
            "editable": one != "email",
            "writeToDirectory": True,
            "required": one == "email",
            "validationRegEx": "^.*",
        }
        for one in asked
    ]
    return {
        "@odata.type": _EXTERNAL,
        "displayName": "SignInSignUpSample",
        "onInteractiveAuthFlowStart": {"@odata.type": start, "isSignUpAllowed": True},
        "onAuthenticationMethodLoadStart": {
            "@odata.type": methods,
            "identityProviders": [{"id": one} for one in flow["identityProviders"]],
        },
        "onAttributeCollection": {
            "@odata.type": collection,
            "attributeCollectionPage": {"views": [{"inputs": inputs}]},
            "attributes": [
                {"id": one, "displayName": one, "userFlowAttributeType": "builtIn"} for one in asked
            ],
        },
    }
