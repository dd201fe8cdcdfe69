"""``/identity/identityProviders``: ways to sign in, and the rules of their own.

``/identityProviders`` is the older path to the same objects; references to providers still use it.
Source: the Graph pages "Create identityProvider", "Update identityProvider", "Delete
identityProvider" and "List availableProviderTypes". The rules are documented unless a docstring
says otherwise; the texts of errors are our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from localtenant.entities.custom_extensions.extensions_app import (
    NEEDS_EXTENSIONS_APP,
    check_extensions_app,
)
from localtenant.entities.sign_up import provider_secrets
from localtenant.entities.sign_up.identity_provider_type import (
    APPLE,
    BUILT_IN,
    PROVIDER,
    SOCIAL,
)
from localtenant.odata.errors import GraphError, consumer_identity
from localtenant.odata.model import Action, Area, Entity, EntitySet, Seeded
from localtenant.odata.operations import Operation, operation, same
from localtenant.odata.rules import Rules
from localtenant.odata.types import ComplexType

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

BUILT_IN_PROVIDERS = tuple(
    {
        "@odata.type": f"#{BUILT_IN.full_name}",
        "id": key,
        "displayName": name,
        "identityProviderType": type_,
    }
    for key, name, type_ in (
        ("EmailPassword-OAUTH", "Email with password", "EmailPassword"),
        ("EmailOtpSignup-OAUTH", "Email one-time passcode", "EmailOTP"),
    )
)
_SOCIAL_TYPES = ("Facebook", "Google")
_APPLE_ID = "Apple-Managed-OIDC"
_IN_FLOWS = "identityProviders"


class ProviderRules(Rules):
    """What the service behind identity providers checks beyond the types of their properties."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a provider; of each social network, and of Apple, there is one at most."""
        check_extensions_app(call)
        type_ = PROVIDER.actual(values)
        if type_ is BUILT_IN:
            raise consumer_identity(400, "Built-in identity providers cannot be created.")
        for prop in type_.properties:
            if (prop.required or prop.name == "displayName") and not values.get(prop.name):
                raise consumer_identity(400, f"The '{prop.name}' field is required.")
        _check(values)
        key = _key_of(type_.name, values)
        if key and call.tx.get(PROVIDER.filed_as, key):
            raise consumer_identity(400, f"The identity provider '{key}' already exists.")
        made = call.insert(type_, {"id": key, **provider_secrets.masked(values)})
        provider_secrets.keep(call.tx, made["id"], values)
        return made

    def check_write(self, call: Call, doc: Json) -> None:
        """Nobody changes or deletes a built-in provider."""
        del call
        if PROVIDER.actual(doc) is BUILT_IN:
            raise consumer_identity(
                400, "Built-in identity providers cannot be changed or deleted."
            )

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a provider, which stays of its type."""
        type_ = PROVIDER.actual(doc)
        for prop in type_.properties:
            if prop.required and prop.name in values and not values[prop.name]:
                raise consumer_identity(400, f"The '{prop.name}' field is required.")
        of_type = "identityProviderType"
        if values.get(of_type, doc.get(of_type)) != doc.get(of_type):
            raise consumer_identity(400, f"The '{of_type}' field cannot be changed.")
        _check(values)
        super().update(call, doc, provider_secrets.masked(values))
        provider_secrets.keep(call.tx, doc["id"], values)

    def delete(self, call: Call, doc: Json) -> None:
        """Delete a provider; our own choice: none that is in a user flow."""
        if call.tx.sources(_IN_FLOWS, doc["id"]):
            raise consumer_identity(
                400,
                f"The identity provider '{doc['id']}' is in a user flow and cannot be deleted.",
            )
        super().delete(call, doc)

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The identity provider '{key}' was not found.")


def _key_of(type_name: str, values: Json) -> str:
    """The id of a new provider as it follows from its type; empty for one of one's own."""
    if type_name == SOCIAL.name:
        return f"{values['identityProviderType']}-OAUTH"
    return _APPLE_ID if type_name == APPLE.name else ""


def _check(values: Json) -> None:
    kind = values.get("identityProviderType")
    if kind is not None and kind not in _SOCIAL_TYPES:
        raise consumer_identity(
            400, f"The identity provider type '{kind}' is not supported in this tenant."
        )
    if values.get("responseType", "code") != "code":
        raise consumer_identity(400, "The 'responseType' field must be 'code'.")
    if "issuer" in values:
        _check_issuer(values["issuer"])


def _check_issuer(issuer: str) -> None:
    try:
        parts = urlsplit(issuer)
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or parts.query or parts.fragment:
        raise consumer_identity(
            400, "The 'issuer' field must be an HTTPS URL without query and fragment."
        )
    if host == "microsoftonline.com" or host.endswith(".microsoftonline.com"):
        raise consumer_identity(400, "The domain 'microsoftonline.com' is not accepted as issuer.")


def _available(call: Call, doc: Json, values: Json) -> Json:
    """List the types; the page shows those of a workforce and of a B2C tenant: our own choice."""
    del call, doc, values
    return {"value": ["EmailPassword", "EmailOTP", *_SOCIAL_TYPES, "AppleManaged", "OpenIdConnect"]}


_TYPES = Action(
    "availableProviderTypes",
    ComplexType("availableProviderTypes"),
    _available,
    returns="Collection(Edm.String)",
    method="GET",
)

_PATHS = ("identity/identityProviders", "identityProviders")
"""Where they are, and where older programs look for them."""
_READ = same("IdentityProvider.Read.All", "IdentityProvider.ReadWrite.All")
_WRITE = same("IdentityProvider.ReadWrite.All")


def _operations(path: str) -> tuple[Operation, ...]:
    page = "identityproviderbase"
    of_all = "identitycontainer"
    one = f"{path}/{{id}}"
    return (
        operation(f"GET {path}", _READ, f"{of_all}-list-identityproviders"),
        operation(
            f"POST {path}",
            _WRITE,
            f"{of_all}-post-identityproviders",
            differences=NEEDS_EXTENSIONS_APP,
        ),
        operation(f"GET {one}", _READ, f"{page}-get"),
        operation(f"PATCH {one}", _WRITE, f"{page}-update"),
        operation(
            f"DELETE {one}",
            _WRITE,
            f"{page}-delete",
            differences="refused for one that is in a user flow, which is our own choice",
        ),
        operation(
            f"GET {path}/availableProviderTypes",
            _READ,
            f"{page}-availableprovidertypes",
            differences="which types an external tenant lists is our own choice",
        ),
    )


AREA = Area(
    sets=tuple(EntitySet(path, (PROVIDER.name,), collection_actions=(_TYPES,)) for path in _PATHS),
    entities=(Entity(PROVIDER, ProviderRules(PROVIDER)),),
    operations=tuple(row for path in _PATHS for row in _operations(f"/{path}")),
    seeded=(Seeded(PROVIDER, BUILT_IN_PROVIDERS, fixed=True),),
)
