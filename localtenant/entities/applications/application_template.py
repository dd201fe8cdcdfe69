"""``/applicationTemplates``: the gallery, from which an application can be instantiated.

Source: the Graph pages "applicationTemplate" and "applicationTemplate: instantiate"; the roles and
the scope of what comes of a template are observed. A few of the gallery's entries are here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.entities.applications import application
from localtenant.entities.principals import service_principal
from localtenant.odata.answers import entity_body
from localtenant.odata.model import Action, Entity
from localtenant.odata.queries import Query
from localtenant.odata.rules import Rules
from localtenant.odata.types import ComplexType, EntityType, text, texts

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

CUSTOM = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
"""The template of applications that are not in the gallery."""

TEMPLATE = EntityType(
    "applicationTemplate",
    (
        text("displayName"),
        text("homePageUrl"),
        texts("supportedSingleSignOnModes"),
        texts("supportedProvisioningTypes"),
        text("logoUrl"),
        texts("categories"),
        text("publisher"),
        text("description"),
    ),
    guid_key=False,
)

TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "id": CUSTOM,
        "displayName": "Custom",
        "supportedSingleSignOnModes": ["password", "saml", "notSupported"],
        "supportedProvisioningTypes": ["sync"],
    },
    {
        "id": "8b1025e4-1dd2-430b-a150-2ef79cd700f5",
        "displayName": "AWS Single-Account Access",
        "homePageUrl": "https://aws.amazon.com/",
        "supportedSingleSignOnModes": ["password", "saml", "external"],
        "supportedProvisioningTypes": ["sync"],
        "categories": ["developerServices"],
        "publisher": "Amazon",
    },
    {
        "id": "21ed01d2-ec13-4e9e-86c1-cd546719ebc4",
        "displayName": "AWS IAM Identity Center (successor to AWS Single Sign-On)",
        "homePageUrl": "https://aws.amazon.com/",
        "supportedSingleSignOnModes": ["saml", "external"],
        "supportedProvisioningTypes": ["sync"],
        "categories": ["developerServices"],
        "publisher": "Amazon Web Services, Inc.",
    },
    {
        "id": "00000007-0000-0000-c000-000000000000",
        "displayName": "Dynamics CRM Online",
        "homePageUrl": "http://www.microsoft.com/dynamics/crm",
        "supportedSingleSignOnModes": ["oidc", "external"],
        "categories": ["crm", "productivity", "collaboration", "businessMgmt"],
        "publisher": "Microsoft Corporation",
    },
)

_ROLES = {
    "User": "18d14569-c3bd-439b-9a66-3a2aee01d14f",
    "msiam_access": "b9632174-c057-4f7e-951b-be3adc52bfe6",
}
_TAGS = ["WindowsAzureActiveDirectoryIntegratedApp"]
_CUSTOM_TAG = "WindowsAzureActiveDirectoryCustomSingleSignOnApplication"


def _instantiate(call: Call, doc: Json, values: Json) -> Json:
    made = application.RULES.create(call, _registration(doc, values))
    principal = service_principal.RULES.create(
        call,
        {
            "appId": made["appId"],
            "applicationTemplateId": doc["id"],
            "tags": [*([_CUSTOM_TAG] if doc["id"] == CUSTOM else []), *_TAGS],
        },
    )
    return {
        "application": entity_body(call, application.ENTITY, made, Query()),
        "servicePrincipal": entity_body(call, service_principal.ENTITY, principal, Query()),
    }


def _registration(template: Json, wanted: Json) -> Json:
    """The application that comes of a template, which people sign in to."""
    name = wanted["displayName"]
    access = f"Allow the application to access {name} on {{}} behalf."
    return {
        "displayName": name,
        "serviceManagementReference": wanted.get("serviceManagementReference"),
        "applicationTemplateId": template["id"],
        "signInAudience": "AzureADMyOrg",
        "appRoles": [
            {"allowedMemberTypes": ["User"], "displayName": r, "description": r, "id": i}
            for r, i in _ROLES.items()
        ],
        "api": {
            "oauth2PermissionScopes": [
                {
                    "adminConsentDescription": access.format("the signed-in user's"),
                    "adminConsentDisplayName": f"Access {name}",
                    "id": str(uuid4()),
                    "userConsentDescription": access.format("your"),
                    "userConsentDisplayName": f"Access {name}",
                    "value": "user_impersonation",
                }
            ]
        },
    }


INSTANTIATE = Action(
    "instantiate",
    ComplexType(
        "instantiate",
        (text("displayName", nullable=False, required=True), text("serviceManagementReference")),
    ),
    _instantiate,
    returns="microsoft.graph.applicationServicePrincipal",
    status=201,
)

ENTITY = Entity(TEMPLATE, Rules(TEMPLATE), actions=(INSTANTIATE,))
