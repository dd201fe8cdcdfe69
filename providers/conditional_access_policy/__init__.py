"""Conditional Access for customers, as a Pulumi resource.

azuread has a resource for it, too, which waits for a fixed time after each change.
Source: https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = [
    "ConditionalAccessPolicy",
    "ConditionalAccessPolicyArgs",
    "ConditionalAccessPolicyProvider",
]


class ConditionalAccessPolicyProvider(LifecycleProvider):
    """Hosts the lifecycle of a Conditional Access policy. Recorded in every state: frozen."""

    lifecycle_path = (
        "providers.conditional_access_policy.lifecycle:ConditionalAccessPolicyLifecycle"
    )


@dataclass(frozen=True, kw_only=True)
class ConditionalAccessPolicyArgs:
    """For which applications customers need a second factor, or are blocked.

    ``include_applications`` are client IDs, or ``All``; ``exclude_users`` the object IDs of the
    accounts for emergencies, which are needed unless ``state`` is ``disabled``. ``state`` is
    ``enabledForReportingButNotEnforced`` (the default: the sign-in log tells what would happen),
    ``enabled`` or ``disabled``; ``grant_control`` is ``mfa`` (the default) or ``block``. ``adopt``
    takes over a policy of that name; deleting then only lets go of it.
    """

    display_name: pulumi.Input[str]
    include_applications: pulumi.Input[Sequence[pulumi.Input[str]]]
    exclude_users: pulumi.Input[Sequence[pulumi.Input[str]]]
    state: pulumi.Input[str] | None = None
    grant_control: pulumi.Input[str] | None = None
    adopt: pulumi.Input[bool] | None = None
    force_destroy: pulumi.Input[bool] | None = None


class ConditionalAccessPolicy(GraphResource, module="ciam", name="ConditionalAccessPolicy"):
    """A Conditional Access policy for all customers; its ``id`` is Graph's.

    Everything changes in place. Needs the Graph permissions ``Policy.ReadWrite.ConditionalAccess``,
    ``Policy.Read.All`` and ``Application.Read.All``.
    """

    display_name: pulumi.Output[str]
    state: pulumi.Output[str]
    include_applications: pulumi.Output[list[str]]
    exclude_users: pulumi.Output[list[str]]
    grant_control: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self,
        name: str,
        args: ConditionalAccessPolicyArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the policy ``name``."""
        super().__init__(ConditionalAccessPolicyProvider(), name, args, opts)
