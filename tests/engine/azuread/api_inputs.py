"""Inputs of an API application as this project's components give them."""

from __future__ import annotations

import uuid
from typing import Any


def scope(value: str, **others: Any) -> dict[str, Any]:
    """A scope with an id of its own."""
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, value)),
        "value": value,
        "type": "Admin",
        "adminConsentDescription": f"Allow {value}",
        "adminConsentDisplayName": value,
        **others,
    }


def role(value: str) -> dict[str, Any]:
    """An app role with an id of its own."""
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, value)),
        "value": value,
        "displayName": value,
        "description": f"Allow {value}",
        "allowedMemberTypes": ["Application"],
    }


def api_inputs(deployer: str) -> dict[str, Any]:
    """An application with a name, a scope and a role of its own, which its deployer owns."""
    return {
        "displayName": f"api {uuid.uuid4()}",
        "owners": [deployer],
        "api": {"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [scope("Read")]},
        "appRoles": [role("Read.All")],
        "optionalClaims": {"accessTokens": [{"name": "idtyp"}]},
    }
