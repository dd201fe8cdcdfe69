"""Applications as the tenant page tells of them: what they are, may do, offer, and have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.conditions import Condition, fold, key_is
from localtenant.entities.applications.application_type import APPLICATION
from localtenant.entities.principals.permission_grant import GRANT
from localtenant.entities.principals.role_assignment import ASSIGNMENT
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL
from localtenant.entities.sign_up.conditions import APPLICATIONS
from localtenant.entities.sign_up.user_flow_type import FLOW
from localtenant.odata.types import child
from localtenant.signin.authorization import PUBLIC, SPA, WEB

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

PLATFORMS = {WEB: "web", SPA: "single-page", PUBLIC: "public"}
_ORDER = "fold(json_extract({0}.doc, '$.displayName')), {0}.seq"
_HOLDS = (
    "(instr(fold(json_extract({0}.doc, '$.displayName')), ?) > 0"
    " OR instr(json_extract({0}.doc, '$.appId'), ?) > 0)"
)


@dataclass(frozen=True)
class Credential:
    """A secret or a certificate: what tells it from others, never what it is, and when it ends."""

    kind: str
    name: str
    hint: str
    ends: str


@dataclass(frozen=True)
class Application:
    """An application; ``principal`` is its service principal, None if it has none.

    ``redirect_uris`` are pairs of platform and URI, ``consents`` and ``assigned`` pairs of a
    resource's name and what is granted of it, to everybody or a user, or to the application.
    """

    doc: Json
    principal: Json | None
    kinds: list[str]
    flows: list[str]
    redirect_uris: list[tuple[str, str]]
    credentials: list[Credential]
    consents: list[tuple[str, str]]
    assigned: list[tuple[str, str]]

    @property
    def signs_nobody_in(self) -> str:
        """Why no customer can sign in to it on the pages; empty where one can."""
        if self.principal is None:
            return "has no service principal: nobody can sign in to it"
        if not self.redirect_uris:
            return "has no redirect URI: customers do not sign in to it here"
        return ""


def count(tx: Transaction, holding: str = "") -> int:
    """How many applications there are whose name or client ID holds a text."""
    return tx.count(APPLICATION.filed_as, _where(holding, "o"))


def listed(tx: Transaction, holding: str, start: int, number: int) -> list[Application]:
    """Some of the applications whose name or client ID holds a text, in the order of names."""
    inner = _where(holding, "p")
    some = Condition(
        "o.seq IN (SELECT p.seq FROM objects AS p"  # noqa: S608 - what is asked is a parameter
        " WHERE p.kind = o.kind AND p.deleted IS NULL"
        f" AND {inner.sql} ORDER BY {_ORDER.format('p')} LIMIT ? OFFSET ?)",
        (*inner.parameters, number, start),
    )
    rows = tx.find(APPLICATION.filed_as, some, order=_ORDER.format("o"))
    return [_read(tx, row.doc) for row in rows]


def find(tx: Transaction, client_id: str) -> Application | None:
    """The application with a client ID."""
    doc = tx.lookup(APPLICATION.filed_as, "appId", client_id)
    return _read(tx, doc) if doc else None


def _where(holding: str, table: str) -> Condition:
    if not holding:
        return Condition("1")
    return Condition(_HOLDS.format(table), (fold(holding), holding.lower()))


def _read(tx: Transaction, doc: Json) -> Application:
    principal = tx.lookup(SERVICE_PRINCIPAL.filed_as, "appId", doc["appId"])
    flows = (tx.get(FLOW.filed_as, key) for key in tx.sources(APPLICATIONS.name, doc["appId"]))
    assigned = _assigned(tx, principal) if principal else []
    holders = [doc, *([principal] if principal else [])]
    credentials = [c for holder in holders for c in _credentials(holder)]
    uris = [(p, uri) for p in PLATFORMS for uri in doc[p]["redirectUris"]]
    return Application(
        doc=doc,
        principal=principal,
        kinds=_kinds(doc, uris, is_daemon=bool((credentials and not uris) or assigned)),
        flows=[f["displayName"] for f in flows if f],
        redirect_uris=[(PLATFORMS[p], uri) for p, uri in uris],
        credentials=credentials,
        consents=_consents(tx, principal) if principal else [],
        assigned=assigned,
    )


def _kinds(doc: Json, uris: list[tuple[str, str]], *, is_daemon: bool) -> list[str]:
    found = list(dict.fromkeys(PLATFORMS[platform] for platform, _ in uris))
    if doc["isFallbackPublicClient"] and PLATFORMS[PUBLIC] not in found:
        found.append(PLATFORMS[PUBLIC])
    if child(doc, "api").get("oauth2PermissionScopes") or doc["appRoles"] or doc["identifierUris"]:
        found.append("API")
    if is_daemon:
        found.append("daemon")
    return found


def _credentials(holder: Json) -> list[Credential]:
    secrets = [
        Credential("secret", c["displayName"] or "", c["hint"] or "", c["endDateTime"] or "")
        for c in holder["passwordCredentials"]
    ]
    keys = [
        Credential(
            "certificate", c["displayName"] or "", (c["keyId"] or "")[:8], c["endDateTime"] or ""
        )
        for c in holder["keyCredentials"]
    ]
    return secrets + keys


def _consents(tx: Transaction, principal: Json) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for row in tx.find(GRANT.filed_as, key_is("clientId", principal["id"])):
        whom = "everybody" if row.doc["principalId"] is None else "one user"
        scopes = " ".join((row.doc["scope"] or "").split())
        found.append((_name(tx, row.doc["resourceId"]), f"{scopes} ({whom})"))
    return found


def _assigned(tx: Transaction, principal: Json) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for row in tx.find(ASSIGNMENT.filed_as, key_is("principalId", principal["id"])):
        resource = tx.get(SERVICE_PRINCIPAL.filed_as, row.doc["resourceId"])
        if resource is None:
            continue
        roles = {r["id"]: r["value"] for r in resource["appRoles"]}
        role = roles.get(row.doc["appRoleId"]) or "default access"
        found.setdefault(resource["displayName"], []).append(role)
    return [(name, " ".join(sorted(roles))) for name, roles in found.items()]


def _name(tx: Transaction, principal_id: str) -> str:
    found = tx.get(SERVICE_PRINCIPAL.filed_as, principal_id)
    return str(found["displayName"]) if found else principal_id
