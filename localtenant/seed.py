"""What every tenant holds from its first start: the organization, Microsoft's objects, a deployer.

Later starts find it all in place; they only make the applications that ``--client`` asks for.
"""

from __future__ import annotations

import csv
from importlib import resources
from typing import TYPE_CHECKING

from localtenant.entities import MODEL
from localtenant.entities.directory.organization import DOMAIN, ORGANIZATION
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL
from localtenant.entities.sign_up.identity_provider import BUILT_IN, BUILT_IN_PROVIDERS
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE, BUILT_IN_ATTRIBUTES
from localtenant.odata.answers import now
from localtenant.odata.call import Call, Caller
from localtenant.odata.request import Request
from localtenant.seed_clients import DEPLOYER, DEPLOYER_ROLES, have_client, own_application, own_id
from localtenant.tenant import GRAPH_CLIENT_ID, MICROSOFT_TENANT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from localtenant.odata.types import EntityType, Json
    from localtenant.ready import Client
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

SEEDED = "seeded"
"""The setting that says when the tenant was filled."""

_EXTENSIONS_APP = "b2c-extensions-app. Do not modify. Used by AADB2C for storing user data."


def seed(
    tenant: Tenant, tx: Transaction, clients: Mapping[str, Iterable[str]]
) -> dict[str, Client]:
    """Fill a new tenant, and make or update ``clients`` (names to Graph application permissions).

    Returns the applications that can sign in, the deployer among them, by name.
    """
    nobody = Caller("", "", frozenset())
    call = Call(tenant, MODEL, tx, nobody, Request("GET", ""), tenant.url, beta=False)
    if tx.setting(SEEDED) is None:
        _fill(call)
        tx.keep_setting(SEEDED, now())
    wanted = {DEPLOYER: DEPLOYER_ROLES, **clients}
    return {name: have_client(call, name, tuple(roles)) for name, roles in wanted.items()}


def _fill(call: Call) -> None:
    tenant = call.tenant
    domain = tenant.initial_domain
    verified = {"capabilities": "Email, OfficeCommunicationsOnline", "type": "Managed"}
    verified |= {"isDefault": True, "isInitial": True, "name": domain}
    call.insert(
        ORGANIZATION,
        {
            "id": tenant.tenant_id,
            "createdDateTime": now(),
            "displayName": tenant.subdomain.capitalize(),
            "countryLetterCode": "US",
            "preferredLanguage": "en",
            "tenantType": tenant.tenant_type,
            "verifiedDomains": [verified],
        },
    )
    call.insert(
        DOMAIN,
        {
            "id": domain,
            "isDefault": True,
            "isInitial": True,
            "isVerified": True,
            "supportedServices": ["Email", "OfficeCommunicationsOnline"],
        },
    )
    _insert_all(call, BUILT_IN, BUILT_IN_PROVIDERS)
    _insert_all(call, ATTRIBUTE, BUILT_IN_ATTRIBUTES)
    call.insert(SERVICE_PRINCIPAL, {"id": own_id(call, "Microsoft Graph"), **microsoft_graph()})
    own_application(call, _EXTENSIONS_APP)


def _insert_all(call: Call, type_: EntityType, docs: Iterable[Mapping[str, str]]) -> None:
    for doc in docs:
        call.insert(type_, dict(doc))


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
                scopes.append(
                    {
                        "adminConsentDescription": name,
                        "adminConsentDisplayName": name,
                        "id": key,
                        "type": "Admin",
                        "value": name,
                    }
                )
    return {
        "appDisplayName": "Microsoft Graph",
        "displayName": "Microsoft Graph",
        "appId": GRAPH_CLIENT_ID,
        "appOwnerOrganizationId": MICROSOFT_TENANT_ID,
        "appRoles": app_roles,
        "oauth2PermissionScopes": scopes,
        "createdDateTime": now(),
        "servicePrincipalNames": [
            GRAPH_CLIENT_ID,
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
        ],
        "signInAudience": "AzureADMultipleOrgs",
    }
