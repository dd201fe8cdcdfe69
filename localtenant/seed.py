"""What every tenant holds from its first start: the organization, Microsoft's objects, a deployer.

Later starts find it all in place; they only make the applications that ``--client`` asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from localtenant.entities import MODEL
from localtenant.entities.directory.domain import DOMAIN
from localtenant.entities.directory.organization import ORGANIZATION, verified_domain
from localtenant.entities.principals import first_party
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL
from localtenant.entities.sign_up.user_flow_attribute import EXTENSIONS_APP
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
"""The setting that says with which version of what follows the tenant was filled."""

_VERSION = "2"
"""To be raised with every change of what a tenant begins with."""


def seed(
    tenant: Tenant, tx: Transaction, clients: Mapping[str, Iterable[str]]
) -> dict[str, Client]:
    """Fill a new tenant, and make or update ``clients`` (names to Graph application permissions).

    Returns the applications that can sign in, the deployer among them, by name.
    """
    nobody = Caller("", "", frozenset())
    call = Call(tenant, MODEL, tx, nobody, Request("GET", ""), tenant.url, beta=False)
    if tx.setting(SEEDED) != _VERSION:
        _fill(call)
        tx.keep_setting(SEEDED, _VERSION)
    wanted = {DEPLOYER: DEPLOYER_ROLES, **clients}
    return {name: have_client(call, name, tuple(roles)) for name, roles in wanted.items()}


def _fill(call: Call) -> None:
    """Have everything in the tenant that it begins with, also in one that an older version made.

    What Microsoft alone can change is as it is today; what the tenant may have changed stays.
    """
    tenant = call.tenant
    domain = tenant.initial_domain
    organization = {
        "id": tenant.tenant_id,
        "createdDateTime": now(),
        "displayName": tenant.subdomain.capitalize(),
        "countryLetterCode": "US",
        "preferredLanguage": "en",
        "tenantType": tenant.tenant_type,
        "verifiedDomains": [verified_domain(domain, initial=True)],
    }
    initial = {
        "id": domain,
        "isDefault": True,
        "isInitial": True,
        "isVerified": True,
        "supportedServices": ["Email", "OfficeCommunicationsOnline"],
    }
    _have(call, ORGANIZATION, [organization])
    _have(call, DOMAIN, [initial])
    for one in MODEL.seeded:
        _have(call, one.type, one.objects, fixed=one.fixed)
    for principal in first_party.seeded():
        if call.tx.lookup(SERVICE_PRINCIPAL.filed_as, "appId", principal["appId"]) is None:
            call.insert(SERVICE_PRINCIPAL, {"id": own_id(call, principal["appId"]), **principal})
    if call.tx.lookup("application", "displayName", EXTENSIONS_APP) is None:
        own_application(call, EXTENSIONS_APP)


def _have(
    call: Call, type_: EntityType, docs: Iterable[Mapping[str, Any]], *, fixed: bool = False
) -> None:
    """Have these objects; what is there already is left alone, or replaced if it is ``fixed``."""
    for number, doc in enumerate(docs):
        same = {type_.key: own_id(call, f"{type_.name} {number}")} if type_.guid_key else {}
        wanted = {**same, **doc}
        if call.tx.get(type_.filed_as, wanted[type_.key]) is None:
            call.insert(type_, wanted)
        elif fixed:
            call.replace(type_, {type_.key: wanted[type_.key], **type_.complete(wanted)})
