"""How identity providers are made, read, changed and removed: ways to sign in with other accounts.

Source: https://learn.microsoft.com/graph/api/resources/identityproviderbase
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, cast
from urllib.parse import quote

from providers.collection import CollectionLifecycle
from providers.graph import rest
from providers.graph.lag import Lag
from providers.graph.rest import Json, Version
from providers.lifecycle import Problem, Properties
from providers.named import SWITCHES

if TYPE_CHECKING:
    from providers.graph.session import Graph

SOCIAL_TYPES: Final = ("Google", "Facebook")

_FLOWS: Final = "/identity/authenticationEventsFlows"
_OWN: Final = "ExternalUsersSelfServiceSignUp"
_IN_USE: Final = (
    f"microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/"
    f"microsoft.graph.onAuthenticationMethodLoadStart{_OWN}/identityProviders/any(idp:idp/id eq '"
)


class _IdentityProviderLifecycle(CollectionLifecycle):
    """What all kinds of identity providers share."""

    kind: ClassVar[str] = "identity provider"
    collection: ClassVar[str] = "/identity/identityProviders"
    permission: ClassVar[str] = "IdentityProvider.ReadWrite.All"
    # The service principal of Microsoft's extensions, which the service needs, is made just before.
    lag: ClassVar[Sequence[Lag]] = (Lag(400, code="AADB2C90063"), Lag(403, code="AADB2C90063"))

    needed: ClassVar[Sequence[str]]
    """The inputs that have to be given."""

    def validate(self, inputs: Properties) -> list[Problem]:
        """Check what Graph surely refuses: nothing where something is needed."""
        return [
            Problem(name, f"the {self.kind} needs its {name}")
            for name in self.needed
            if inputs.get(name) in (None, "")
        ]

    async def users(self, graph: Graph, object_id: str, what: str) -> str:
        """The user flows that offer it."""
        condition = quote(f"{_IN_USE}{object_id}')", safe="")
        flows = await graph.send(
            what, lambda: rest.items(graph.http, f"{_FLOWS}?$filter={condition}")
        )
        names = sorted(f"'{one.get('displayName')}'" for one in flows)
        if len(names) > 1:
            return f"the user flows {', '.join(names)} offer it"
        return f"the user flow {names[0]} offers it" if names else ""


class SocialIdentityProviderLifecycle(_IdentityProviderLifecycle):
    """Google or Facebook; a tenant has one of each, so that the type is its name.

    Inputs: ``identityProviderType``, one of ``SOCIAL_TYPES``; ``displayName``; ``clientId`` and
    ``clientSecret`` of the tenant's application there; and those of every named object. Graph never
    gives the secret back: a change of it elsewhere is not seen.
    """

    key: ClassVar[str] = "identityProviderType"
    odata_type: ClassVar[str] = "#microsoft.graph.socialIdentityProvider"
    written_only: ClassVar[frozenset[str]] = frozenset({"clientSecret"})
    replacing: ClassVar[frozenset[str]] = frozenset({"identityProviderType"})
    needed: ClassVar[Sequence[str]] = (
        "identityProviderType",
        "displayName",
        "clientId",
        "clientSecret",
    )
    inputs: ClassVar[frozenset[str]] = frozenset({*needed, *SWITCHES})

    def validate(self, inputs: Properties) -> list[Problem]:
        """Another type has a kind of its own, or none."""
        problems = super().validate(inputs)
        type_ = inputs.get("identityProviderType")
        if isinstance(type_, str) and type_ and type_ not in SOCIAL_TYPES:
            allowed = ", ".join(SOCIAL_TYPES)
            problems.append(Problem("identityProviderType", f"'{type_}' is none of {allowed}"))
        return problems


class AppleIdentityProviderLifecycle(_IdentityProviderLifecycle):
    """Apple, of which a tenant has one.

    Inputs: ``displayName``; ``developerId`` (the team's), ``serviceId``, ``keyId`` and
    ``certificateData`` (the private key as Apple hands it out), which Graph never gives back; and
    those of every named object.
    """

    key: ClassVar[str] = "displayName"
    odata_type: ClassVar[str] = "#microsoft.graph.appleManagedIdentityProvider"
    written_only: ClassVar[frozenset[str]] = frozenset({"certificateData"})
    needed: ClassVar[Sequence[str]] = (
        "displayName",
        "developerId",
        "serviceId",
        "keyId",
        "certificateData",
    )
    inputs: ClassVar[frozenset[str]] = frozenset({*needed, *SWITCHES})

    def is_named(self, live: Json, wanted: Properties) -> bool:
        """Whatever it is called: there is one."""
        del live, wanted
        return True


class OidcIdentityProviderLifecycle(_IdentityProviderLifecycle):
    """An issuer of one's own, by OpenID Connect; the key by which it is found again is its name.

    Inputs: ``displayName``; ``clientId`` and ``clientSecret`` of the tenant's application there;
    ``issuer`` and ``wellKnownEndpoint``, HTTPS URLs; ``scope``, by blanks; ``inboundClaimMapping``,
    from the user's properties to the issuer's claims; and those of every named object. Graph has
    this in beta only.
    """

    key: ClassVar[str] = "displayName"
    version: ClassVar[Version] = "beta"
    odata_type: ClassVar[str] = "#microsoft.graph.oidcIdentityProvider"
    written_only: ClassVar[frozenset[str]] = frozenset({"clientSecret"})
    needed: ClassVar[Sequence[str]] = (
        "displayName",
        "clientId",
        "clientSecret",
        "issuer",
        "wellKnownEndpoint",
        "scope",
    )
    inputs: ClassVar[frozenset[str]] = frozenset({*needed, "inboundClaimMapping", *SWITCHES})

    def properties(self, wanted: Properties) -> Json:
        """The secret stands in an object of its own; the code is the only response type."""
        properties = super().properties(wanted)
        if "clientSecret" in properties:
            properties["clientAuthentication"] = {
                "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication",
                "clientSecret": properties.pop("clientSecret"),
            }
        return properties

    async def make(self, graph: Graph, wanted: Properties) -> str:
        """With the response type, which Graph wants to be told."""
        return await super().make(graph, {"responseType": "code", **wanted})

    def inputs_of(self, live: Json) -> Mapping[str, object]:
        """A claim that is mapped to nothing is as good as none."""
        mapping = cast("Mapping[str, object]", live.get("inboundClaimMapping") or {})
        mapped = {name: claim for name, claim in mapping.items() if claim and name[:1] != "@"}
        return {**live, "inboundClaimMapping": mapped}
