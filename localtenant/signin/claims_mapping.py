"""Claims that a token has because a claims mapping policy says so.

Source: Microsoft identity platform, "claims mapping policy type" and "customize claims issued in
the JSON web token". The policy is that of the service principal for which a token is: the client's
for an ID token, the API's for an access token. A claim of a custom claims provider has no value.
An application's own signing key lets its claims in, but its tokens are signed by the tenant, whose
state has no private keys of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from localtenant.entities.applications.credentials import moment
from localtenant.odata.types import child, children
from localtenant.signin import errors, policies
from localtenant.signin.claim_sources import value_of
from localtenant.signin.claim_transformations import transformed
from localtenant.signin.json_objects import objects
from localtenant.signin.restricted_claims import is_restricted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

_BASIC = ("name",)
"""The basic claim set, of the claims that the tenant's tokens have."""

_V2 = 2


@dataclass(frozen=True)
class Parties:
    """Whom a token is about, if about a user, and the service principals that have to do with it.

    ``client`` asked for it, and for ``audience`` it is: the API, or for an ID token the client.
    """

    user: Json | None
    client: Json
    audience: Json

    @property
    def sources(self) -> dict[str, Json | None]:
        """The parties by the names that a claims schema has for them."""
        return {
            "user": self.user,
            "application": self.client,
            "resource": self.audience,
            "audience": self.audience,
        }


def mapped(tx: Transaction, claims: dict[str, Any], parties: Parties) -> dict[str, Any]:
    """The claims of a token as the audience's policy changes them. Raises SignInError."""
    audience = parties.audience
    application = tx.lookup("application", "appId", audience["appId"])
    policy = policies.claims_mapping(tx, audience) if application else None
    if policy is None or application is None:
        return claims
    if not _may_be_mapped(application, audience):
        raise errors.signing_key_missing()
    if str(policy.get("includebasicclaimset", True)).lower() == "false":
        claims = {name: value for name, value in claims.items() if name not in _BASIC}
    return claims | _made(tx, policy, parties)


def _may_be_mapped(application: Json, principal: Json) -> bool:
    """Whether mapped claims are let in: by the application's manifest, or a signing key of its own.

    The manifest has to ask for tokens of version 2, too.
    """
    api = child(application, "api")
    if api.get("acceptMappedClaims") and api.get("requestedAccessTokenVersion") == _V2:
        return True
    now = datetime.now(UTC)
    keys = (k for k in children(principal, "keyCredentials") if k["usage"] == "Sign")
    return any(moment(k["startDateTime"]) <= now < moment(k["endDateTime"]) for k in keys)


def _made(tx: Transaction, policy: Json, parties: Parties) -> dict[str, Any]:
    """The claims that the schema names; those without a value are left out."""
    entries = [e for e in objects(policy.get("claimsschema")) if e]
    values: dict[str, Any] = {}
    for entry in entries:
        if _source(entry) != "transformation":
            values[_id(entry)] = value_of(tx, entry, parties.sources)
    methods = objects(policy.get("claimstransformation"))
    made: dict[str, Any] = {}
    for entry in entries:
        value = values.get(_id(entry))
        if _source(entry) == "transformation":
            wanted = str(entry.get("transformationid", ""))
            value = next((transformed(m, values) for m in methods if m.get("id") == wanted), None)
        name = entry.get("jwtclaimtype")
        if isinstance(name, str) and name and value is not None and not is_restricted(name):
            made[name] = value
    return made


def _source(entry: Mapping[str, Any]) -> str:
    return str(entry.get("source", "")).lower()


def _id(entry: Mapping[str, Any]) -> str:
    """What transformations call an entry; one without any name is called by its place."""
    return str(entry.get("id") or entry.get("extensionid") or id(entry)).lower()
