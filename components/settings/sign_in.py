"""`ciam:signIn`: what the whole tenant allows when customers sign in, whatever their flow."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from components.settings.base import Form, Key, SettingsModel, Switch, Text


class MultiFactorState(StrEnum):
    """Whether the second factor is asked for. Graph's names for it are longer."""

    REPORT_ONLY = "reportOnly"
    """Only the sign-in log tells what would happen: `enabledForReportingButNotEnforced`."""
    ENABLED = "enabled"
    DISABLED = "disabled"


class MultiFactorSettings(SettingsModel):
    """A second factor for all customers. Graph: `conditionalAccessPolicy`."""

    emergency_accounts: tuple[
        Annotated[
            str,
            Form(
                r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
                "the object ID of a user, a GUID",
            ),
        ],
        ...,
    ] = Field(
        min_length=1,
        description=(
            "Object IDs of the accounts for emergencies (break glass), which the policy leaves "
            "out, so that nobody is locked out of the tenant. Graph: excludeUsers."
        ),
    )
    state: MultiFactorState = Field(
        default=MultiFactorState.REPORT_ONLY,
        description=(
            "reportOnly, with which the sign-in log tells what would happen; enabled or disabled. "
            "Default: reportOnly. Graph: state."
        ),
    )
    clients: Annotated[tuple[Key, ...], Field(min_length=1)] | None = Field(
        default=None,
        description=(
            "Keys of the ciam:clients that ask for it. Default: all applications of the tenant. "
            "Graph: includeApplications."
        ),
    )
    display_name: Text = Field(
        default="Second factor for customers",
        description=(
            "The policy's name, once in the tenant. Default: Second factor for customers. "
            "Graph: displayName."
        ),
    )


class SignInSettings(SettingsModel):
    """What the whole tenant allows when customers sign in; what is not set is left alone."""

    email_one_time_passcode: Switch | None = Field(
        default=None,
        description=(
            "Whether customers may have the email one-time passcode: to sign in in flows with "
            "EmailOtpSignup-OAUTH, to reset a password, and as second factor. Destroying gives "
            "back what was there before. Default: left alone. Graph: "
            "emailAuthenticationMethodConfiguration."
        ),
    )
    password_reset: Switch | None = Field(
        default=None,
        description=(
            "Whether the sign-in page lets customers reset a forgotten password, which takes "
            "emailOneTimePasscode as well, and flows with EmailPassword-OAUTH. Destroying gives "
            "back what was there before. Default: left alone. Graph: organizationalBranding."
            "loginPageTextVisibilitySettings."
        ),
    )
    username: Switch | None = Field(
        default=None,
        description=(
            "Whether customers may sign in with a user name. Graph has this in beta only. "
            "Destroying gives back what was there before. Default: left alone. Graph: "
            "usernameSignInIdentifier."
        ),
    )
    multi_factor: MultiFactorSettings | None = Field(
        default=None,
        description=(
            "A second factor for customers, by Conditional Access. Default: none. Graph: "
            "conditionalAccessPolicy."
        ),
    )
