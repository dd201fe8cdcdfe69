"""`SignUpFlow`: a user flow and the clients that sign in with it.

It makes the user flow and puts each client into it (steps 9 and 10 of the seed's page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pulumi

from components.args import Args, checked
from components.settings.enums import (
    AttributeDataType,
    AttributeInputType,
    BuiltInIdentityProvider,
    UserType,
)
from components.settings.references import Names, Parts
from components.settings.user_attribute import INPUT_TYPES
from components.settings.user_flow import (
    AttributeOptionSettings,
    SignUpFlowSettings,
    UserFlowAttributeSettings,
)
from providers.user_flow import UserFlow, UserFlowArgs, UserFlowAttributeArgs
from providers.user_flow_application import UserFlowApplication, UserFlowApplicationArgs


@dataclass(kw_only=True)
class AttributeOptionArgs(Args):
    """A choice of a select input."""

    settings = AttributeOptionSettings

    label: pulumi.Input[str]
    """What the customer sees."""
    value: pulumi.Input[str]
    """What is recorded."""


@dataclass(kw_only=True)
class SignUpAttributeArgs(Args):
    """An attribute that sign-up asks for; what is None is left to Graph."""

    settings = UserFlowAttributeSettings

    attribute: pulumi.Input[str]
    """The attribute's id: a `BuiltInAttribute`, or `extension_…` for a custom one; or a key of
    `custom_attributes`."""
    label: pulumi.Input[str] | None = None
    required: pulumi.Input[bool] | None = None
    input_type: pulumi.Input[AttributeInputType] | None = None
    hidden: pulumi.Input[bool] | None = None
    editable: pulumi.Input[bool] | None = None
    default_value: pulumi.Input[str] | None = None
    validation_reg_ex: pulumi.Input[str] | None = None
    write_to_directory: pulumi.Input[bool] | None = None
    options: Sequence[AttributeOptionArgs] | None = None


@dataclass(kw_only=True)
class FlowApplicationArgs:
    """An application to put into a user flow."""

    client_id: pulumi.Input[str]
    """Its client ID; `client_id` of a component comes with its service principal, as it must."""
    name: str | None = None
    """What it is called in the state, by default its key.

    It belongs to the application, not to the flow: an application that moves to another flow keeps
    it, and so is taken out of the one before it is put into the other.
    """


@dataclass(kw_only=True)
class FlowAttributeArgs:
    """A custom attribute that a user flow can ask for."""

    attribute_id: pulumi.Input[str]
    """Graph's id: `attribute_id` of a `UserAttribute`."""
    display_name: str | None = None
    """What the page calls it where the flow does not say; by default the end of its id."""
    data_type: AttributeDataType = AttributeDataType.STRING
    """What its values are: inputs have to fit."""


@dataclass(kw_only=True)
class SignUpFlowArgs(Args):
    """What a user flow is."""

    settings = SignUpFlowSettings

    display_name: pulumi.Input[str] | None = None
    """The flow's name, once in the tenant; by default its key in a `CustomerTenant`."""
    identity_providers: Sequence[pulumi.Input[str]] = (BuiltInIdentityProvider.EMAIL_PASSWORD,)
    """The ways to sign in, at least one: ids (`BuiltInIdentityProvider`, or the tenant's own), and
    keys of `identity_provider_ids`."""
    attributes: Sequence[SignUpAttributeArgs] | None = None
    """What sign-up asks for, in the page's order; None leaves it alone."""
    sign_up_allowed: pulumi.Input[bool] = True
    user_type_to_create: pulumi.Input[UserType] | None = None
    """What new customers are in the directory; None leaves it alone."""
    clients: Sequence[str] = ()
    """Keys, in `applications`, of the clients that sign in with the flow."""
    adopt: pulumi.Input[bool] = False
    """Whether to take over a flow of this name that exists already."""
    force_destroy: pulumi.Input[bool] = False
    """Whether a flow may be deleted that was taken over or that other applications still use."""
    applications: Mapping[str, FlowApplicationArgs] = field(
        default_factory=dict[str, FlowApplicationArgs]
    )
    """The clients that `clients` names. A `CustomerTenant` adds its own under their keys."""
    custom_attributes: Mapping[str, FlowAttributeArgs] = field(
        default_factory=dict[str, FlowAttributeArgs]
    )
    """The attributes that `attributes` names by key. A `CustomerTenant` adds its own."""
    identity_provider_ids: Mapping[str, pulumi.Input[str]] = field(
        default_factory=dict[str, pulumi.Input[str]]
    )
    """The ids of what `identity_providers` names by key. A `CustomerTenant` adds its own."""
    after: Sequence[pulumi.Resource] = ()
    """What has to be there before the flow, such as the tenant's policy on the passcode."""


class SignUpFlow(pulumi.ComponentResource):
    """A user flow and the clients that sign in with it."""

    flow_id: pulumi.Output[str]
    """The user flow's object ID."""
    display_name: pulumi.Output[str]
    """The user flow's name."""
    applications: list[pulumi.Output[str]]
    """Client IDs of the applications in the flow, known to be in it."""

    def __init__(
        self, name: str, args: SignUpFlowArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Make the user flow `name` and put its clients into it.

        Raises ArgsError when its Args cannot be used.
        """
        names = Names(
            clients=args.applications,
            attributes=args.custom_attributes,
            identity_providers=args.identity_provider_ids,
            root="",
        )
        parts = Parts(user_flows={name: args}, attributes=args.custom_attributes)
        args = checked(f"SignUpFlow '{name}'", args, parts, names)
        super().__init__("ciam:index:SignUpFlow", name, None, opts)
        flow = UserFlow(
            name,
            UserFlowArgs(
                display_name=name if args.display_name is None else args.display_name,
                identity_providers=[
                    args.identity_provider_ids.get(one, one) if isinstance(one, str) else one
                    for one in args.identity_providers
                ],
                attributes=None
                if args.attributes is None
                else [
                    _attribute(attribute, args.custom_attributes) for attribute in args.attributes
                ],
                is_sign_up_allowed=args.sign_up_allowed,
                user_type_to_create=args.user_type_to_create,
                adopt=args.adopt,
                force_destroy=args.force_destroy,
            ),
            pulumi.ResourceOptions(parent=self, depends_on=list(args.after)),
        )
        self.flow_id = flow.id
        self.display_name = flow.display_name
        self.applications = [
            UserFlowApplication(
                application.name or key,
                UserFlowApplicationArgs(user_flow_id=flow.id, client_id=application.client_id),
                pulumi.ResourceOptions(parent=self),
            ).client_id
            for key, application in {one: args.applications[one] for one in args.clients}.items()
        ]
        self.register_outputs(
            {
                "id": self.flow_id,
                "displayName": self.display_name,
                "applications": self.applications,
            }
        )


def sign_up_flow_args(settings: SignUpFlowSettings) -> SignUpFlowArgs:
    """The user flow that the stack's configuration describes."""
    return SignUpFlowArgs(
        display_name=settings.display_name,
        identity_providers=settings.identity_providers,
        attributes=None
        if settings.attributes is None
        else [_attribute_args(attribute) for attribute in settings.attributes],
        sign_up_allowed=settings.sign_up_allowed,
        user_type_to_create=settings.user_type_to_create,
        clients=settings.clients,
        adopt=settings.adopt,
        force_destroy=settings.force_destroy,
    )


def _attribute_args(settings: UserFlowAttributeSettings) -> SignUpAttributeArgs:
    options = settings.options
    fields: dict[str, Any] = dict(settings) | {
        "options": None
        if options is None
        else [AttributeOptionArgs(**dict(one)) for one in options]
    }
    return SignUpAttributeArgs(**fields)


def _attribute(
    attribute: SignUpAttributeArgs, customs: Mapping[str, FlowAttributeArgs]
) -> UserFlowAttributeArgs:
    named = attribute.attribute
    custom = customs.get(named) if isinstance(named, str) else None
    if custom is not None:
        label, kind = attribute.label, attribute.input_type
        attribute = replace(
            attribute,
            attribute=custom.attribute_id,
            label=custom.display_name if label is None else label,
            input_type=INPUT_TYPES[custom.data_type][0] if kind is None else kind,
        )
    return UserFlowAttributeArgs(
        attribute=attribute.attribute,
        label=attribute.label,
        required=attribute.required,
        input_type=attribute.input_type,
        hidden=attribute.hidden,
        editable=attribute.editable,
        default_value=attribute.default_value,
        validation_reg_ex=attribute.validation_reg_ex,
        write_to_directory=attribute.write_to_directory,
        options=None
        if attribute.options is None
        else [{"label": one.label, "value": one.value} for one in attribute.options],
    )
