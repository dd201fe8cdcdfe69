"""How the tenant's policy on the email one-time passcode is set, read and given back.

User flows cannot offer the passcode, and nobody can reset a password, before it is allowed here.
Source: https://learn.microsoft.com/graph/api/resources/emailauthenticationmethodconfiguration
"""

from __future__ import annotations

from typing import ClassVar

from providers.lifecycle import Problem, Properties, Unknown
from providers.tenant_setting import TenantSettingLifecycle

STATES = ("enabled", "disabled")
FOR_CUSTOMERS = ("default", "enabled", "disabled")


class EmailAuthenticationMethodLifecycle(TenantSettingLifecycle):
    """The email one-time passcode in the policy on authentication methods, which a tenant has once.

    Inputs: ``state``, one of ``STATES``, whether users may have the method at all;
    ``allowExternalIdToUseEmailOtp``, one of ``FOR_CUSTOMERS``, whether customers may sign in by it.
    """

    inputs: ClassVar[frozenset[str]] = frozenset({"state", "allowExternalIdToUseEmailOtp"})
    permission: ClassVar[str] = "Policy.ReadWrite.AuthenticationMethod"
    odata_type: ClassVar[str] = "#microsoft.graph.emailAuthenticationMethodConfiguration"

    def path(self, properties: Properties) -> str:
        """The same in every tenant."""
        del properties
        return "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/email"

    def name(self, properties: Properties) -> str:
        """There is one."""
        del properties
        return "email one-time passcode of the tenant's authentication methods"

    def validate(self, inputs: Properties) -> list[Problem]:
        """Check that both are values that Graph knows."""
        known = {"state": STATES, "allowExternalIdToUseEmailOtp": FOR_CUSTOMERS}
        return [
            Problem(name, f"'{inputs[name]}' is none of {', '.join(allowed)}")
            for name, allowed in known.items()
            if name in inputs
            and not isinstance(inputs[name], Unknown)
            and inputs[name] not in allowed
        ]
