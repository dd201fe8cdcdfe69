"""Which links the sign-in page shows, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/loginpagetextvisibilitysettings
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = [
    "LoginPageTextVisibility",
    "LoginPageTextVisibilityArgs",
    "LoginPageTextVisibilityProvider",
]


class LoginPageTextVisibilityProvider(LifecycleProvider):
    """Hosts the lifecycle of the sign-in page's links. Recorded in every state: frozen."""

    lifecycle_path = (
        "providers.login_page_text_visibility.lifecycle:LoginPageTextVisibilityLifecycle"
    )


@dataclass(frozen=True, kw_only=True)
class LoginPageTextVisibilityArgs:
    """Which links are hidden; what is left out is left alone.

    ``hide_account_reset_credentials`` is about all that lead to another password, of which
    ``hide_cannot_access_your_account``, ``hide_forgot_my_password`` and ``hide_reset_it_now`` are
    one each.
    """

    hide_account_reset_credentials: pulumi.Input[bool] | None = None
    hide_cannot_access_your_account: pulumi.Input[bool] | None = None
    hide_forgot_my_password: pulumi.Input[bool] | None = None
    hide_privacy_and_cookies: pulumi.Input[bool] | None = None
    hide_reset_it_now: pulumi.Input[bool] | None = None
    hide_terms_of_use: pulumi.Input[bool] | None = None


class LoginPageTextVisibility(GraphResource, module="ciam", name="LoginPageTextVisibility"):
    """The links of the sign-in page in the tenant's default branding, which it has once.

    Deleting gives back what was there before the stack. Needs the Graph permission
    ``OrganizationalBranding.ReadWrite.All``.
    """

    hide_account_reset_credentials: pulumi.Output[bool]
    hide_cannot_access_your_account: pulumi.Output[bool]
    hide_forgot_my_password: pulumi.Output[bool]
    hide_privacy_and_cookies: pulumi.Output[bool]
    hide_reset_it_now: pulumi.Output[bool]
    hide_terms_of_use: pulumi.Output[bool]
    tenant_id: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        args: LoginPageTextVisibilityArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the setting ``name``."""
        super().__init__(LoginPageTextVisibilityProvider(), name, args, opts)
