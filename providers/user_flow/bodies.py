"""Between a user flow's properties and msgraph-sdk's models: pure functions, no requests.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from msgraph.generated.models.authentication_attribute_collection_input_configuration import (
    AuthenticationAttributeCollectionInputConfiguration as PageInput,
)
from msgraph.generated.models.authentication_attribute_collection_input_type import (
    AuthenticationAttributeCollectionInputType as InputType,
)
from msgraph.generated.models.authentication_attribute_collection_option_configuration import (
    AuthenticationAttributeCollectionOptionConfiguration as PageOption,
)
from msgraph.generated.models.authentication_attribute_collection_page import (
    AuthenticationAttributeCollectionPage as Page,
)
from msgraph.generated.models.authentication_attribute_collection_page_view_configuration import (
    AuthenticationAttributeCollectionPageViewConfiguration as PageView,
)
from msgraph.generated.models.external_users_self_service_sign_up_events_flow import (
    ExternalUsersSelfServiceSignUpEventsFlow as Flow,
)
from msgraph.generated.models.identity_provider_base import IdentityProviderBase
from msgraph.generated.models.identity_user_flow_attribute import IdentityUserFlowAttribute
from msgraph.generated.models.identity_user_flow_attribute_data_type import (
    IdentityUserFlowAttributeDataType as DataType,
)
from msgraph.generated.models.identity_user_flow_attribute_type import (
    IdentityUserFlowAttributeType as AttributeType,
)
from msgraph.generated.models.on_attribute_collection_external_users_self_service_sign_up import (
    OnAttributeCollectionExternalUsersSelfServiceSignUp as AttributeCollection,
)
from msgraph.generated.models.on_authentication_method_load_start_external_users_self_service_sign_up import (  # noqa: E501 -- the module's name
    OnAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp as MethodLoadStart,
)
from msgraph.generated.models.on_interactive_auth_flow_start_external_users_self_service_sign_up import (  # noqa: E501 -- the module's name
    OnInteractiveAuthFlowStartExternalUsersSelfServiceSignUp as InteractiveStart,
)
from msgraph.generated.models.on_user_create_start_external_users_self_service_sign_up import (
    OnUserCreateStartExternalUsersSelfServiceSignUp as UserCreateStart,
)
from msgraph.generated.models.user_type import UserType

from providers.user_flow.attributes import BUILT_IN, Attribute, custom_name, identifier

USER_TYPES = ("member", "guest")
"""What those who sign up can become."""


def new_flow(
    display_name: str,
    identity_providers: Sequence[str],
    attributes: Sequence[Attribute],
    *,
    is_sign_up_allowed: bool,
    user_type: str | None,
) -> Flow:
    """The body that creates a flow with all it has; ``attributes`` are complete, email included."""
    flow = changes(
        display_name=display_name,
        attributes=attributes,
        is_sign_up_allowed=is_sign_up_allowed,
        user_type=user_type,
    )
    flow.on_authentication_method_load_start = MethodLoadStart(
        identity_providers=[IdentityProviderBase(id=one) for one in identity_providers]
    )
    collection = cast("AttributeCollection", flow.on_attribute_collection)
    # Full objects are taken here and nowhere else: a PATCH with them is refused.
    collection.attributes = [_attribute(one) for one in attributes]
    return flow


def changes(
    *,
    display_name: str | None = None,
    attributes: Sequence[Attribute] | None = None,
    is_sign_up_allowed: bool | None = None,
    user_type: str | None = None,
) -> Flow:
    """The body that changes what is given; ``attributes`` replace the page's inputs as a whole."""
    flow = Flow(display_name=display_name)
    if is_sign_up_allowed is not None:
        flow.on_interactive_auth_flow_start = InteractiveStart(
            is_sign_up_allowed=is_sign_up_allowed
        )
    if user_type is not None:
        flow.on_user_create_start = UserCreateStart(user_type_to_create=UserType(user_type))
    if attributes is not None:
        view = PageView(inputs=[_page_input(one) for one in attributes])
        flow.on_attribute_collection = AttributeCollection(
            attribute_collection_page=Page(views=[view])
        )
    return flow


def _attribute(attribute: Attribute) -> IdentityUserFlowAttribute:
    name = identifier(attribute)
    known = BUILT_IN.get(name)
    return IdentityUserFlowAttribute(
        id=name,
        display_name=known.display_name if known else str(custom_name(name)),
        description=known.description if known else None,
        user_flow_attribute_type=AttributeType.BuiltIn if known else AttributeType.Custom,
        data_type=DataType.Boolean if attribute["inputType"] == "boolean" else DataType.String,
    )


def _page_input(attribute: Attribute) -> PageInput:
    options = cast("Sequence[Mapping[str, str]]", attribute.get("options", []))
    return PageInput(
        attribute=identifier(attribute),
        label=str(attribute["label"]),
        input_type=InputType(str(attribute["inputType"])),
        required=bool(attribute["required"]),
        hidden=bool(attribute["hidden"]),
        editable=bool(attribute["editable"]),
        write_to_directory=bool(attribute["writeToDirectory"]),
        validation_reg_ex=str(attribute["validationRegEx"]),
        default_value=cast("str | None", attribute.get("defaultValue")),
        options=[PageOption(label=one["label"], value=one["value"]) for one in options],
    )


def provider_ids(flow: Flow) -> list[str] | None:
    """The IDs of the flow's identity providers; ``None`` where the answer does not show them."""
    handler = flow.on_authentication_method_load_start
    if not isinstance(handler, MethodLoadStart) or handler.identity_providers is None:
        return None
    return [one.id for one in handler.identity_providers if one.id]


def bound_ids(flow: Flow) -> list[str] | None:
    """The IDs of the attributes bound to the flow; ``None`` where the answer hides them."""
    handler = flow.on_attribute_collection
    if not isinstance(handler, AttributeCollection) or handler.attributes is None:
        return None
    return [one.id for one in handler.attributes if one.id]


def is_sign_up_allowed(flow: Flow) -> bool:
    """Whether customers may sign up; they may where Graph does not say."""
    handler = flow.on_interactive_auth_flow_start
    if not isinstance(handler, InteractiveStart) or handler.is_sign_up_allowed is None:
        return True
    return handler.is_sign_up_allowed


def user_type_to_create(flow: Flow) -> str:
    """What customers who sign up become; members where Graph does not say."""
    handler = flow.on_user_create_start
    if not isinstance(handler, UserCreateStart) or handler.user_type_to_create is None:
        return USER_TYPES[0]
    return str(handler.user_type_to_create.value)


def page_attributes(flow: Flow, bound: Sequence[str]) -> list[dict[str, object]]:
    """The attributes that the flow asks for, in the page's order.

    An input whose attribute is not bound is never shown, so it does not count; a bound attribute
    that the page leaves out comes last, with its ID alone.
    """
    shown = [_told(one) for one in _inputs(flow) if one.attribute in bound]
    on_page = {one["attribute"] for one in shown}
    return shown + [{"attribute": name} for name in bound if name not in on_page]


def _inputs(flow: Flow) -> list[PageInput]:
    handler = flow.on_attribute_collection
    if not isinstance(handler, AttributeCollection) or not handler.attribute_collection_page:
        return []
    views = handler.attribute_collection_page.views or []
    return [one for view in views for one in view.inputs or []]


def _told(shown: PageInput) -> dict[str, object]:
    told: dict[str, object] = {
        "attribute": shown.attribute,
        "label": shown.label,
        "inputType": shown.input_type.value if shown.input_type else "text",
        "required": bool(shown.required),
        "hidden": bool(shown.hidden),
        "editable": bool(shown.editable),
        "writeToDirectory": bool(shown.write_to_directory),
        "validationRegEx": shown.validation_reg_ex or "",
    }
    if shown.default_value:
        told["defaultValue"] = shown.default_value
    if shown.options:
        told["options"] = [{"label": one.label, "value": one.value} for one in shown.options]
    return told
