"""The attributes of a sign-up: what a client is asked for, and what it gives.

Source: "Submitting user attributes to endpoints" and "Format of user attributes values" in "Native
authentication API reference". What a flow asks for, and whether a value will do, is that of the
pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.native import errors
from localtenant.odata.types import is_array
from localtenant.pages.fields import EMAIL, AnswerError
from localtenant.signin.json_objects import json_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.native.steps import Turn
    from localtenant.odata.types import Json
    from localtenant.pages.fields import Field, Value
    from localtenant.pages.flows import Flow

_TYPES = {"stringcollection": "stringCollection", "datetime": "dateTime"}
"""Graph's names of data types that are not in small letters alone."""


def given(turn: Turn, flow: Flow) -> dict[str, Value]:
    """The values of the parameter ``attributes``, by property. Raises SignInError.

    What the flow does not ask for is ignored.
    """
    try:
        found = json_object(turn.needed("attributes").encode())
    except ValueError as error:
        raise errors.parameter_invalid("attributes") from error
    values: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for field in _asked(flow):
        entered = found.get(field.attribute)
        if entered is None:
            continue
        try:
            value = field.value(_entered(field, entered))
        except AnswerError as error:
            wrong[field.attribute] = str(error)
            continue
        if value is not None:
            values[field.attribute] = value
    if wrong:
        raise errors.attributes_invalid(wrong)
    return values


def missing(flow: Flow, values: Json) -> list[Json]:
    """What the client is still asked for; nothing if none of it is required."""
    left = [f for f in _asked(flow) if f.attribute not in values]
    return [_told(field) for field in left] if any(f.required for f in left) else []


def to_write(flow: Flow, values: Json) -> dict[str, Value]:
    """The properties of the new account, with the defaults of what nobody is asked for."""
    found: dict[str, Value | None] = {
        field.attribute: values.get(field.attribute) if field.asked else field.value(())
        for field in flow.fields
        if field.written and field.attribute != EMAIL
    }
    return {name: value for name, value in found.items() if value is not None}


def _asked(flow: Flow) -> Iterable[Field]:
    return (f for f in flow.fields if f.asked and f.attribute != EMAIL)


def _entered(field: Field, value: object) -> list[str]:
    """What somebody would have entered on a page. Raises AnswerError."""
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int):
        return [str(value)]
    several: list[object] = value if is_array(value) else [value]
    texts = [v for v in several if isinstance(v, str)]
    single = field.widget != "checkboxes"
    if len(texts) != len(several) or (single and len(texts) != 1):
        message = f"{field.label} is not in the right format."
        raise AnswerError(message)
    if field.widget == "checkbox" and texts[0].lower() not in {"true", "false"}:
        message = f"{field.label} must be true or false."
        raise AnswerError(message)
    return texts if single else [one for text in texts for one in text.split(",")]


def _told(field: Field) -> Json:
    told: Json = {
        "name": field.attribute,
        "type": _TYPES.get(field.data_type, field.data_type),
        "required": field.required,
    }
    return {**told, "options": {"regex": field.pattern}} if field.pattern else told
