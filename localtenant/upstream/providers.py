"""Identity providers as a sign-in needs them: whom to ask, as which client, and what for.

Source: "Add Google", "Add Facebook", "Add Apple" and "Add OpenID Connect as an identity provider"
and "OpenID Connect claims mapping" in the documentation of external tenants.

Facebook is no OpenID provider: Entra signs in there by OAuth, and asks its Graph API (``/me``) who
it was. What stands in for it on this machine is an OpenID issuer nevertheless, whose ID token's
``sub`` is taken for the user's ID at Facebook. So what is true here of Facebook is what a customer,
an application and Graph see of it; what Facebook itself is asked is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from localtenant.entities.sign_up import provider_secrets
from localtenant.entities.sign_up.identity_provider_type import APPLE, BUILT_IN, OIDC, PROVIDER
from localtenant.odata.types import child
from localtenant.upstream import stand_ins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

_DISCOVERY = "/.well-known/openid-configuration"
_SCOPE = "openid profile email"
"""What a social provider's stand-in is asked for. Entra's own scopes there are not known."""

_ISSUERS = {
    "google": "https://accounts.google.com",
    "facebook": "https://www.facebook.com",
    "apple": "https://appleid.apple.com",
}
_STANDARD = (
    "sub", "name", "given_name", "family_name", "email", "email_verified", "street_address",
    "locality", "region", "postal_code", "country",
)  # fmt: skip


@dataclass(frozen=True)
class Provider:
    """An identity provider that a user flow offers.

    ``issuer`` is what Graph's identities and the claim ``idp`` call it: ``google.com``, or the URL
    of an OpenID provider. ``signer`` is the ``iss`` of its ID tokens, ``well_known`` the address of
    its discovery document, ``trust`` as in :class:`StandIn`. ``claims`` maps standard claims to
    the provider's own. ``key_id`` and ``team`` are Apple's, whose ``secret`` is a private key.
    """

    key: str
    name: str
    kind: str
    issuer: str
    signer: str
    well_known: str
    client_id: str
    scope: str
    secret: str | None = field(repr=False)
    claims: Mapping[str, str]
    trust: str = ""
    key_id: str = ""
    team: str = ""

    @property
    def is_custom(self) -> bool:
        """Whether it is an OpenID provider of one's own."""
        return self.kind == OIDC.name

    @property
    def stood_in_as(self) -> str:
        """The name by which a stand-in is found."""
        return self.issuer if self.is_custom else self.kind

    def is_hinted(self, hint: str) -> bool:
        """Whether a ``domain_hint`` means the provider.

        Documented are ``Google``, ``Facebook`` and ``Apple``, and of an OpenID provider the domain
        of its issuer. That the value of the claim ``idp`` does, too, is inferred.
        """
        meant = {self.kind, self.issuer.lower()}
        if self.is_custom:
            meant = {self.issuer.lower(), urlsplit(self.issuer).hostname}
        return hint.lower() in meant


def provider_of(tx: Transaction, key: str) -> Provider | None:
    """The provider with an ID, or None for none, and for what is built in."""
    doc = tx.get(PROVIDER.filed_as, key)
    if doc is None or PROVIDER.actual(doc) is BUILT_IN:
        return None
    made = _made(doc, provider_secrets.secret_of(tx, key))
    found = stand_ins.find(tx, made.stood_in_as)
    if found is None:
        return made
    own = found.issuer == made.signer
    return replace(
        made,
        signer=found.issuer,
        well_known=made.well_known if own else _discovery(found.issuer),
        trust=found.trust,
        client_id=found.clientId or made.client_id,
        secret=found.clientSecret or made.secret,
        # A secret that is a text is no key to make one of.
        key_id="" if found.clientSecret else made.key_id,
    )


def _made(doc: Json, secret: str | None) -> Provider:
    type_ = PROVIDER.actual(doc)
    if type_ is OIDC:
        return Provider(
            key=doc["id"],
            name=doc["displayName"] or doc["issuer"],
            kind=OIDC.name,
            issuer=doc["issuer"],
            signer=doc["issuer"],
            well_known=doc["wellKnownEndpoint"],
            client_id=doc["clientId"],
            scope=doc["scope"],
            secret=secret,
            claims=_mapping(doc),
        )
    kind = "apple" if type_ is APPLE else str(doc["identityProviderType"]).lower()
    return Provider(
        key=doc["id"],
        name=doc["displayName"] or kind.capitalize(),
        kind=kind,
        issuer=f"{kind}.com",
        signer=_ISSUERS[kind],
        well_known=_discovery(_ISSUERS[kind]),
        client_id=doc["serviceId"] if type_ is APPLE else doc["clientId"],
        scope=_SCOPE,
        secret=secret,
        claims={n: n for n in _STANDARD},
        key_id=doc["keyId"] if type_ is APPLE else "",
        team=doc["developerId"] if type_ is APPLE else "",
    )


def _mapping(doc: Json) -> dict[str, str]:
    """The provider's claims by the standard ones.

    The property overrides, as its type says: what it leaves out keeps its own name. That is
    inferred.
    """
    given = child(doc, "inboundClaimMapping")
    override = {**given, **child(given, "address")}
    return {n: str(override.get(n) or n) for n in _STANDARD}


def _discovery(issuer: str) -> str:
    return issuer.rstrip("/") + _DISCOVERY
