"""What all settings share: their base model and the forms a text can have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_EXTENSIONS_APPLICATION: Final = "b2c-extensions-app"
"""How the display name begins of the application that is never to be touched.

Source: https://learn.microsoft.com/azure/active-directory-b2c/extensions-app
"""


class SettingsModel(BaseModel):
    """A mapping of the stack's configuration: camelCase keys, none but the known ones."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        # A model that is only a part of another one needs no validator of its own.
        defer_build=True,
    )


@dataclass(frozen=True)
class Form:
    """What a text must look like: a pattern, for editors too, and the same in plain words."""

    pattern: str
    """A regular expression for the whole text, in the syntax that Python and ECMAScript share."""
    allowed: str
    """What a reader is told when a text does not have the form."""

    def check(self, value: object) -> str:
        """The value itself; ValueError when it is no text of this form."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise ValueError(self.allowed)
        return value

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check type and form at once, so that a wrong type is told the form, too."""
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let editors check it while it is typed."""
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}


Key = Annotated[
    str,
    Form(
        r"[A-Za-z][A-Za-z0-9_-]*",
        "a key that begins with a letter and goes on with letters, digits, - and _",
    ),
]
"""Names an object in the configuration, in the state and in the stack outputs."""


def _not_reserved(value: str) -> str:
    """ValueError for the name of the application that holds every user's custom attributes."""
    if value.strip().casefold().startswith(_EXTENSIONS_APPLICATION):
        raise ValueError(
            f"a name that does not begin with {_EXTENSIONS_APPLICATION}, "
            "the tenant's own application that holds every user's custom attributes"
        )
    return value


ApplicationName = Annotated[
    str,
    Form(r"(?=.*\S).{1,256}", "a text of 1 to 256 characters"),
    AfterValidator(_not_reserved),
]
"""An application's name; Graph takes at most 256 characters."""

FlowName = Annotated[str, Form(r".*\S.*", "a text in one line that is not empty")]
"""A user flow's name."""

Text = Annotated[str, Form(r"[\s\S]+", "a text that is not empty")]

Description = Annotated[str, Form(r"[\s\S]{1,1024}", "a text of 1 to 1024 characters")]
"""What an application is for; Graph takes at most 1024 characters."""

Switch = Annotated[bool, Field(strict=True)]
"""true or false, and nothing that only resembles them."""
