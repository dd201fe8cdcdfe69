"""What every tenant holds from its first start: the organization, Microsoft's objects, a deployer.

Later starts find it all in place; they only make the applications that ``--client`` asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.entities import MODEL
from localtenant.entities.applications.application_template import TEMPLATE, TEMPLATES
from localtenant.entities.directory.domain import DOMAIN
from localtenant.entities.directory.organization import ORGANIZATION, verified_domain
from localtenant.entities.policies.seeded import SEEDED_POLICIES
from localtenant.entities.principals import first_party
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL
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
from localtenant.seed_clients import DEPLOYER, DEPLOYER_ROLES, have_client, own_application, own_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from localtenant.odata.types import EntityType
    from localtenant.ready import Client
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

SEEDED = "seeded"
"""The setting that says when the tenant was filled."""


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
    for principal in first_party.seeded():
        call.insert(SERVICE_PRINCIPAL, {"id": own_id(call, principal["appId"]), **principal})
    _insert_all(call, TEMPLATE, TEMPLATES)
    own_application(call, EXTENSIONS_APP)


def _insert_all(call: Call, type_: EntityType, docs: Iterable[Mapping[str, Any]]) -> None:
    for number, doc in enumerate(docs):
        same = {type_.key: own_id(call, f"{type_.name} {number}")} if type_.guid_key else {}
        call.insert(type_, {**same, **doc})
