"""The fields of a sign-up: what a flow's inputs ask for, and whether an answer will do.

Source: the Graph resource page "authenticationAttributeCollectionInputConfiguration". The texts
for a reader are our own choice.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from localtenant.odata.types import children

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from localtenant.odata.types import Json
    from localtenant.pages.texts import Text

EMAIL = "email"
LONGEST = 250
"""Characters of a value."""
_MOST_RADIOS = 7
_INT64 = 2**63
_AUTOCOMPLETE = {
    "city": "address-level2",
    "country": "country-name",
    "displayName": "name",
    "givenName": "given-name",
    "jobTitle": "organization-title",
    "postalCode": "postal-code",
    "state": "address-level1",
    "streetAddress": "street-address",
    "surname": "family-name",
}
Value = str | int | bool | list[str]


class AnswerError(Exception):
    """An answer that will not do; the text is for the customer."""


@dataclass(frozen=True)
class Field:
    """A field of the page.

    ``attribute`` is the property of the user, ``widget`` one of ``text``, ``number``, ``date``,
    ``radio``, ``select``, ``checkboxes`` and ``checkbox``, ``options`` pairs of value and label.
    """

    attribute: str
    label: str | Text
    widget: str = "text"
    data_type: str = "string"
    default: str = ""
    hidden: bool = False
    editable: bool = True
    written: bool = True
    required: bool = False
    pattern: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def autocomplete(self) -> str:
        """What a browser may fill in."""
        return _AUTOCOMPLETE.get(self.attribute, "off")

    @property
    def defaults(self) -> list[str]:
        """What is filled in or chosen at first; several values stand between commas."""
        if self.widget == "checkboxes":
            return [v.strip() for v in self.default.split(",") if v.strip()]
        return [self.default] if self.default else []

    def value(self, given: Sequence[str]) -> Value | None:
        """The property's value for what was entered; None for nothing. Raises AnswerError."""
        entered = [g.strip() for g in given] if self.asked else self.defaults
        entered = [g for g in entered if g]
        if self.widget == "checkbox":
            return self._checked(entered)
        if not entered:
            if self.required and self.asked:
                raise AnswerError(f"{self.label} is required.")
            return None
        if self.options and not set(entered) <= {value for value, _ in self.options}:
            raise AnswerError(f"Choose one of the options of {self.label}.")
        text = ",".join(entered)
        if len(text) > LONGEST:
            raise AnswerError(f"{self.label} is too long: at most {LONGEST} characters.")
        if self.asked and not _matches(self.pattern, text):
            raise AnswerError(f"{self.label} is not in the right format.")
        if self.data_type == "stringcollection":
            return entered
        convert = _CONVERT.get(self.data_type)
        return convert(self, text) if convert else text

    @property
    def asked(self) -> bool:
        """Whether the customer can enter something."""
        return self.editable and not self.hidden

    def _checked(self, entered: list[str]) -> Value:
        checked = bool(entered) and entered[0].lower() in {"true", "on", "1"}
        if self.required and self.asked and not checked:
            raise AnswerError("Check this box to go on.")
        return checked if self.data_type == "boolean" else str(checked).lower()


def field_of(entry: Json, attribute: str, data_type: str) -> Field:
    """The field of a flow's input for an attribute of a data type."""
    options = tuple((o["value"], o["label"]) for o in children(entry, "options"))
    kind = data_type.lower() or "string"
    return Field(
        attribute=attribute,
        label=entry.get("label") or attribute,
        widget=_widget(entry.get("inputType") or "text", kind, len(options)),
        data_type=kind,
        default=entry.get("defaultValue") or "",
        hidden=bool(entry.get("hidden")),
        editable=entry.get("editable") is not False,
        written=entry.get("writeToDirectory") is not False,
        required=bool(entry.get("required")),
        # Observed: patterns come with characters written as HTML.
        pattern=html.unescape(entry.get("validationRegEx") or ""),
        options=options,
    )


def _widget(input_type: str, data_type: str, options: int) -> str:
    match input_type.lower():
        case "radiosingleselect":
            return "radio" if options <= _MOST_RADIOS else "select"
        case "checkboxmultiselect":
            return "checkboxes"
        case "boolean":
            return "checkbox"
        case _:
            own = {"boolean": "checkbox", "int64": "number", "datetime": "date"}
            return own.get(data_type, "text")


def _matches(pattern: str, text: str) -> bool:
    """Whether a text has a pattern's form; a pattern that is none of Python's asks for nothing."""
    try:
        return not pattern or re.search(pattern, text) is not None
    except re.error:
        return True


def _integer(field: Field, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = _INT64
    if not -_INT64 <= number < _INT64:
        raise AnswerError(f"{field.label} must be a whole number.")
    return number


def _date(field: Field, text: str) -> str:
    try:
        return f"{date.fromisoformat(text[:10]).isoformat()}T00:00:00Z"
    except ValueError as error:
        raise AnswerError(f"{field.label} must be a date such as 2001-12-31.") from error


def _boolean(field: Field, text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise AnswerError(f"{field.label} must be true or false.")
    return text.lower() == "true"


_CONVERT: dict[str, Callable[[Field, str], Value]] = {
    "int64": _integer,
    "datetime": _date,
    "boolean": _boolean,
}
