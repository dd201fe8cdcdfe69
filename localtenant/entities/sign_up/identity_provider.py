"""``/identity/identityProviders``: ways to sign in; the built-in ones of an external tenant.

``/identityProviders`` is the older path to the same objects; references to providers still use it.
Source: the Graph resource pages "builtInIdentityProvider" and "identityProviderBase".
"""

from __future__ import annotations

from localtenant.odata.errors import GraphError, consumer_identity
from localtenant.odata.model import Entity, Missing
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, text

BUILT_IN = EntityType(
    "builtInIdentityProvider",
    (text("displayName"), text("identityProviderType")),
    kind="identityProvider",
    bases=("identityProviderBase",),
    guid_key=False,
    type_shown=True,
)

BUILT_IN_PROVIDERS = (
    {
        "id": "EmailPassword-OAUTH",
        "displayName": "Email with password",
        "identityProviderType": "EmailPassword",
    },
    {
        "id": "EmailOtpSignup-OAUTH",
        "displayName": "Email one-time passcode",
        "identityProviderType": "EmailOTP",
    },
)


class ProviderRules(Rules):
    """A provider that does not exist is missed in the words of the service behind it."""

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The identity provider '{key}' was not found.")


ENTITY = Entity(BUILT_IN, ProviderRules(BUILT_IN), navigations=(Missing("availableProviderTypes"),))
