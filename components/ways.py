"""The ways to sign in that a `CustomerTenant` has, and how its user flows refer to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

import pulumi

from components.identity_provider import (
    AnyIdentityProviderArgs,
    IdentityProvider,
    authentication_extensions,
)
from components.settings.enums import BuiltInIdentityProvider
from components.sign_in_policy import SignInPolicy, SignInPolicyArgs
from components.sign_up_flow import FlowAttributeArgs, SignUpFlowArgs
from components.user_attribute import UserAttribute, UserAttributeArgs


class _Tenant(Protocol):
    """What the Args say of attributes and of ways to sign in."""

    attributes: Mapping[str, UserAttributeArgs]
    identity_providers: Mapping[str, AnyIdentityProviderArgs]
    sign_in: SignInPolicyArgs


class Ways:
    """Custom attributes, identity providers and the tenant's own settings, below a tenant."""

    attributes: dict[str, UserAttribute]
    """The custom attributes, by key."""
    identity_providers: dict[str, IdentityProvider]
    """The identity providers, by key."""

    def __init__(
        self,
        name: str,
        parent: pulumi.Resource,
        args: _Tenant,
        clients: Mapping[str, pulumi.Output[str]],
    ) -> None:
        """Make them; `clients` are the client IDs of the tenant's clients, by key."""
        below = pulumi.ResourceOptions(parent=parent)
        self._described = {
            key: replace(one, display_name=key if one.display_name is None else one.display_name)
            for key, one in args.attributes.items()
        }
        self.attributes = {
            key: UserAttribute(f"{name}-{key}", one, below) for key, one in self._described.items()
        }
        shared = authentication_extensions(name, parent) if args.identity_providers else None
        self.identity_providers = {
            key: IdentityProvider(
                f"{name}-{key}",
                replace(
                    one,
                    display_name=_name(key, one),
                    extensions=shared if one.extensions is None else one.extensions,
                ),
                below,
            )
            for key, one in args.identity_providers.items()
        }
        self._passcode: pulumi.Resource | None = None
        if not args.sign_in.is_empty:
            policy = replace(args.sign_in, applications={**clients, **args.sign_in.applications})
            self._passcode = SignInPolicy(name, policy, below).email_one_time_passcode

    def known_to(self, flow: SignUpFlowArgs) -> SignUpFlowArgs:
        """The flow's Args with all that the flow can refer to, and what it comes after."""
        attributes = {
            key: FlowAttributeArgs(
                attribute_id=self.attributes[key].attribute_id,
                display_name=one.display_name,
                data_type=one.data_type,
            )
            for key, one in self._described.items()
        }
        providers = {key: one.provider_id for key, one in self.identity_providers.items()}
        needs = BuiltInIdentityProvider.EMAIL_ONE_TIME_PASSCODE in flow.identity_providers
        before = [self._passcode] if needs and self._passcode is not None else []
        return replace(
            flow,
            custom_attributes={**attributes, **flow.custom_attributes},
            identity_provider_ids={**providers, **flow.identity_provider_ids},
            after=[*before, *flow.after],
        )


def _name(key: str, args: AnyIdentityProviderArgs) -> pulumi.Input[str] | None:
    """An issuer of one's own is called by its key, where it has no other name."""
    is_own = args.type == "openIdConnect" and args.display_name is None
    return key if is_own else args.display_name
