"""`SignInPolicy`: what the whole tenant allows when customers sign in, whatever their flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pulumi

from components.args import Args, checked
from components.settings.references import Names, Parts
from components.settings.sign_in import MultiFactorSettings, MultiFactorState, SignInSettings
from providers.authentication_method import (
    EmailAuthenticationMethod,
    EmailAuthenticationMethodArgs,
)
from providers.conditional_access_policy import (
    ConditionalAccessPolicy,
    ConditionalAccessPolicyArgs,
)
from providers.login_page_text_visibility import (
    LoginPageTextVisibility,
    LoginPageTextVisibilityArgs,
)
from providers.sign_in_identifier import SignInIdentifier, SignInIdentifierArgs

_STATES: Final = {MultiFactorState.REPORT_ONLY: "enabledForReportingButNotEnforced"}
"""Graph's names where they are others."""


@dataclass(kw_only=True)
class MultiFactorArgs(Args):
    """A second factor for all customers, by Conditional Access."""

    settings = MultiFactorSettings

    emergency_accounts: Sequence[pulumi.Input[str]]
    """Object IDs of the accounts that the policy leaves out, so that nobody is locked out."""
    state: pulumi.Input[MultiFactorState] = MultiFactorState.REPORT_ONLY
    clients: Sequence[str] | None = None
    """Keys, in `applications`, of the clients that ask for it; None for all of the tenant."""
    display_name: pulumi.Input[str] = "Second factor for customers"
    """The policy's name, once in the tenant."""


@dataclass(kw_only=True)
class SignInPolicyArgs(Args):
    """What the whole tenant allows; what is None is left alone."""

    settings = SignInSettings

    email_one_time_passcode: bool | None = None
    """Whether customers may have the email one-time passcode."""
    password_reset: bool | None = None
    """Whether the sign-in page lets customers reset a forgotten password."""
    username: bool | None = None
    """Whether customers may sign in with a user name; Graph has this in beta only."""
    multi_factor: MultiFactorArgs | None = None
    applications: Mapping[str, pulumi.Input[str]] = field(
        default_factory=dict[str, pulumi.Input[str]]
    )
    """Client IDs of the clients that are named. A `CustomerTenant` adds its own."""

    @property
    def is_empty(self) -> bool:
        """Whether everything is left alone."""
        switches = (self.email_one_time_passcode, self.password_reset, self.username)
        return switches == (None,) * 3 and self.multi_factor is None


class SignInPolicy(pulumi.ComponentResource):
    """What the whole tenant allows when customers sign in."""

    email_one_time_passcode: pulumi.Resource | None = None
    """The setting, where it is not left alone: flows that offer the passcode come after it."""
    policy_id: pulumi.Output[str] | None = None
    """Object ID of the Conditional Access policy, where there is one."""

    def __init__(
        self, name: str, args: SignInPolicyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Set what is not left alone; ArgsError when the Args cannot be used."""
        names = Names(clients=args.applications, root="")
        args = checked(f"SignInPolicy '{name}'", args, Parts(sign_in=args), names)
        super().__init__("ciam:index:SignInPolicy", name, None, opts)
        below = pulumi.ResourceOptions(parent=self)
        if args.email_one_time_passcode is not None:
            state = "enabled" if args.email_one_time_passcode else "disabled"
            self.email_one_time_passcode = EmailAuthenticationMethod(
                name,
                EmailAuthenticationMethodArgs(
                    state=state, allow_external_id_to_use_email_otp=state
                ),
                below,
            )
        if args.password_reset is not None:
            hide = not args.password_reset
            before = [] if self.email_one_time_passcode is None else [self.email_one_time_passcode]
            LoginPageTextVisibility(
                name,
                LoginPageTextVisibilityArgs(
                    hide_account_reset_credentials=hide,
                    hide_forgot_my_password=hide,
                    hide_reset_it_now=hide,
                ),
                pulumi.ResourceOptions(parent=self, depends_on=before),
            )
        if args.username is not None:
            SignInIdentifier(
                name, SignInIdentifierArgs(name="Username", is_enabled=args.username), below
            )
        if (second := args.multi_factor) is not None:
            everywhere = second.clients is None
            self.policy_id = ConditionalAccessPolicy(
                name,
                ConditionalAccessPolicyArgs(
                    display_name=second.display_name,
                    include_applications=["All"]
                    if everywhere
                    else [args.applications[one] for one in second.clients or ()],
                    exclude_users=second.emergency_accounts,
                    state=pulumi.Output.from_input(second.state).apply(_graph_state),
                ),
                below,
            ).id
        self.register_outputs({} if self.policy_id is None else {"policyId": self.policy_id})


def _graph_state(state: str) -> str:
    return _STATES.get(MultiFactorState(state), str(state))


def sign_in_policy_args(settings: SignInSettings) -> SignInPolicyArgs:
    """What the stack's configuration says of signing in."""
    second = settings.multi_factor
    fields: dict[str, Any] = dict(settings) | {
        "multi_factor": None if second is None else MultiFactorArgs(**dict(second))
    }
    return SignInPolicyArgs(**fields)
