"""The email one-time passcode, which the tenant allows before a user flow may use it.

Source: "Enable email one-time passcode" in the documentation of external tenants, and the Graph
page "Update emailAuthenticationMethodConfiguration".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.policies.method_types import METHOD
from localtenant.odata.errors import consumer_identity

if TYPE_CHECKING:
    from localtenant.odata.call import Call

PASSCODE = "EmailOtpSignup-OAUTH"
_ENABLED = "enabled"


def check_passcode(call: Call, provider: str) -> None:
    """400 for the passcode while the policy on authentication methods does not allow it.

    The rule is documented, the text is our own choice.
    """
    if provider != PASSCODE:
        return
    method = call.require(METHOD.filed_as, "Email")
    allowed = (method.get("state"), method.get("allowExternalIdToUseEmailOtp"))
    if allowed != (_ENABLED, _ENABLED):
        raise consumer_identity(
            400,
            "Email one-time passcode must be enabled for external users in the authentication "
            "methods policy before a user flow can use it.",
        )
