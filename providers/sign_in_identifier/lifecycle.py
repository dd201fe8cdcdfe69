"""How it is set by what users may name themselves when they sign in: Graph has this in beta only.

Source: https://learn.microsoft.com/graph/api/resources/signinidentifierbase
"""

from __future__ import annotations

from typing import ClassVar, Final
from urllib.parse import quote

from providers.graph.rest import Version
from providers.lifecycle import Problem, Properties, Unknown
from providers.tenant_setting import TenantSettingLifecycle

_KINDS: Final = {
    "Email": "email",
    "UPN": "upn",
    "Username": "username",
    "CustomUsername1": "customUsername",
    "CustomUsername2": "customUsername",
}
"""The type of each identifier that a tenant has."""


class SignInIdentifierLifecycle(TenantSettingLifecycle):
    """One of the tenant's sign-in identifiers.

    Inputs: ``name``, ``Email``, ``UPN``, ``Username``, ``CustomUsername1`` or ``CustomUsername2``;
    ``isEnabled``.
    """

    inputs: ClassVar[frozenset[str]] = frozenset({"name", "isEnabled"})
    permission: ClassVar[str] = "SignInIdentifier.ReadWrite.All"
    version: ClassVar[Version] = "beta"

    def path(self, properties: Properties) -> str:
        """By its name, which is the key."""
        return f"/identity/signInIdentifiers/{quote(str(properties['name']))}"

    def name(self, properties: Properties) -> str:
        """Name it as Graph does."""
        return f"sign-in identifier '{properties.get('name', '')}'"

    def type_of(self, properties: Properties) -> str:
        """The type follows from the name."""
        return f"#microsoft.graph.{_KINDS[str(properties['name'])]}SignInIdentifier"

    def settings(self, properties: Properties) -> dict[str, object]:
        """The name only says which."""
        settings = super().settings(properties)
        settings.pop("name", None)
        return settings

    def validate(self, inputs: Properties) -> list[Problem]:
        """There are these five."""
        name = inputs.get("name")
        if isinstance(name, Unknown) or name in _KINDS:
            return []
        return [Problem("name", f"'{name or ''}' is none of {', '.join(_KINDS)}")]
