"""By what users may name themselves when they sign in, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/signinidentifierbase (beta)
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = ["SignInIdentifier", "SignInIdentifierArgs", "SignInIdentifierProvider"]


class SignInIdentifierProvider(LifecycleProvider):
    """Hosts the lifecycle of a sign-in identifier. Recorded in every state: frozen."""

    lifecycle_path = "providers.sign_in_identifier.lifecycle:SignInIdentifierLifecycle"


@dataclass(frozen=True, kw_only=True)
class SignInIdentifierArgs:
    """Which of the tenant's identifiers (``Username``, …), and whether users may sign in by it."""

    name: pulumi.Input[str]
    is_enabled: pulumi.Input[bool]


class SignInIdentifier(GraphResource, module="ciam", name="SignInIdentifier"):
    """One of the tenant's sign-in identifiers; another name replaces.

    Deleting gives back what was there before the stack. Needs the Graph permission
    ``SignInIdentifier.ReadWrite.All``.
    """

    name: pulumi.Output[str]
    is_enabled: pulumi.Output[bool]
    tenant_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: SignInIdentifierArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Declare the setting ``name``."""
        super().__init__(SignInIdentifierProvider(), name, args, opts)
