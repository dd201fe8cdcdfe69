"""Between a user flow's properties and Graph's: pure functions, no requests.

Source: https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from providers.graph.rest import Json, objects, part
from providers.user_flow.attributes import BUILT_IN, Attribute, custom_name, identifier

USER_TYPES: Final = ("member", "guest")
"""What those who sign up can become."""
FLOW: Final = "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow"
_COLLECTION: Final = "#microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp"
_METHODS: Final = "#microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp"
_INTERACTIVE: Final = "#microsoft.graph.onInteractiveAuthFlowStartExternalUsersSelfServiceSignUp"
_CREATION: Final = "#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp"


def new_flow(
    display_name: str,
    identity_providers: Sequence[str],
    attributes: Sequence[Attribute],
    *,
    is_sign_up_allowed: bool,
    user_type: str | None,
) -> Json:
    """The body that creates a flow with all it has; ``attributes`` are complete, email included."""
    flow = changes(
        display_name=display_name,
        attributes=attributes,
        is_sign_up_allowed=is_sign_up_allowed,
        user_type=user_type,
    )
    flow["onAuthenticationMethodLoadStart"] = {
        "@odata.type": _METHODS,
        "identityProviders": [{"id": one} for one in identity_providers],
    }
    # Full objects are taken here and nowhere else: a PATCH with them is refused.
    collection = cast("Json", flow["onAttributeCollection"])
    collection["attributes"] = [_attribute(one) for one in attributes]
    return flow


def changes(
    *,
    display_name: str | None = None,
    attributes: Sequence[Attribute] | None = None,
    is_sign_up_allowed: bool | None = None,
    user_type: str | None = None,
) -> Json:
    """The body that changes what is given; ``attributes`` replace the page's inputs as a whole."""
    flow: Json = {"@odata.type": FLOW}
    if display_name is not None:
        flow["displayName"] = display_name
    if is_sign_up_allowed is not None:
        flow["onInteractiveAuthFlowStart"] = {
            "@odata.type": _INTERACTIVE,
            "isSignUpAllowed": is_sign_up_allowed,
        }
    if user_type is not None:
        flow["onUserCreateStart"] = {"@odata.type": _CREATION, "userTypeToCreate": user_type}
    if attributes is not None:
        view: Json = {"inputs": [_page_input(one) for one in attributes]}
        flow["onAttributeCollection"] = {
            "@odata.type": _COLLECTION,
            "attributeCollectionPage": {"views": [view]},
        }
    return flow


def _attribute(attribute: Attribute) -> Json:
    name = identifier(attribute)
    known = BUILT_IN.get(name)
    return {
        "id": name,
        "displayName": known.display_name if known else str(custom_name(name)),
        "userFlowAttributeType": "builtIn" if known else "custom",
        "dataType": "boolean" if attribute["inputType"] == "boolean" else "string",
        **({"description": known.description} if known else {}),
    }


def _page_input(attribute: Attribute) -> Json:
    given: Json = {"options": [], **attribute}
    return {name: value for name, value in given.items() if value is not None}


def provider_ids(flow: Json) -> list[str] | None:
    """The IDs of the flow's identity providers; ``None`` where the answer does not show them."""
    return _ids(part(flow, "onAuthenticationMethodLoadStart").get("identityProviders"))


def bound_ids(flow: Json) -> list[str] | None:
    """The IDs of the attributes bound to the flow; ``None`` where the answer hides them."""
    return _ids(part(flow, "onAttributeCollection").get("attributes"))


def is_sign_up_allowed(flow: Json) -> bool:
    """Whether customers may sign up; they may where Graph does not say."""
    return part(flow, "onInteractiveAuthFlowStart").get("isSignUpAllowed") is not False


def user_type_to_create(flow: Json) -> str:
    """What customers who sign up become; members where Graph does not say."""
    return str(part(flow, "onUserCreateStart").get("userTypeToCreate") or USER_TYPES[0])


def page_attributes(flow: Json, bound: Sequence[str]) -> list[dict[str, object]]:
    """The attributes that the flow asks for, in the page's order.

    An input whose attribute is not bound is never shown, so it does not count; a bound attribute
    that the page leaves out comes last, with its ID alone.
    """
    shown = [_told(one) for one in _inputs(flow) if one.get("attribute") in bound]
    on_page = {one["attribute"] for one in shown}
    return shown + [{"attribute": name} for name in bound if name not in on_page]


def _ids(listed: object) -> list[str] | None:
    if listed is None:
        return None
    return [str(one["id"]) for one in objects(listed) if one.get("id")]


def _inputs(flow: Json) -> list[Json]:
    page = part(part(flow, "onAttributeCollection"), "attributeCollectionPage")
    return [one for view in objects(page.get("views")) for one in objects(view.get("inputs"))]


def _told(shown: Json) -> dict[str, object]:
    told: dict[str, object] = {
        "attribute": shown.get("attribute"),
        "label": shown.get("label"),
        "inputType": shown.get("inputType") or "text",
        "required": bool(shown.get("required")),
        "hidden": bool(shown.get("hidden")),
        "editable": bool(shown.get("editable")),
        "writeToDirectory": bool(shown.get("writeToDirectory")),
        "validationRegEx": shown.get("validationRegEx") or "",
    }
    if shown.get("defaultValue"):
        told["defaultValue"] = shown["defaultValue"]
    if options := objects(shown.get("options")):
        told["options"] = [{"label": one["label"], "value": one["value"]} for one in options]
    return told
