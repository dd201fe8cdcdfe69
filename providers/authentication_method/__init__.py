"""The tenant's policy on authentication methods, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/emailauthenticationmethodconfiguration
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = [
    "EmailAuthenticationMethod",
    "EmailAuthenticationMethodArgs",
    "EmailAuthenticationMethodProvider",
]


class EmailAuthenticationMethodProvider(LifecycleProvider):
    """Hosts the lifecycle of the email method. Recorded in every state: frozen."""

    lifecycle_path = "providers.authentication_method.lifecycle:EmailAuthenticationMethodLifecycle"


@dataclass(frozen=True, kw_only=True)
class EmailAuthenticationMethodArgs:
    """Whether users may have the method, and customers sign in by it.

    ``state`` is ``enabled`` or ``disabled``; ``allow_external_id_to_use_email_otp`` is ``default``,
    ``enabled`` or ``disabled``. What is left out is left alone.
    """

    state: pulumi.Input[str] | None = None
    allow_external_id_to_use_email_otp: pulumi.Input[str] | None = None


class EmailAuthenticationMethod(GraphResource, module="ciam", name="EmailAuthenticationMethod"):
    """The email one-time passcode in the tenant's policy, which is there once and for all.

    Deleting gives back what was there before the stack. Needs the Graph permission
    ``Policy.ReadWrite.AuthenticationMethod``.
    """

    state: pulumi.Output[str]
    allow_external_id_to_use_email_otp: pulumi.Output[str]
    tenant_id: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        args: EmailAuthenticationMethodArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the setting ``name``."""
        super().__init__(EmailAuthenticationMethodProvider(), name, args, opts)
