"""Client credentials: from a form to an access token with the claims of Entra's app-only tokens.

Source: Microsoft identity platform, "OAuth 2.0 client credentials flow" and "access token claims".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus
from uuid import uuid4

from localtenant.conditions import key_is
from localtenant.entities.applications.credentials import digest, moment
from localtenant.odata.types import child, children
from localtenant.signin import errors
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

LIFETIME = 3599
"""Seconds. Clients that renew early do so for lifetimes below twenty minutes."""

_DEFAULT = "/.default"
_V2 = 2


@dataclass(frozen=True)
class _Resource:
    audience: str
    principal: Json
    version: int


def client_credentials(
    tenant: Tenant, tx: Transaction, form: Mapping[str, str], authorization: str
) -> dict[str, Any]:
    """The token endpoint's answer to a client credentials request.

    ``authorization`` is the request's Authorization header, which may carry the client's ID and
    secret. Raises :class:`~localtenant.signin.errors.SignInError`.
    """
    client_id, secret = _client(form, authorization)
    grant_type = form.get("grant_type")
    if not grant_type:
        raise errors.parameter_missing("grant_type")
    if grant_type != "client_credentials":
        raise errors.unsupported_grant(grant_type)
    if not client_id:
        raise errors.parameter_missing("client_id")
    scope = form.get("scope", "").strip()
    if not scope:
        raise errors.parameter_missing("scope")
    application = tx.lookup("application", "appId", client_id)
    principal = tx.lookup("servicePrincipal", "appId", client_id)
    if application is None or principal is None or not principal["accountEnabled"]:
        raise errors.application_not_found(client_id, tenant.initial_domain)
    if "client_assertion" in form:
        raise errors.assertion_unsupported()
    if not secret:
        raise errors.credential_missing()
    _check_secret(tx, application, principal, secret)
    resource = _resource(tenant, tx, scope)
    lifetime, told = tenant.faults.token_lifetime() or (LIFETIME, LIFETIME)
    claims = _claims(tenant, tx, application, principal, resource, lifetime)
    return {
        "token_type": "Bearer",
        "expires_in": told,
        "ext_expires_in": told,
        "access_token": tenant.key.sign(claims),
    }


def _client(form: Mapping[str, str], authorization: str) -> tuple[str, str]:
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(credentials).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return unquote_plus(client_id), unquote_plus(secret)
    return form.get("client_id", ""), form.get("client_secret", "")


def _check_secret(tx: Transaction, application: Json, principal: Json, secret: str) -> None:
    found = digest(secret)
    for holder in (application, principal):
        kept = tx.secrets(holder["id"])
        for credential in holder["passwordCredentials"]:
            if hmac.compare_digest(kept.get(credential["keyId"], ""), found):
                if moment(credential["endDateTime"]) <= datetime.now(UTC):
                    raise errors.secret_expired(application["appId"])
                return
    raise errors.secret_invalid(application["appId"])


def _resource(tenant: Tenant, tx: Transaction, scope: str) -> _Resource:
    if " " in scope or not scope.endswith(_DEFAULT):
        raise errors.scope_invalid(scope)
    name = scope.removesuffix(_DEFAULT)
    graph = (*tenant.origins, "https://graph.microsoft.com", GRAPH_CLIENT_ID)
    if name.rstrip("/") in graph:
        found = tx.lookup("servicePrincipal", "appId", GRAPH_CLIENT_ID)
        version = 1
    else:
        found = tx.lookup("servicePrincipal", "servicePrincipalNames", name)
        application = tx.lookup("application", "appId", found["appId"]) if found else None
        version = (application or {}).get("api", {}).get("requestedAccessTokenVersion") or 1
    if found is None:
        raise errors.resource_not_found(name, tenant.initial_domain)
    audience = found["appId"] if version == _V2 else name
    return _Resource(audience, found, version)


def roles(tx: Transaction, principal: Json, resource: Json) -> list[str]:
    """The values of the resource's app roles that are assigned to a principal, sorted."""
    values = {r["id"]: r["value"] for r in resource["appRoles"] if r["isEnabled"]}
    rows = tx.find("appRoleAssignment", key_is("principalId", principal["id"]))
    assigned = {r.doc["appRoleId"] for r in rows if r.doc["resourceId"] == resource["id"]}
    return sorted(v for i, v in values.items() if i in assigned and v)


def _claims(
    tenant: Tenant,
    tx: Transaction,
    application: Json,
    principal: Json,
    resource: _Resource,
    lifetime: int,
) -> dict[str, Any]:
    issued = int(time.time())
    claims: dict[str, Any] = {
        "aud": resource.audience,
        "iss": issuer(tenant, resource.version),
        "iat": issued,
        "nbf": issued,
        "exp": issued + lifetime + 1,
    }
    common = {
        "oid": principal["id"],
        "roles": roles(tx, principal, resource.principal),
        "sub": principal["id"],
        "tid": tenant.tenant_id,
        "uti": uuid4().hex[:22],
    }
    if resource.version == _V2:
        claims |= {"azp": application["appId"], "azpacr": "1", **common, "ver": "2.0"}
    else:
        claims |= {
            "app_displayname": application["displayName"],
            "appid": application["appId"],
            "appidacr": "1",
            "idp": issuer(tenant, 1),
            **common,
            "tenant_region_scope": "WW",
            "ver": "1.0",
        }
    if not claims["roles"]:
        del claims["roles"]
    if resource.principal["appId"] == GRAPH_CLIENT_ID or _wants_idtyp(tx, resource.principal):
        claims["idtyp"] = "app"
    return claims


def _wants_idtyp(tx: Transaction, resource: Json) -> bool:
    """Whether the API asks for ``idtyp`` among the optional claims of its access tokens."""
    application = tx.lookup("application", "appId", resource["appId"])
    optional = child(application, "optionalClaims")
    return any(c["name"] == "idtyp" for c in children(optional, "accessToken"))


def issuer(tenant: Tenant, version: int) -> str:
    """Who issues tokens of a version: Entra's security token service for 1, the tenant for 2."""
    if version == _V2:
        return f"{tenant.url}/{tenant.tenant_id}/v2.0"
    return f"https://sts.windows.net/{tenant.tenant_id}/"
