"""Bodies and paths for tests of user flows, listeners and custom extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.testing_client import FLOWS

if TYPE_CHECKING:
    from localtenant.odata.types import Json

TYPE = "externalUsersSelfServiceSignUpEventsFlow"
OWN = "ExternalUsersSelfServiceSignUp"
APPS = "conditions/applications/includeApplications"
LISTENERS = "/identity/authenticationEventListeners"
EXTENSIONS = "/identity/customAuthenticationExtensions"
ATTRIBUTES = "/identity/userFlowAttributes"
SUBMIT = "onAttributeCollectionSubmit"
NO_TYPE = (
    "A value without a type name was found and no expected type is available. When the model is "
    "specified, each value in the payload must have a type which can be either specified in the "
    "payload, explicitly by the caller or implicitly inferred from the parent value."
)


def providers_path(flow_id: str, prefix: str = "microsoft.graph") -> str:
    """Build the cast path to a flow's identity providers."""
    event = "onAuthenticationMethodLoadStart"
    return f"{FLOWS}/{flow_id}/{prefix}.{TYPE}/{event}/{prefix}.{event}{OWN}/identityProviders"


def attributes_path(flow_id: str, prefix: str = "microsoft.graph") -> str:
    """Build the cast path to a flow's attributes."""
    event = "onAttributeCollection"
    return f"{FLOWS}/{flow_id}/{prefix}.{TYPE}/{event}/{prefix}.{event}{OWN}/attributes"


def extension_path(flow_id: str, event: str = SUBMIT) -> str:
    """Build the cast path to the extension that a flow calls in an event."""
    prefix = "microsoft.graph"
    handler = f"{event}CustomExtensionHandler"
    return f"{FLOWS}/{flow_id}/{prefix}.{TYPE}/{event}/{prefix}.{handler}/customExtension"


def reference(collection: str, key: str) -> dict[str, str]:
    """Build the body of a ``$ref``, with Microsoft's own host as clients send it."""
    return {"@odata.id": f"https://graph.microsoft.com/v1.0/{collection}/{key}"}


def update(**properties: Any) -> dict[str, Any]:
    """Build a PATCH body with the type that the root must name."""
    return {"@odata.type": f"#microsoft.graph.{TYPE}", **properties}


def inputs(flow: Json) -> list[str]:
    """List the attributes that a flow's page asks for."""
    views = flow["onAttributeCollection"]["attributeCollectionPage"]["views"]
    return [i["attribute"] for v in views for i in v["inputs"]]


def bound(flow: Json) -> list[str]:
    """List the attributes that are bound to a flow."""
    return [a["id"] for a in flow["onAttributeCollection"]["attributes"]]


def extension_body(event: str = SUBMIT, **properties: Any) -> Json:
    """Build a custom authentication extension for an event."""
    return {
        "@odata.type": f"#microsoft.graph.{event}CustomExtension",
        "displayName": f"extension {uuid4()}",
        "authenticationConfiguration": {
            "@odata.type": "#microsoft.graph.azureAdTokenAuthentication",
            "resourceId": f"api://contoso.com/{uuid4()}",
        },
        "endpointConfiguration": {
            "@odata.type": "#microsoft.graph.httpRequestEndpoint",
            "targetUrl": "https://contoso.com/hook",
        },
        **properties,
    }


def calling(extension_id: str, event: str = SUBMIT, **properties: Any) -> Json:
    """Build the handler that calls an extension in an event."""
    return {
        "@odata.type": f"#microsoft.graph.{event}CustomExtensionHandler",
        "customExtension": {"id": extension_id},
        **properties,
    }


def listener_body(handler: Json, event: str = "onTokenIssuanceStart", **properties: Any) -> Json:
    """Build a listener for an event."""
    return {
        "@odata.type": f"#microsoft.graph.{event}Listener",
        "handler": handler,
        **properties,
    }
