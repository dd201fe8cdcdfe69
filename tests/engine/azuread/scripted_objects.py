"""What the scripted server answers about the one application of its tests."""

from __future__ import annotations

from typing import Any

from tests.engine.azuread.scripted_server import DEPLOYER, Answer, refusal

APPLICATION: dict[str, Any] = {
    "id": "44444444-4444-4444-4444-444444444444",
    "appId": "55555555-5555-5555-5555-555555555555",
    "displayName": "web",
    "signInAudience": "AzureADMyOrg",
    "identifierUris": [],
    "passwordCredentials": [],
}
PATH = f"/applications/{APPLICATION['id']}"
INPUTS = {"displayName": "web", "owners": [DEPLOYER]}
CREATED = Answer(201, APPLICATION)
NONE = Answer(200, {"value": []})
OWNED = {"value": [{"id": DEPLOYER}]}
SEARCH = "GET /applications?%24filter=displayName+eq+%27web%27"
NOT_THERE_YET = refusal(
    404, "Request_ResourceNotFound", f"Resource '{APPLICATION['id']}' does not exist."
)
