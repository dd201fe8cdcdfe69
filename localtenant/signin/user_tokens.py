"""Tokens for users: access tokens of both versions, ID tokens, and ``client_info``.

Source: Microsoft identity platform, "access token claims reference", "ID token claims reference"
and "optional claims reference", and decoded tokens of the real service.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.entities.people.memberships import MEMBERS
from localtenant.signin import claims_mapping, optional_claims, policies, tokens
from localtenant.signin.account_names import address, preferred_name
from localtenant.signin.claims_mapping import Parties
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localtenant.odata.types import Json
    from localtenant.signin.credentials import Client
    from localtenant.signin.scopes import Granted
    from localtenant.signin.sessions import Session
    from localtenant.signin.tokens import Resource
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_V2 = 2
ID_LIFETIME = 3600
"""Seconds."""


@dataclass(frozen=True)
class Subject:
    """The user that a token is about, how he signed in, and the client that the token is for.

    ``in_address`` if the token comes in an address, in which there is little room.
    """

    user: Json
    session: Session
    client: Client
    in_address: bool = False


def access_claims(
    tenant: Tenant, tx: Transaction, subject: Subject, granted: Granted, lifetime: int
) -> dict[str, Any]:
    """The claims of an access token that a user gave a client, which lives ``lifetime`` seconds.

    Raises SignInError.
    """
    resource, user = granted.resource, subject.user
    common: dict[str, Any] = {
        # What the service itself wants to know again; here, how the user has proved who he is.
        "aio": encoded(json.dumps(subject.session.methods).encode()),
        "name": user["displayName"],
        "oid": user["id"],
        "scp": " ".join(granted.values),
        "sid": subject.session.sid,
        "sub": pairwise(user["id"], resource.principal["appId"]),
        "tid": tenant.tenant_id,
        "uti": tokens.unique(),
    }
    if held := tokens.roles(tx, holders(tx, user["id"]), resource.principal):
        common["roles"] = held
    if resource.principal["appId"] == GRAPH_CLIENT_ID:
        common["idtyp"] = "user"
    application = tx.lookup("application", "appId", resource.principal["appId"])
    if subject.session.idp is not None:
        common["idp"] = subject.session.idp
    claims = {
        **tokens.times(tenant, resource, lifetime),
        **_of_version(subject, resource),
        **common,
        **optional_claims.of(tenant, tx, application, "accessToken", subject),
    }
    return _mapped(tx, claims, subject, resource.principal)


def id_claims(
    tenant: Tenant,
    tx: Transaction,
    subject: Subject,
    scopes: Sequence[str],
    *,
    nonce: str | None = None,
    timed: bool = False,
) -> dict[str, Any]:
    """The claims of an ID token; ``timed`` for one that says when the user signed in.

    Raises SignInError.
    """
    user, client = subject.user, subject.client
    own = tokens.Resource(client.application["appId"], client.principal, _V2)
    claims: dict[str, Any] = {
        **tokens.times(tenant, own, (policies.lifetime(tx, client.principal) or ID_LIFETIME) - 1),
        "oid": user["id"],
        "sid": subject.session.sid,
        "sub": pairwise(user["id"], own.audience),
        "tid": tenant.tenant_id,
        "uti": tokens.unique(),
        "ver": "2.0",
    }
    if "profile" in scopes:
        claims |= {"name": user["displayName"], "preferred_username": preferred_name(user)}
    if "email" in scopes and address(user):
        claims["email"] = address(user)
    if nonce is not None:
        claims["nonce"] = nonce
    if subject.session.idp is not None:
        claims["idp"] = subject.session.idp
    if timed:
        claims["auth_time"] = subject.session.auth_time
    if held := tokens.roles(tx, holders(tx, user["id"]), client.principal):
        claims["roles"] = held
    claims |= optional_claims.of(tenant, tx, client.application, "idToken", subject)
    return _mapped(tx, claims, subject, client.principal)


def holders(tx: Transaction, user_id: str) -> list[str]:
    """Who may hold a role for a user: himself, and the groups of which he is directly a member."""
    return [user_id, *(g for g in tx.sources(MEMBERS, user_id) if tx.get("group", g))]


def methods_of(claims: dict[str, Any]) -> list[str]:
    """The methods by which the user of an access token of this tenant has signed in."""
    return json.loads(decoded(claims["aio"])) if "aio" in claims else []


def client_info(tenant: Tenant, user_id: str) -> str:
    """What tells client libraries whose account this is: ``uid`` and ``utid`` in base64url."""
    return encoded(json.dumps({"uid": user_id, "utid": tenant.tenant_id}).encode())


def half_hash(value: str) -> str:
    """``c_hash`` or ``at_hash`` of a code or an access token (OpenID Connect Core, 3.3.2.11)."""
    return encoded(hashlib.sha256(value.encode()).digest()[:16])


def pairwise(user_id: str, client_id: str) -> str:
    """``sub``: who the user is to one application tells nothing to another."""
    return encoded(hashlib.sha256(f"{user_id} {client_id}".encode()).digest())


def encoded(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _mapped(
    tx: Transaction, claims: dict[str, Any], subject: Subject, audience: Json
) -> dict[str, Any]:
    parties = Parties(subject.user, subject.client.principal, audience)
    return claims_mapping.mapped(tx, claims, parties)


def _of_version(subject: Subject, resource: Resource) -> dict[str, Any]:
    application, user = subject.client.application, subject.user
    if resource.version == _V2:
        return {
            "azp": application["appId"],
            "azpacr": subject.client.strength,
            "preferred_username": preferred_name(user),
            "ver": "2.0",
        }
    return {
        "acr": "1",
        "amr": subject.session.methods,
        "app_displayname": application["displayName"],
        "appid": application["appId"],
        "appidacr": subject.client.strength,
        "tenant_region_scope": "WW",
        "unique_name": user["userPrincipalName"],
        "upn": user["userPrincipalName"],
        "ver": "1.0",
    }
