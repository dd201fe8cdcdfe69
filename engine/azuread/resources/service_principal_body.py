"""A service principal in Pulumi's form and in Graph's.

Shared by the resource and by `getServicePrincipal`. Source: https://learn.microsoft.com/graph/api/resources/serviceprincipal.
"""

from __future__ import annotations

from engine.azuread.resources.answers import child, items
from engine.azuread.resources.feature_tags import deprecated_features, features
from engine.azuread.resources.permissions import ids_by_value, role_state, scope_state
from engine.azuread.values import UNKNOWN, Properties


def to_graph(state: Properties) -> Properties:
    """Return what can be changed of Graph's `servicePrincipal`, whole, without owners."""
    return {
        "accountEnabled": state["accountEnabled"],
        "alternativeNames": state["alternativeNames"],
        "appRoleAssignmentRequired": state["appRoleAssignmentRequired"],
        "description": state["description"] or None,
        "loginUrl": state["loginUrl"] or None,
        "notes": state["notes"] or None,
        "notificationEmailAddresses": state["notificationEmailAddresses"],
        "preferredSingleSignOnMode": state["preferredSingleSignOnMode"] or None,
        "samlSingleSignOnSettings": {"relayState": state["samlSingleSignOn"]["relayState"] or None},
        "tags": [] if state["tags"] == UNKNOWN else state["tags"],
    }


def from_graph(principal: Properties) -> Properties:
    """Return what the resource and the function both answer for Graph's `servicePrincipal`."""
    client_id = str(principal["appId"])
    roles = [role_state(role) for role in items(principal, "appRoles")]
    scopes = [scope_state(scope) for scope in items(principal, "oauth2PermissionScopes")]
    tags = items(principal, "tags")
    return {
        "accountEnabled": bool(principal.get("accountEnabled")),
        "alternativeNames": items(principal, "alternativeNames"),
        "appRoleAssignmentRequired": bool(principal.get("appRoleAssignmentRequired")),
        "appRoleIds": ids_by_value(roles),
        "appRoles": roles,
        "applicationTenantId": principal.get("appOwnerOrganizationId") or "",
        "clientId": client_id,
        "description": principal.get("description") or "",
        "displayName": principal.get("displayName") or "",
        "featureTags": features(tags),
        "features": deprecated_features(tags),
        "homepageUrl": principal.get("homepage") or "",
        "loginUrl": principal.get("loginUrl") or "",
        "logoutUrl": principal.get("logoutUrl") or "",
        "notes": principal.get("notes") or "",
        "notificationEmailAddresses": items(principal, "notificationEmailAddresses"),
        "oauth2PermissionScopeIds": ids_by_value(scopes),
        "oauth2PermissionScopes": scopes,
        "objectId": principal["id"],
        "preferredSingleSignOnMode": principal.get("preferredSingleSignOnMode") or "",
        "redirectUris": items(principal, "replyUrls"),
        # Only the beta version of Graph has it; one more request per read would buy nothing here.
        "samlMetadataUrl": "",
        # The real plugin leaves out the client ID, which is always one of the names.
        "servicePrincipalNames": [
            name
            for name in items(principal, "servicePrincipalNames")
            if name.lower() != client_id.lower()
        ],
        "signInAudience": principal.get("signInAudience") or "",
        "tags": tags,
        "type": principal.get("servicePrincipalType") or "",
    }


def relay_state(principal: Properties) -> str:
    """Return the SAML relay state of Graph's `servicePrincipal`, empty when it has none."""
    return str(child(principal, "samlSingleSignOnSettings").get("relayState") or "")
