"""`ciam:attributes`: what the tenant knows of a user beyond the built-in attributes."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from components.settings.base import Form, SettingsModel, Switch, Text
from components.settings.enums import AttributeDataType, AttributeInputType, BuiltInAttribute

INPUT_TYPES: Final = {
    AttributeDataType.STRING: (AttributeInputType.TEXT, AttributeInputType.RADIO_SINGLE_SELECT),
    AttributeDataType.INT64: (AttributeInputType.TEXT, AttributeInputType.RADIO_SINGLE_SELECT),
    AttributeDataType.BOOLEAN: (AttributeInputType.BOOLEAN,),
    AttributeDataType.DATE_TIME: (AttributeInputType.TEXT,),
    AttributeDataType.STRING_COLLECTION: (AttributeInputType.CHECKBOX_MULTI_SELECT,),
}
"""How a page can ask for an attribute of each type; the first is the one that is left out.

Source: https://learn.microsoft.com/entra/external-id/customers/how-to-define-custom-attributes
"""


def plain_name(display_name: str) -> str:
    """The end of an attribute's id, by which two attributes of nearly the same name are one."""
    return re.sub(r"\W", "", display_name).casefold()


def _not_built_in(value: str) -> str:
    """ValueError for a name that every tenant has already."""
    if value.casefold() in {one.casefold() for one in BuiltInAttribute}:
        raise ValueError("a name that is none of a built-in attribute")
    return value


AttributeKey = Annotated[
    str,
    Form(
        r"(?!extension_)[A-Za-z][A-Za-z0-9_]*",
        "a key that begins with a letter and goes on with letters, digits and _",
    ),
    AfterValidator(_not_built_in),
]
"""Names a custom attribute in the configuration, where user flows name attributes by their ids."""


class UserAttributeSettings(SettingsModel):
    """A custom user attribute. Graph: `identityUserFlowAttribute`."""

    display_name: Annotated[Text, AfterValidator(_not_built_in)] | None = Field(
        default=None,
        description=(
            "The attribute's name, once in the tenant; without blanks the end of its id. Another "
            "name is another attribute. Default: its key. Graph: displayName."
        ),
    )
    description: Text | None = Field(
        default=None,
        description="What it is, for administrators. Default: its name. Graph: description.",
    )
    data_type: AttributeDataType = Field(
        default=AttributeDataType.STRING,
        description=(
            "What its values are: string, boolean, int64, stringCollection or dateTime. It never "
            "changes: for another type declare another attribute. Default: string. "
            "Graph: dataType."
        ),
    )
    adopt: Switch = Field(
        default=False,
        description=(
            "Whether to take over an attribute of this name that exists already. Default: false. "
            "No counterpart in Graph."
        ),
    )
    force_destroy: Switch = Field(
        default=False,
        description=(
            "Whether the attribute is deleted, with every value that users have for it, when it is "
            "taken out of the configuration or the stack is destroyed; otherwise it stays in the "
            "tenant and the stack lets go of it. Default: false. No counterpart in Graph."
        ),
    )
