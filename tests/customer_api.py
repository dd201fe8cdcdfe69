"""An API that customers' applications call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from customer_browser import App

    from localtenant.testing_client import Graph


@dataclass
class Api:
    """An API with tokens of version 2, and the scope that is consented to.

    ``id`` and ``principal`` are the object IDs of its application and its service principal.
    """

    client_id: str
    scope: str
    id: str
    principal: str


def todo_api(graph: Graph, app: App) -> Api:
    """Make an API to which everybody's use by an application is consented."""
    scope = {
        "id": str(uuid4()),
        "value": "Todo.Read",
        "type": "User",
        "isEnabled": True,
        "adminConsentDisplayName": "Read",
        "adminConsentDescription": "Read",
    }
    made = graph.application(
        api={"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [scope]}
    )
    uri = f"api://{made['appId']}"
    graph.patch(f"/applications/{made['id']}", {"identifierUris": [uri]}).raise_for_status()
    principal = graph.made("/servicePrincipals", {"appId": made["appId"]})
    client = graph.read(f"/servicePrincipals(appId='{app.client_id}')")
    graph.made(
        "/oauth2PermissionGrants",
        {
            "clientId": client["id"],
            "consentType": "AllPrincipals",
            "resourceId": principal["id"],
            "scope": "Todo.Read",
        },
    )
    return Api(made["appId"], f"{uri}/Todo.Read", made["id"], principal["id"])
