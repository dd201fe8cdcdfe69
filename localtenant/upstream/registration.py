"""The tenant as somebody else's provider: another local tenant is registered as an application.

It gets what it needs to sign customers in by this one: a redirect URI, a secret, consent to the
scopes of OpenID Connect, and ID tokens that tell names and a verified email address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.types import child
from localtenant.own_requests import carry_out
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_MAY = frozenset({"Application.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All"})
_CLAIMS = ("email", "family_name", "given_name", "xms_edov")
_SCOPE = "openid profile email"
_NAME = "Another local tenant"


def redirect_uris(tenant: Tenant) -> list[str]:
    """Where providers send browsers back to, whichever of its names the browser has used."""
    own = tenant.addresses.url
    numbered = own.replace("localhost", "127.0.0.1")
    aliases = [own.replace("localhost", alias) for alias in tenant.addresses.aliases]
    return [f"{o}/{tenant.tenant_id}/federation/oauth2" for o in (own, numbered, *aliases)]


def register(tenant: Tenant, tx: Transaction, uris: Sequence[str]) -> dict[str, str]:
    """Register who has these redirect URIs, once: ``issuer``, ``clientId`` and ``clientSecret``.

    The secret is a new one each time, and those before stay good. The issuer's name is one whose
    cookies are not those of ``localhost``. Raises GraphError.
    """
    application = _registered(tx, uris) or _made(tenant, tx, uris)
    path = f"/applications/{application['id']}/addPassword"
    secret = carry_out(tenant, tx, "POST", path, {"passwordCredential": {}}, _MAY)
    host = tenant.addresses.url.replace("localhost", "127.0.0.1")
    return {
        "issuer": f"{host}/{tenant.tenant_id}/v2.0",
        "clientId": application["appId"],
        "clientSecret": secret["secretText"],
    }


def _registered(tx: Transaction, uris: Sequence[str]) -> Json | None:
    known = (row.doc for row in tx.find("application"))
    return next((a for a in known if child(a, "web").get("redirectUris") == list(uris)), None)


def _made(tenant: Tenant, tx: Transaction, uris: Sequence[str]) -> Json:
    body: Json = {
        "displayName": _NAME,
        "signInAudience": "AzureADMyOrg",
        "web": {"redirectUris": list(uris)},
        "optionalClaims": {"idToken": [{"name": name} for name in _CLAIMS]},
    }
    application = carry_out(tenant, tx, "POST", "/applications", body, _MAY)
    named = {"appId": application["appId"]}
    principal = carry_out(tenant, tx, "POST", "/servicePrincipals", named, _MAY)
    graph = tx.lookup("servicePrincipal", "appId", GRAPH_CLIENT_ID) or {}
    grant: Json = {
        "clientId": principal["id"],
        "consentType": "AllPrincipals",
        "resourceId": graph["id"],
        "scope": _SCOPE,
    }
    carry_out(tenant, tx, "POST", "/oauth2PermissionGrants", grant, _MAY)
    return application
