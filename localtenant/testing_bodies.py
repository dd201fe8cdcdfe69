"""For tests: bodies that make objects, each under a name of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from localtenant.odata.types import Json


def user_body(domain: str, **properties: object) -> Json:
    """Build the body that makes a work account, named in one of the tenant's domains."""
    name = f"u{uuid4().hex[:12]}"
    return {
        "accountEnabled": True,
        "displayName": f"user {name}",
        "mailNickname": name,
        "userPrincipalName": f"{name}@{domain}",
        "passwordProfile": {"password": "Correct-horse-7"},
        **properties,
    }


def group_body(**properties: object) -> Json:
    """Build the body that makes a security group."""
    name = f"g{uuid4().hex[:12]}"
    return {
        "displayName": f"group {name}",
        "mailNickname": name,
        "mailEnabled": False,
        "securityEnabled": True,
        **properties,
    }


def flow_body(**properties: object) -> Json:
    """Build the body that makes a user flow with email and password and two attributes."""
    own = "ExternalUsersSelfServiceSignUp"
    return {
        "@odata.type": "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
        "displayName": f"flow {uuid4()}",
        "onInteractiveAuthFlowStart": {
            "@odata.type": f"#microsoft.graph.onInteractiveAuthFlowStart{own}",
            "isSignUpAllowed": True,
        },
        "onAuthenticationMethodLoadStart": {
            "@odata.type": f"#microsoft.graph.onAuthenticationMethodLoadStart{own}",
            "identityProviders": [{"id": "EmailPassword-OAUTH"}],
        },
        "onAttributeCollection": collection_body("email", "city")
        | {"attributes": [{"id": "email"}, {"id": "city"}]},
        **properties,
    }


def collection_body(*attributes: str) -> Json:
    """Build an attribute collection whose page asks for ``attributes``."""
    inputs = [{"attribute": a, "label": a.title(), "inputType": "text"} for a in attributes]
    return {
        "@odata.type": "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp",
        "attributeCollectionPage": {"views": [{"inputs": inputs}]},
    }
