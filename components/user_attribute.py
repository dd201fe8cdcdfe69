"""`UserAttribute`: what the tenant knows of a user beyond the built-in attributes."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.args import Args, checked
from components.settings.enums import AttributeDataType
from components.settings.references import Names, Parts
from components.settings.user_attribute import UserAttributeSettings
from providers.user_flow_attribute import UserFlowAttribute, UserFlowCustomAttributeArgs


@dataclass(kw_only=True)
class UserAttributeArgs(Args):
    """What a custom user attribute is."""

    settings = UserAttributeSettings

    display_name: str | None = None
    """Its name, once in the tenant; by default its key in a `CustomerTenant`."""
    description: pulumi.Input[str] | None = None
    """What it is, for administrators; by default its name."""
    data_type: AttributeDataType = AttributeDataType.STRING
    """What its values are; it never changes."""
    adopt: pulumi.Input[bool] = False
    """Whether to take over an attribute of this name that exists already."""
    force_destroy: bool = False
    """Whether the attribute may be deleted, with every value that users have for it."""


class UserAttribute(pulumi.ComponentResource):
    """A custom user attribute, which user flows ask for.

    What users have for it is never lost: taken out of the program it stays in the tenant, unless
    `force_destroy` has been set by an update before.
    """

    attribute_id: pulumi.Output[str]
    """Graph's id, `extension_{client ID of b2c-extensions-app without dashes}_{name}`."""

    def __init__(
        self, name: str, args: UserAttributeArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Make the attribute `name`; ArgsError when its Args cannot be used."""
        parts, names = Parts(attributes={name: args}), Names(root="")
        args = checked(f"UserAttribute '{name}'", args, parts, names)
        super().__init__("ciam:index:UserAttribute", name, None, opts)
        display_name = name if args.display_name is None else args.display_name
        made = UserFlowAttribute(
            name,
            UserFlowCustomAttributeArgs(
                display_name=display_name,
                description=display_name if args.description is None else args.description,
                data_type=args.data_type,
                adopt=args.adopt,
                force_destroy=args.force_destroy,
            ),
            pulumi.ResourceOptions(parent=self, retain_on_delete=not args.force_destroy),
        )
        if args.force_destroy:
            pulumi.log.warn(
                f"The user attribute '{display_name}' has forceDestroy: when it is taken out of "
                "the configuration, it is deleted with every value that users have for it.",
                self,
            )
        self.attribute_id = made.id
        self.register_outputs({"id": self.attribute_id})


def user_attribute_args(settings: UserAttributeSettings) -> UserAttributeArgs:
    """The attribute that the stack's configuration describes."""
    return UserAttributeArgs(**dict(settings))
