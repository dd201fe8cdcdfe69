"""Microsoft's own applications: those that every tenant has, and those it can bring in by POST.

Source: the ids and names are those under which Microsoft documents its applications. Of the names
of their resources and of their scopes only those are here that clients ask for.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from localtenant.odata.answers import now
from localtenant.tenant import GRAPH_CLIENT_ID, MICROSOFT_TENANT_ID

if TYPE_CHECKING:
    from localtenant.odata.types import Json

AUTHENTICATION_EXTENSIONS = "99045fe1-7639-4a75-9d4a-577b6ca3810f"
"""The application that calls custom extensions; an external tenant has it only after a POST."""


@dataclass(frozen=True)
class FirstParty:
    """One application of Microsoft's: ``urls`` name it as a resource, ``scopes`` are name to id."""

    name: str
    urls: tuple[str, ...] = ()
    scopes: tuple[tuple[str, str], ...] = ()


_IMPERSONATION = "user_impersonation"
KNOWN = {
    "00000002-0000-0000-c000-000000000000": FirstParty(
        "Windows Azure Active Directory",
        ("https://graph.windows.net", "https://graph.windows.net/"),
        (("User.Read", "311a71cc-e848-46a1-bdf8-97ff7156d8e6"),),
    ),
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46": FirstParty("Microsoft Azure CLI"),
    "14d82eec-204b-4c2f-b7e8-296a70dab67e": FirstParty("Microsoft Graph Command Line Tools"),
    "c44b4083-3bb0-49c1-b47d-974e53cbdf3c": FirstParty("Azure Portal"),
    "797f4846-ba00-4fd7-ba43-dac1f8f63013": FirstParty(
        "Windows Azure Service Management API",
        (
            "https://management.azure.com/",
            "https://management.azure.com",
            "https://management.core.windows.net/",
            "https://management.core.windows.net",
        ),
        ((_IMPERSONATION, "41094075-9dad-400e-a0bd-54e686782033"),),
    ),
    AUTHENTICATION_EXTENSIONS: FirstParty("Azure Active Directory Authentication Extensions"),
    "1950a258-227b-4e31-a9cf-717495945fc2": FirstParty("Microsoft Azure PowerShell"),
    "499b84ac-1321-427f-aa17-267ca6975798": FirstParty(
        "Azure DevOps",
        ("https://app.vssps.visualstudio.com",),
        ((_IMPERSONATION, "ee69721e-6c3a-468f-a9ec-302d16a4c599"),),
    ),
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093": FirstParty(
        "Azure Key Vault",
        ("https://vault.azure.net",),
        ((_IMPERSONATION, "f53da476-18e3-4152-8e01-aec403e6edc0"),),
    ),
    "e406a681-f3d4-42a8-90b6-c2b029497af1": FirstParty(
        "Azure Storage",
        ("https://storage.azure.com", "https://storage.azure.com/"),
        ((_IMPERSONATION, "03e0da56-190b-40ad-a80c-ea378c433f7f"),),
    ),
    "00000002-0000-0ff1-ce00-000000000000": FirstParty("Office 365 Exchange Online"),
    "00000003-0000-0ff1-ce00-000000000000": FirstParty("Office 365 SharePoint Online"),
    "aebc6443-996d-45c2-90f0-388ff96faa56": FirstParty("Visual Studio Code"),
    "de8bc8b5-d9f9-48b1-a8ad-b748da725064": FirstParty("Graph Explorer"),
}
"""By client ID."""

_SEEDED = (
    "00000002-0000-0000-c000-000000000000",
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    "14d82eec-204b-4c2f-b7e8-296a70dab67e",
    "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
)
UNDELETABLE = frozenset((GRAPH_CLIENT_ID, *_SEEDED))
"""Those that every tenant has from its first start and cannot lose."""


def principal_of(client_id: str) -> Json | None:
    """The service principal of one of Microsoft's applications, or None if it is not known."""
    found = KNOWN.get(client_id.lower())
    if found is None:
        return None
    scopes = [_scope(name, key, "User") for name, key in found.scopes]
    return _principal(client_id.lower(), found.name, found.urls, [], scopes)


def seeded() -> list[Json]:
    """The service principals that a new tenant has, Microsoft Graph's first."""
    others = (principal_of(client_id) for client_id in _SEEDED)
    return [microsoft_graph(), *(o for o in others if o)]


def microsoft_graph() -> Json:
    """Microsoft Graph's service principal, with the permissions that Microsoft publishes."""
    app_roles: list[Json] = []
    scopes: list[Json] = []
    source = resources.files("localtenant") / "data" / "graph_permissions.csv"
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name, key = row["name"], row["id"]
            if row["type"] == "Application":
                app_roles.append(
                    {
                        "allowedMemberTypes": ["Application"],
                        "description": name,
                        "displayName": name,
                        "id": key,
                        "value": name,
                    }
                )
            else:
                scopes.append(_scope(name, key, "Admin"))
    urls = ("https://graph.microsoft.com", "https://graph.microsoft.com/")
    return _principal(GRAPH_CLIENT_ID, "Microsoft Graph", urls, app_roles, scopes)


def _scope(name: str, key: str, who: str) -> Json:
    return {
        "adminConsentDescription": name,
        "adminConsentDisplayName": name,
        "id": key,
        "type": who,
        "value": name,
    }


def _principal(
    client_id: str, name: str, urls: tuple[str, ...], roles: list[Json], scopes: list[Json]
) -> Json:
    return {
        "appDisplayName": name,
        "displayName": name,
        "appId": client_id,
        "appOwnerOrganizationId": MICROSOFT_TENANT_ID,
        "appRoles": roles,
        "oauth2PermissionScopes": scopes,
        "createdDateTime": now(),
        "servicePrincipalNames": [client_id, *urls],
        "signInAudience": "AzureADMultipleOrgs",
    }
