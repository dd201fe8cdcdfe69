"""Custom user attributes of an External ID tenant, as a Pulumi resource.

Source: https://learn.microsoft.com/graph/api/resources/identityuserflowattribute
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = ["UserFlowAttribute", "UserFlowAttributeProvider", "UserFlowCustomAttributeArgs"]


class UserFlowAttributeProvider(LifecycleProvider):
    """Hosts the lifecycle of a custom attribute. Recorded in every state: frozen."""

    lifecycle_path = "providers.user_flow_attribute.lifecycle:UserFlowAttributeLifecycle"


@dataclass(frozen=True, kw_only=True)
class UserFlowCustomAttributeArgs:
    """What a custom user attribute is.

    ``display_name`` is unique in the tenant, and without blanks the end of the attribute's ID;
    ``description`` is for administrators; ``data_type`` is one of ``string``, ``boolean``,
    ``int64``, ``stringCollection``, ``dateTime``, and never changes. ``adopt`` takes over an
    attribute that exists under the name; deleting then only lets go of it. ``force_destroy`` lets a
    delete remove the attribute, with the values that users have for it.
    """

    display_name: pulumi.Input[str]
    description: pulumi.Input[str]
    data_type: pulumi.Input[str]
    adopt: pulumi.Input[bool] | None = None
    force_destroy: pulumi.Input[bool] | None = None


class UserFlowAttribute(GraphResource, module="ciam", name="UserFlowAttribute"):
    """A custom user attribute that user flows can ask for; its ``id`` is Graph's.

    The description changes in place, another name is another attribute, another type is refused.
    Needs the Graph permission ``IdentityUserFlow.ReadWrite.All``.
    """

    display_name: pulumi.Output[str]
    description: pulumi.Output[str]
    data_type: pulumi.Output[str]
    tenant_id: pulumi.Output[str]
    adopted: pulumi.Output[bool]

    def __init__(
        self,
        name: str,
        args: UserFlowCustomAttributeArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the attribute ``name``."""
        super().__init__(UserFlowAttributeProvider(), name, args, opts)
