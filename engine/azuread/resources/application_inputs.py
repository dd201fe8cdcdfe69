"""The inputs of an application registration, as in the real plugin, and the rules between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.azuread.check import Failure
from engine.azuread.formats import (
    at_most,
    base64_image,
    claim_value,
    filled,
    guid,
    logout_url,
    one_of,
    redirect_uri,
    web_url,
)
from engine.azuread.resources.feature_tags import FEATURE_TAGS
from engine.azuread.schema import Property, block, blocks, flag, number, text, texts
from engine.azuread.values import UNKNOWN, Properties, is_list, is_object

_PERSONAL: Final = ("AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount")

_SCOPES: Final = blocks(
    {
        "id": text(required=True, accepts=guid),
        "adminConsentDescription": text(accepts=filled),
        "adminConsentDisplayName": text(accepts=filled),
        "enabled": flag(default=True),
        "type": text(default="User", accepts=one_of("Admin", "User")),
        "userConsentDescription": text(accepts=filled),
        "userConsentDisplayName": text(accepts=filled),
        "value": text(accepts=claim_value),
    },
    key=("id",),
)

_ROLES: Final = blocks(
    {
        "id": text(required=True, accepts=guid),
        "allowedMemberTypes": texts(required=True, accepts=one_of("Application", "User")),
        "description": text(required=True, accepts=filled),
        "displayName": text(required=True, accepts=filled),
        "enabled": flag(default=True),
        "value": text(accepts=claim_value),
    },
    key=("id",),
)

_CLAIM_PROPERTIES: Final = (
    "cloud_displayname",
    "dns_domain_and_sam_account_name",
    "emit_as_roles",
    "include_externally_authenticated_upn_without_hash",
    "include_externally_authenticated_upn",
    "max_size_limit",
    "netbios_domain_and_sam_account_name",
    "on_premise_security_identifier",
    "sam_account_name",
    "use_guid",
)

_CLAIMS: Final = blocks(
    {
        "name": text(required=True),
        "source": text(accepts=one_of("user")),
        "essential": flag(default=False),
        "additionalProperties": texts(ordered=True, accepts=one_of(*_CLAIM_PROPERTIES)),
    },
    key=("name", "source"),
    ordered=True,
)

_REQUIRED_ACCESS: Final = blocks(
    {
        "resourceAppId": text(required=True),
        "resourceAccesses": blocks(
            {
                "id": text(required=True, accepts=guid),
                "type": text(required=True, accepts=one_of("Role", "Scope")),
            },
            key=("id", "type"),
            required=True,
        ),
    },
    key=("resourceAppId",),
)

INPUTS: Final[Mapping[str, Property]] = {
    "api": block(
        {
            "knownClientApplications": texts(accepts=guid),
            "mappedClaimsEnabled": flag(),
            "oauth2PermissionScopes": _SCOPES,
            "requestedAccessTokenVersion": number(default=1),
        }
    ),
    "appRoles": _ROLES,
    "description": text(accepts=at_most(1024)),
    "deviceOnlyAuthEnabled": flag(),
    "displayName": text(required=True, accepts=filled),
    "fallbackPublicClientEnabled": flag(),
    "featureTags": FEATURE_TAGS,
    "groupMembershipClaims": texts(
        accepts=one_of("All", "None", "ApplicationGroup", "DirectoryRole", "SecurityGroup")
    ),
    "identifierUris": texts(accepts=filled),
    "logoImage": text(accepts=base64_image),
    "marketingUrl": text(),
    "notes": text(accepts=filled),
    "optionalClaims": block({"accessTokens": _CLAIMS, "idTokens": _CLAIMS, "saml2Tokens": _CLAIMS}),
    "owners": texts(accepts=guid),
    "preventDuplicateNames": flag(default=False),
    "privacyStatementUrl": text(),
    "publicClient": block({"redirectUris": texts(accepts=redirect_uri(urn=True, any_scheme=True))}),
    "requiredResourceAccesses": _REQUIRED_ACCESS,
    "serviceManagementReference": text(),
    "signInAudience": text(
        default="AzureADMyOrg", accepts=one_of("AzureADMyOrg", "AzureADMultipleOrgs", *_PERSONAL)
    ),
    "singlePageApplication": block(
        {"redirectUris": texts(accepts=redirect_uri(urn=False, any_scheme=False))}
    ),
    "supportUrl": text(),
    "tags": texts(computed=True),
    "termsOfServiceUrl": text(),
    "web": block(
        {
            "homepageUrl": text(accepts=web_url),
            "implicitGrant": block(
                {"accessTokenIssuanceEnabled": flag(), "idTokenIssuanceEnabled": flag()}
            ),
            "logoutUrl": text(accepts=logout_url),
            "redirectUris": texts(accepts=redirect_uri(urn=True, any_scheme=False)),
        }
    ),
}

REFUSED: Final[Mapping[str, str]] = {
    "oauth2PostResponseRequired": "leave it out",
    "password": "use an azuread.ApplicationPassword",
    "templateId": "leave it out",
}


def problems(inputs: Properties) -> Iterator[Failure]:
    """Yield what is wrong between the inputs, each of which is right in itself."""
    if inputs.get("tags") and inputs.get("featureTags"):
        yield Failure("tags", "conflicts with 'featureTags'; give one of them")
    api = inputs.get("api")
    scopes = api.get("oauth2PermissionScopes") if is_object(api) else None
    version = api.get("requestedAccessTokenVersion") if is_object(api) else None
    if version not in (None, 1, 2, UNKNOWN):
        yield Failure("api.requestedAccessTokenVersion", f"must be 1 or 2, got {version!r}")
    if inputs["signInAudience"] in _PERSONAL and version in (None, 1):
        yield Failure(
            "api.requestedAccessTokenVersion",
            f"must be 2 when 'signInAudience' is {inputs['signInAudience']}",
        )
    yield from _duplicates(_comparable(inputs.get("appRoles")), _comparable(scopes))


def _comparable(permissions: object) -> list[dict[str, Any]]:
    """Return those scopes or roles whose id and value are known."""
    found: list[object] = permissions if is_list(permissions) else []
    return [
        item
        for item in found
        if is_object(item) and item.get("value") and UNKNOWN not in (item["id"], item["value"])
    ]


def _duplicates(roles: list[dict[str, Any]], scopes: list[dict[str, Any]]) -> Iterator[Failure]:
    """Yield scopes and roles that share an id or a value.

    Only a role and its twin scope may share, and then both.
    """
    everything = [("appRoles", role) for role in roles]
    everything += [("api.oauth2PermissionScopes", scope) for scope in scopes]
    ids: dict[str, str] = {}
    values: dict[str, str] = {}
    for path, permission in everything:
        identifier, value = str(permission["id"]), str(permission["value"])
        if ids.setdefault(identifier, value) != value:
            yield Failure(path, f"the id {identifier} is used for {ids[identifier]} and {value}")
        if values.setdefault(value, identifier) != identifier:
            yield Failure(path, f"the value {value} is used twice, with different ids")
