"""What the tenant holds beside applications: itself, user flows, customers, and the rest by number.

Lists have a length that a page can bear; how many there are in all is told beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.conditions import Condition
from localtenant.entities.applications.application_type import APPLICATION
from localtenant.entities.branding.branding_type import DEFAULT_ID, LOCALIZATION
from localtenant.entities.branding.theme import THEME
from localtenant.entities.conditional_access.named_location import LOCATION
from localtenant.entities.conditional_access.policy_type import POLICY
from localtenant.entities.custom_extensions.extension_type import EXTENSION
from localtenant.entities.directory.domain import DOMAIN
from localtenant.entities.directory.organization import ORGANIZATION
from localtenant.entities.people.group_type import GROUP
from localtenant.entities.people.identities import EMAIL
from localtenant.entities.people.user_type import USER
from localtenant.entities.policies.method_types import METHOD
from localtenant.entities.principals.permission_grant import GRANT
from localtenant.entities.principals.role_assignment import ASSIGNMENT
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL
from localtenant.entities.sign_up.conditions import APPLICATIONS
from localtenant.entities.sign_up.identity_provider_type import PROVIDER
from localtenant.entities.sign_up.listener_type import LISTENER
from localtenant.entities.sign_up.pages import inputs_of
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE
from localtenant.entities.sign_up.user_flow_type import FLOW, PROVIDERS
from localtenant.odata.types import child
from localtenant.pages import accounts
from localtenant.signin.account_names import preferred_name

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

SHOWN = 50
"""How many of a list are shown."""

_CUSTOMERS = Condition(
    "EXISTS (SELECT 1 FROM keys WHERE keys.seq = o.seq AND keys.name = 'identityKeys'"
    " AND instr(keys.value, ?) = 1)",
    (f"{EMAIL}|".casefold(),),
)
_COUNTED = (
    ("Groups", GROUP, "groups"),
    ("Service principals", SERVICE_PRINCIPAL, "servicePrincipals"),
    ("Delegated permission grants", GRANT, "oauth2PermissionGrants"),
    ("App role assignments", ASSIGNMENT, "servicePrincipals/{id}/appRoleAssignments"),
    ("User flow attributes", ATTRIBUTE, "identity/userFlowAttributes"),
    ("Event listeners", LISTENER, "identity/authenticationEventListeners"),
    ("Custom authentication extensions", EXTENSION, "identity/customAuthenticationExtensions"),
    ("Conditional access policies", POLICY, "identity/conditionalAccess/policies"),
    ("Named locations", LOCATION, "identity/conditionalAccess/namedLocations"),
    ("Branding localizations", LOCALIZATION, "organization/{id}/branding/localizations"),
    ("Branding themes", THEME, "organization/{id}/branding/themes"),
)


@dataclass(frozen=True)
class Some:
    """The first of a list, and how many there are in all."""

    shown: list[dict[str, Any]]
    total: int


def about(tenant: Tenant, tx: Transaction) -> dict[str, Any]:
    """The tenant itself: name, IDs, domains, branding, and its methods that are enabled."""
    found = tx.get(ORGANIZATION.filed_as, tenant.tenant_id) or {}
    branding = tx.get(LOCALIZATION.filed_as, DEFAULT_ID) or {}
    methods = [r.doc for r in tx.find(METHOD.filed_as)]
    return {
        "name": found.get("displayName") or tenant.subdomain,
        "type": tenant.tenant_type,
        "domains": [d["id"] for d in (r.doc for r in tx.find(DOMAIN.filed_as, limit=SHOWN))],
        "methods": [m["id"] for m in methods if m.get("state") == "enabled"],
        "branding": [n for n, v in branding.items() if v and isinstance(v, str) and n != "id"],
    }


def endpoints(tenant: Tenant) -> list[tuple[str, str]]:
    """What clients are told of the tenant, as it was reached: names and addresses."""
    base = f"{tenant.url}/{tenant.tenant_id}"
    return [
        ("OpenID Connect discovery", f"{base}/v2.0/.well-known/openid-configuration"),
        ("Signing keys", f"{base}/discovery/v2.0/keys"),
        ("Authorize", f"{base}/oauth2/v2.0/authorize"),
        ("Token", f"{base}/oauth2/v2.0/token"),
        ("Microsoft Graph", f"{tenant.url}/v1.0"),
        ("Microsoft Graph, beta", f"{tenant.url}/beta"),
        ("Metadata of the cloud", f"{tenant.url}/metadata/endpoints"),
    ]


def flows(tx: Transaction) -> Some:
    """User flows: name, identity providers, attributes, applications, and whether one signs up."""
    rows = tx.find(FLOW.filed_as, limit=SHOWN)
    return Some([_flow(tx, r.doc) for r in rows], tx.count(FLOW.filed_as))


def _flow(tx: Transaction, doc: Json) -> dict[str, Any]:
    kind = child(doc, "onUserCreateStart").get("userTypeToCreate")
    applications = tx.targets(doc["id"], APPLICATIONS.name)
    return {
        "id": doc["id"],
        "name": doc["displayName"],
        "providers": [_provider(tx, p) for p in tx.targets(doc["id"], PROVIDERS.name)],
        "attributes": [
            (i["label"] or i["attribute"], bool(i["required"]))
            for i in inputs_of(child(doc, "onAttributeCollection"))
            if not i["hidden"]
        ],
        "applications": [_application(tx, a) for a in applications[:SHOWN]],
        "more": max(0, len(applications) - SHOWN),
        "sign_up": child(doc, "onInteractiveAuthFlowStart").get("isSignUpAllowed", True),
        "makes": str(kind or "member"),
    }


def _provider(tx: Transaction, key: str) -> str:
    return str((tx.get(PROVIDER.filed_as, key) or {}).get("displayName") or key)


def _application(tx: Transaction, client_id: str) -> tuple[str, str]:
    found = tx.lookup(APPLICATION.filed_as, "appId", client_id)
    return client_id, str(found["displayName"] if found else client_id)


def customers(tx: Transaction) -> Some:
    """Who signs in with an email address, the newest first, and by what."""
    rows = tx.find(USER.filed_as, _CUSTOMERS, order="o.seq DESC", limit=SHOWN)
    shown = [
        {
            "email": preferred_name(r.doc),
            "name": r.doc["displayName"],
            "method": "password" if accounts.has_password(tx, r.doc) else "passcode",
            "enabled": r.doc["accountEnabled"] is not False,
        }
        for r in rows
    ]
    return Some(shown, tx.count(USER.filed_as, _CUSTOMERS))


def providers(tx: Transaction) -> Some:
    """Identity providers: name, type, and in how many user flows."""
    shown = [
        {
            "id": r.doc["id"],
            "name": r.doc["displayName"],
            "type": r.doc.get("identityProviderType")
            or str(r.doc.get("@odata.type", "")).rpartition(".")[2],
            "flows": len(tx.sources(PROVIDERS.name, r.doc["id"])),
        }
        for r in tx.find(PROVIDER.filed_as, limit=SHOWN)
    ]
    return Some(shown, tx.count(PROVIDER.filed_as))


def numbers(tx: Transaction) -> list[tuple[str, int, str]]:
    """What else there is: a name, how many, and where Graph has it."""
    users = ("Users, customers included", tx.count(USER.filed_as), "users")
    return [users, *((name, tx.count(t.filed_as), path) for name, t, path in _COUNTED)]
