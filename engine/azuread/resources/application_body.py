"""An application registration in Pulumi's form and in Graph's.

Source: https://learn.microsoft.com/graph/api/resources/application.
"""

from __future__ import annotations

from typing import Any, Final

from engine.azuread.resources.answers import child, items
from engine.azuread.resources.feature_tags import features
from engine.azuread.resources.permissions import (
    ids_by_value,
    role_body,
    role_state,
    scope_body,
    scope_state,
)
from engine.azuread.values import UNKNOWN, Properties

_CLAIMS: Final = {"accessTokens": "accessToken", "idTokens": "idToken", "saml2Tokens": "saml2Token"}


def to_graph(state: Properties) -> Properties:
    """Return the writable part of Graph's `application`, whole; owners are no part of it."""
    api, web = state["api"], state["web"]
    return {
        "displayName": state["displayName"],
        "description": state["description"] or None,
        "signInAudience": state["signInAudience"],
        "notes": state["notes"] or None,
        "serviceManagementReference": state["serviceManagementReference"] or None,
        "groupMembershipClaims": ",".join(state["groupMembershipClaims"]) or None,
        "identifierUris": state["identifierUris"],
        "isDeviceOnlyAuthSupported": state["deviceOnlyAuthEnabled"],
        "isFallbackPublicClient": state["fallbackPublicClientEnabled"],
        "tags": [] if state["tags"] == UNKNOWN else state["tags"],
        "api": {
            "acceptMappedClaims": api["mappedClaimsEnabled"],
            "knownClientApplications": api["knownClientApplications"],
            "oauth2PermissionScopes": [
                scope_body(scope) for scope in api["oauth2PermissionScopes"]
            ],
            "requestedAccessTokenVersion": api["requestedAccessTokenVersion"],
        },
        "appRoles": [role_body(role) for role in state["appRoles"]],
        "info": {
            "marketingUrl": state["marketingUrl"] or None,
            "privacyStatementUrl": state["privacyStatementUrl"] or None,
            "supportUrl": state["supportUrl"] or None,
            "termsOfServiceUrl": state["termsOfServiceUrl"] or None,
        },
        "optionalClaims": {
            theirs: [_claim_body(claim) for claim in state["optionalClaims"][ours]]
            for ours, theirs in _CLAIMS.items()
        },
        "publicClient": {"redirectUris": state["publicClient"]["redirectUris"]},
        "requiredResourceAccess": [
            {
                "resourceAppId": access["resourceAppId"],
                "resourceAccess": [
                    {"id": entry["id"], "type": entry["type"]}
                    for entry in access["resourceAccesses"]
                ],
            }
            for access in state["requiredResourceAccesses"]
        ],
        "spa": {"redirectUris": state["singlePageApplication"]["redirectUris"]},
        "web": {
            "homePageUrl": web["homepageUrl"] or None,
            "logoutUrl": web["logoutUrl"] or None,
            "redirectUris": web["redirectUris"],
            "implicitGrantSettings": {
                "enableAccessTokenIssuance": web["implicitGrant"]["accessTokenIssuanceEnabled"],
                "enableIdTokenIssuance": web["implicitGrant"]["idTokenIssuanceEnabled"],
            },
        },
    }


def from_graph(application: Properties, owners: list[str], known: Properties) -> Properties:
    """Return the outputs for Graph's `application`; `known` has what Graph does not store."""
    api = child(application, "api")
    info = child(application, "info")
    web = child(application, "web")
    implicit = child(web, "implicitGrantSettings")
    claims = child(application, "optionalClaims")
    roles = [role_state(role) for role in items(application, "appRoles")]
    scopes = [scope_state(scope) for scope in items(api, "oauth2PermissionScopes")]
    tags = items(application, "tags")
    groups = str(application.get("groupMembershipClaims") or "")
    return {
        "api": {
            "knownClientApplications": items(api, "knownClientApplications"),
            "mappedClaimsEnabled": bool(api.get("acceptMappedClaims")),
            "oauth2PermissionScopes": scopes,
            "requestedAccessTokenVersion": api.get("requestedAccessTokenVersion") or 1,
        },
        "appRoleIds": ids_by_value(roles),
        "appRoles": roles,
        "clientId": application["appId"],
        "description": application.get("description") or "",
        "deviceOnlyAuthEnabled": bool(application.get("isDeviceOnlyAuthSupported")),
        "disabledByMicrosoft": application.get("disabledByMicrosoftStatus") or "",
        "displayName": application["displayName"],
        "fallbackPublicClientEnabled": bool(application.get("isFallbackPublicClient")),
        "featureTags": features(tags),
        "groupMembershipClaims": [claim.strip() for claim in groups.split(",") if claim.strip()],
        "identifierUris": items(application, "identifierUris"),
        # Graph does not give it back in a form in which it could be compared.
        "logoImage": known.get("logoImage") or "",
        "logoUrl": info.get("logoUrl") or "",
        "marketingUrl": info.get("marketingUrl") or "",
        "notes": application.get("notes") or "",
        "oauth2PermissionScopeIds": ids_by_value(scopes),
        "oauth2PostResponseRequired": False,
        "objectId": application["id"],
        "optionalClaims": {
            ours: [_claim_state(claim) for claim in items(claims, theirs)]
            for ours, theirs in _CLAIMS.items()
        },
        "owners": owners,
        "password": None,
        "preventDuplicateNames": bool(known.get("preventDuplicateNames")),
        "privacyStatementUrl": info.get("privacyStatementUrl") or "",
        "publicClient": {"redirectUris": _redirects(application, "publicClient")},
        "publisherDomain": application.get("publisherDomain") or "",
        "requiredResourceAccesses": [
            {
                "resourceAppId": access["resourceAppId"],
                "resourceAccesses": [
                    {"id": entry["id"], "type": entry["type"]}
                    for entry in items(access, "resourceAccess")
                ],
            }
            for access in items(application, "requiredResourceAccess")
        ],
        "serviceManagementReference": application.get("serviceManagementReference") or "",
        "signInAudience": application.get("signInAudience") or "",
        "singlePageApplication": {"redirectUris": _redirects(application, "spa")},
        "supportUrl": info.get("supportUrl") or "",
        "tags": tags,
        "templateId": application.get("applicationTemplateId") or "",
        "termsOfServiceUrl": info.get("termsOfServiceUrl") or "",
        "web": {
            "homepageUrl": web.get("homePageUrl") or "",
            "implicitGrant": {
                "accessTokenIssuanceEnabled": bool(implicit.get("enableAccessTokenIssuance")),
                "idTokenIssuanceEnabled": bool(implicit.get("enableIdTokenIssuance")),
            },
            "logoutUrl": web.get("logoutUrl") or "",
            "redirectUris": items(web, "redirectUris"),
        },
    }


def _claim_body(claim: Properties) -> Properties:
    return {
        "name": claim["name"],
        "source": claim["source"] or None,
        "essential": claim["essential"],
        "additionalProperties": claim["additionalProperties"],
    }


def _claim_state(claim: Properties) -> Properties:
    return {
        "name": claim["name"],
        "source": claim.get("source") or "",
        "essential": bool(claim.get("essential")),
        "additionalProperties": items(claim, "additionalProperties"),
    }


def _redirects(application: Properties, platform: str) -> list[Any]:
    return items(child(application, platform), "redirectUris")
