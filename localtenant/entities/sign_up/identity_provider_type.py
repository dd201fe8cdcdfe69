"""The declaration of identity providers.

Source: the Graph resource page "identityProviderBase" and those of the types derived from it;
``oidcIdentityProvider`` has a page in beta only, and is in the metadata of v1.0.
"""

from __future__ import annotations

from localtenant.odata.types import ComplexType, EntityType, EnumType, Property, text

_KIND = "identityProvider"
_NAME = text("displayName")

CLIENT_AUTHENTICATION = ComplexType(
    "oidcClientAuthentication",
    abstract=True,
    derived=(
        ComplexType(
            "oidcClientSecretAuthentication",
            (text("clientSecret", nullable=False, required=True),),
        ),
        ComplexType("oidcPrivateJwtKeyClientAuthentication"),
    ),
)
_ADDRESS = ComplexType(
    "oidcAddressInboundClaims",
    tuple(text(n) for n in ("country", "locality", "postal_code", "region", "street_address")),
)
_CLAIMS = ComplexType(
    "oidcInboundClaimMappingOverride",
    (
        *(
            text(n)
            for n in (
                "email",
                "email_verified",
                "family_name",
                "given_name",
                "name",
                "phone_number",
                "phone_number_verified",
                "sub",
            )
        ),
        Property("address", _ADDRESS),
    ),
)


def _type(name: str, *properties: Property, guid_key: bool = False) -> EntityType:
    return EntityType(name, (_NAME, *properties), kind=_KIND, is_derived=True, guid_key=guid_key)


BUILT_IN = _type("builtInIdentityProvider", text("identityProviderType"))
SOCIAL = _type(
    "socialIdentityProvider",
    text("clientId", required=True),
    text("clientSecret", required=True),
    text("identityProviderType", required=True),
)
APPLE = _type(
    "appleManagedIdentityProvider",
    text("developerId", required=True),
    text("serviceId", required=True),
    text("keyId", required=True),
    text("certificateData"),
)
OIDC = _type(
    "oidcIdentityProvider",
    text("clientId", nullable=False, required=True),
    text("issuer", nullable=False, required=True),
    text("wellKnownEndpoint", required=True),
    Property(
        "responseType",
        EnumType("oidcResponseType", ("code", "id_token", "token")),
        nullable=False,
        required=True,
    ),
    text("scope", nullable=False, required=True),
    Property("clientAuthentication", CLIENT_AUTHENTICATION, nullable=False, required=True),
    Property("inboundClaimMapping", _CLAIMS),
    guid_key=True,
)
PROVIDER = EntityType(
    "identityProviderBase",
    (_NAME,),
    kind=_KIND,
    abstract=True,
    guid_key=False,
    type_shown=True,
    derived=(BUILT_IN, SOCIAL, APPLE, OIDC),
)
