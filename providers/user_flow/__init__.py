"""User flows of an External ID tenant, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = ["UserFlow", "UserFlowArgs", "UserFlowAttributeArgs", "UserFlowProvider"]


class UserFlowProvider(LifecycleProvider):
    """Hosts the lifecycle of a user flow. Recorded in every state: never renamed, never moved."""

    lifecycle_path = "providers.user_flow.lifecycle:UserFlowLifecycle"


@dataclass(frozen=True, kw_only=True)
class UserFlowAttributeArgs:
    """An attribute that customers are asked for when they sign up.

    ``attribute`` is its ID: a built-in one (``city``, ``country``, ``displayName``, ``givenName``,
    ``jobTitle``, ``postalCode``, ``state``, ``streetAddress``, ``surname``, ``email``) or
    ``extension_{client ID of b2c-extensions-app without dashes}_{name}``. ``input_type`` is one of
    ``text`` (default), ``radioSingleSelect``, ``checkboxMultiSelect``, ``boolean``; ``options`` are
    ``{"label", "value"}`` pairs for the two selects. Not required, visible, editable and written to
    the directory unless said otherwise.
    """

    attribute: pulumi.Input[str]
    label: pulumi.Input[str] | None = None
    input_type: pulumi.Input[str] | None = None
    required: pulumi.Input[bool] | None = None
    hidden: pulumi.Input[bool] | None = None
    editable: pulumi.Input[bool] | None = None
    write_to_directory: pulumi.Input[bool] | None = None
    default_value: pulumi.Input[str] | None = None
    validation_reg_ex: pulumi.Input[str] | None = None
    options: Sequence[Mapping[str, pulumi.Input[str]]] | None = None


@dataclass(frozen=True, kw_only=True)
class UserFlowArgs:
    """What a user flow is made of.

    ``display_name`` is unique in the tenant; ``identity_providers`` are IDs such as
    ``EmailPassword-OAUTH`` or ``EmailOtpSignup-OAUTH``, at least one; ``attributes`` stand in the
    order of the page (``email`` is always collected, and first); with ``is_sign_up_allowed`` false
    customers can sign in but not sign up; ``user_type_to_create`` is ``member`` or ``guest``. What
    is left out is left alone in the tenant.
    ``adopt`` takes over a flow that exists under the name; deleting then only lets go of it.
    ``force_destroy`` lets a delete remove a flow that was adopted or still has applications.
    """

    display_name: pulumi.Input[str]
    identity_providers: pulumi.Input[Sequence[pulumi.Input[str]]]
    attributes: Sequence[UserFlowAttributeArgs] | None = None
    is_sign_up_allowed: pulumi.Input[bool] | None = None
    user_type_to_create: pulumi.Input[str] | None = None
    adopt: pulumi.Input[bool] | None = None
    force_destroy: pulumi.Input[bool] | None = None


class UserFlow(GraphResource, module="ciam", name="UserFlow"):
    """A sign-up and sign-in user flow for external users; its ``id`` is Graph's.

    Everything about it changes in place. Errors name the flow, with Graph's code, message and
    request id. Needs the Graph permission ``EventListener.ReadWrite.All``.
    """

    display_name: pulumi.Output[str]
    identity_providers: pulumi.Output[list[str]]
    # Pulumi takes `Any` for whatever there is, and fails over a list where it reads `object`.
    attributes: pulumi.Output[list[dict[str, Any]]]
    is_sign_up_allowed: pulumi.Output[bool]
    user_type_to_create: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self, name: str, args: UserFlowArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Declare the user flow ``name``."""
        super().__init__(UserFlowProvider(), name, args, opts)
