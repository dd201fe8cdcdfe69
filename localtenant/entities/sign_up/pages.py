"""The page of a sign-up that asks for attributes: its declaration, and its inputs.

Source: the Graph resource page "authenticationAttributeCollectionPage" and those that it names.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from localtenant.odata.types import (
    ComplexType,
    EnumType,
    Property,
    child,
    children,
    flag,
    many,
    text,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Json

_PAGE = "attributeCollectionPage"
_EMAIL = "email"
_EMAIL_PATTERN = "^[a-zA-Z0-9.!#$%&amp;&#8217;'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:.[a-zA-Z0-9-]+)*$"

INPUT = ComplexType(
    "authenticationAttributeCollectionInputConfiguration",
    (
        text("attribute", nullable=False, required=True),
        text("label", nullable=False, required=True),
        Property(
            "inputType",
            EnumType(
                "authenticationAttributeCollectionInputType",
                (
                    "text",
                    "radioSingleSelect",
                    "checkboxMultiSelect",
                    "boolean",
                ),
            ),
            nullable=False,
            default="text",
        ),
        text("defaultValue"),
        flag("hidden", default=False),
        flag("editable", default=True),
        flag("writeToDirectory", default=True),
        flag("required", default=False),
        text("validationRegEx"),
        many(
            "options",
            ComplexType(
                "authenticationAttributeCollectionOptionConfiguration",
                (
                    text("label", nullable=False, required=True),
                    text("value", nullable=False, required=True),
                ),
            ),
        ),
    ),
)

PAGE = ComplexType(
    "authenticationAttributeCollectionPage",
    (
        text("customStringsFileId"),
        many(
            "views",
            ComplexType(
                "authenticationAttributeCollectionPageViewConfiguration",
                (text("title"), text("description"), many("inputs", INPUT)),
            ),
        ),
    ),
)


def views_of(collection: Json) -> list[Json]:
    """The views on the page of a flow's attribute collection."""
    return children(child(collection, _PAGE), "views")


def inputs_of(collection: Json) -> list[Json]:
    """The inputs on the page of a flow's attribute collection."""
    return [i for view in views_of(collection) for i in children(view, "inputs")]


def with_inputs_of(collection: Json, attributes: list[str]) -> Json:
    """``collection`` without inputs for attributes that are not bound: they are quietly ignored."""
    bound = {a.lower() for a in attributes}
    kept = copy.deepcopy(collection)
    for view in views_of(kept):
        inputs = children(view, "inputs")
        view["inputs"] = [i for i in inputs if i["attribute"].lower() in bound]
    return kept


def add_default_input(collection: Json, attribute: Json) -> None:
    """Put an input of default settings for an attribute on the page, unless it has one."""
    if collection[_PAGE] is None:
        collection[_PAGE] = PAGE.complete({})
    views: list[Json] = collection[_PAGE]["views"]
    if not views:
        views.append({"title": None, "description": None, "inputs": []})
    if all(i["attribute"] != attribute["id"] for i in inputs_of(collection)):
        views[0]["inputs"].append(_default_input(attribute))


def _default_input(attribute: Json) -> Json:
    is_email = attribute["id"] == _EMAIL
    return INPUT.complete(
        {
            "attribute": attribute["id"],
            "label": attribute["displayName"],
            "hidden": is_email,
            "editable": not is_email,
            "required": is_email,
            "validationRegEx": _EMAIL_PATTERN if is_email else "^.*",
        }
    )
