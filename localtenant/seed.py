"""What every tenant holds from its first start: the organization, Microsoft's objects, a deployer.

Later starts find it all in place; they only make the applications that ``--client`` asks for.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localtenant.conditions import key_is
from localtenant.entities import MODEL
from localtenant.entities.applications.application_template import TEMPLATE, TEMPLATES
from localtenant.entities.applications.credentials import digest, new_password
from localtenant.entities.directory.domain import DOMAIN
from localtenant.entities.directory.organization import ORGANIZATION, verified_domain
from localtenant.entities.policies.seeded import SEEDED_POLICIES
from localtenant.entities.principals import first_party
from localtenant.entities.principals.role_assignment import ASSIGNMENT
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL, copied
from localtenant.entities.sign_up.identity_provider import BUILT_IN_PROVIDERS
from localtenant.entities.sign_up.identity_provider_type import PROVIDER
from localtenant.entities.sign_up.sign_in_identifier import IDENTIFIER, IDENTIFIERS
from localtenant.entities.sign_up.user_flow_attribute import (
    ATTRIBUTE,
    BUILT_IN_ATTRIBUTES,
    EXTENSIONS_APP,
)
from localtenant.odata.answers import now
from localtenant.odata.call import Call, Caller
from localtenant.odata.request import Request
from localtenant.ready import Client
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from localtenant.odata.types import EntityType, Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

DEPLOYER = "Pulumi deployer"
DEPLOYER_ROLES = (
    "Application.ReadWrite.OwnedBy",
    "DelegatedPermissionGrant.ReadWrite.All",
    "EventListener.ReadWrite.All",
    "Organization.Read.All",
)
_LAST_DAY = "2299-12-31T00:00:00Z"


class UnknownPermissionError(Exception):
    """``--client`` names a permission that Microsoft Graph does not have."""


def seed(
    tenant: Tenant, tx: Transaction, clients: Mapping[str, Iterable[str]]
) -> dict[str, Client]:
    """Fill a new tenant, and make or update ``clients`` (names to Graph application permissions).

    Returns the applications that can sign in, the deployer among them, by name.
    """
    nobody = Caller("", "", frozenset())
    call = Call(tenant, MODEL, tx, nobody, Request("GET", ""), tenant.url, beta=False)
    if tx.setting("seeded") is None:
        _fill(call)
        tx.keep_setting("seeded", now())
    wanted = {DEPLOYER: DEPLOYER_ROLES, **clients}
    return {name: _client(call, name, tuple(roles)) for name, roles in wanted.items()}


def _fill(call: Call) -> None:
    tenant = call.tenant
    domain = tenant.initial_domain
    call.insert(
        ORGANIZATION,
        {
            "id": tenant.tenant_id,
            "createdDateTime": now(),
            "displayName": tenant.subdomain.capitalize(),
            "countryLetterCode": "US",
            "preferredLanguage": "en",
            "tenantType": tenant.tenant_type,
            "verifiedDomains": [verified_domain(domain, initial=True)],
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
    _insert_all(call, PROVIDER, BUILT_IN_PROVIDERS)
    _insert_all(call, IDENTIFIER, IDENTIFIERS)
    _insert_all(call, ATTRIBUTE, BUILT_IN_ATTRIBUTES)
    for type_, docs in SEEDED_POLICIES:
        _insert_all(call, type_, docs)
    _insert_all(call, SERVICE_PRINCIPAL, first_party.seeded())
    _insert_all(call, TEMPLATE, TEMPLATES)
    _application(call, EXTENSIONS_APP)


def _insert_all(call: Call, type_: EntityType, docs: Iterable[Mapping[str, Any]]) -> None:
    for doc in docs:
        call.insert(type_, dict(doc))


def _application(call: Call, name: str) -> Json:
    type_ = MODEL.entities["application"].type
    return call.insert(
        type_,
        {
            "appId": str(uuid4()),
            "createdDateTime": now(),
            "displayName": name,
            "publisherDomain": call.tenant.initial_domain,
            "signInAudience": "AzureADMyOrg",
        },
    )


def _client(call: Call, name: str, roles: tuple[str, ...]) -> Client:
    kept = call.tx.setting(f"client:{name}")
    client = Client(**json.loads(kept)) if kept else _new_client(call, name)
    if call.tx.get("servicePrincipal", client.objectId) is None:
        client = _new_client(call, name)
    _assign(call, client, name, roles)
    return client


def _new_client(call: Call, name: str) -> Client:
    application = _application(call, name)
    credential, secret = new_password(
        {"displayName": "made by the local tenant", "endDateTime": _LAST_DAY},
        application["appId"],
    )
    application["passwordCredentials"] = [credential]
    call.replace(MODEL.entities["application"].type, application)
    call.tx.keep_secret(application["id"], credential["keyId"], digest(secret))
    principal = call.insert(
        SERVICE_PRINCIPAL,
        {
            **copied(application),
            "createdDateTime": now(),
            "appOwnerOrganizationId": call.tenant.tenant_id,
        },
    )
    client = Client(application["appId"], secret, principal["id"])
    call.tx.keep_setting(f"client:{name}", json.dumps(client.__dict__))
    return client


def _assign(call: Call, client: Client, name: str, roles: tuple[str, ...]) -> None:
    """Give a client exactly the Graph permissions ``roles``."""
    graph = call.tx.lookup("servicePrincipal", "appId", GRAPH_CLIENT_ID) or {}
    by_value = {r["value"]: r["id"] for r in graph["appRoles"]}
    unknown = [r for r in roles if r not in by_value]
    if unknown:
        message = f"Microsoft Graph has no application permission '{unknown[0]}' (client {name})."
        raise UnknownPermissionError(message)
    wanted = {by_value[r] for r in roles}
    rows = call.tx.find(ASSIGNMENT.filed_as, key_is("principalId", client.objectId))
    for row in rows:
        if row.doc["resourceId"] == graph["id"] and row.doc["appRoleId"] not in wanted:
            call.tx.remove(ASSIGNMENT.filed_as, row.doc["id"])
    held = {r.doc["appRoleId"] for r in rows if r.doc["resourceId"] == graph["id"]}
    for role_id in sorted(wanted - held):
        call.insert(
            ASSIGNMENT,
            {
                "id": secrets.token_urlsafe(32),
                "appRoleId": role_id,
                "createdDateTime": now(),
                "principalDisplayName": name,
                "principalId": client.objectId,
                "principalType": "ServicePrincipal",
                "resourceDisplayName": graph["displayName"],
                "resourceId": graph["id"],
            },
        )
