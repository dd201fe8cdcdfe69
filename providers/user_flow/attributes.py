"""The attributes that a user flow collects, and their defaults.

An attribute is a mapping under Graph's names: ``attribute`` (its ID), ``label``, ``inputType``,
``required``, ``hidden``, ``editable``, ``writeToDirectory``, ``validationRegEx`` and, only where
given, ``defaultValue`` and ``options`` (a list of ``{label, value}``).
Source: https://learn.microsoft.com/graph/api/resources/authenticationattributecollectioninputconfiguration
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from providers.lifecycle import Unknown

Attribute = Mapping[str, object]

EMAIL = "email"
"""Collected by every flow: it is the account's name."""

INPUT_TYPES = ("text", "radioSingleSelect", "checkboxMultiSelect", "boolean")

# As the documentation prints it, entities included: the service is known to take this text.
_EMAIL_EXPRESSION = "^[a-zA-Z0-9.!#$%&amp;&#8217;'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:.[a-zA-Z0-9-]+)*$"
_ANY_EXPRESSION = "^.*"


@dataclass(frozen=True)
class BuiltIn:
    """An attribute that every External ID tenant has: its display name and description."""

    display_name: str
    description: str


BUILT_IN: Mapping[str, BuiltIn] = {
    EMAIL: BuiltIn("Email Address", "Email address of the user"),
    "city": BuiltIn("City", "The city in which the user is located"),
    "country": BuiltIn("Country/Region", "The country or region in which the user is located"),
    "displayName": BuiltIn("Display Name", "Display Name of the User"),
    "givenName": BuiltIn("Given Name", "The user's given name (also known as first name)"),
    "jobTitle": BuiltIn("Job Title", "The user's job title"),
    "postalCode": BuiltIn("Postal Code", "The postal code of the user's address"),
    "state": BuiltIn("State/Province", "The state or province in user's address"),
    "streetAddress": BuiltIn("Street Address", "The street address where the user is located"),
    "surname": BuiltIn("Surname", "The user's surname (also known as family name or last name)"),
}
"""By ID. Source: https://learn.microsoft.com/entra/external-id/customers/concept-user-attributes"""


def with_defaults(attribute: Attribute) -> dict[str, object]:
    """The attribute with everything that Graph wants to be told; unknown values stay unknown."""
    identifier = attribute.get("attribute")
    known = BUILT_IN.get(identifier) if isinstance(identifier, str) else None
    label = known.display_name if known else custom_name(identifier)
    email = identifier == EMAIL
    text = attribute.get("inputType", "text") == "text"
    defaults: dict[str, object] = {
        "attribute": identifier,
        "label": label,
        "inputType": "text",
        "required": email,
        "hidden": email,
        "editable": not email,
        "writeToDirectory": True,
        "validationRegEx": _EMAIL_EXPRESSION if email else _ANY_EXPRESSION if text else "",
    }
    given = {name: value for name, value in attribute.items() if value not in (None, [])}
    return {**defaults, **given}


def custom_name(identifier: object) -> object:
    """The name of a custom attribute, from its ID ``extension_{appId without dashes}_{name}``."""
    if isinstance(identifier, str) and identifier.startswith("extension_"):
        return identifier.split("_", 2)[-1]
    return identifier


def identifier(attribute: Attribute) -> str:
    """The attribute's ID; empty while it is unknown."""
    value = attribute.get("attribute")
    return "" if value is None or isinstance(value, Unknown) else str(value)


def without_implied_email(
    attributes: Sequence[Attribute], declared: Sequence[Attribute]
) -> list[dict[str, object]]:
    """The attributes less ``email``, unless that is among the declared ones.

    Graph lists it in every flow; where the configuration does not name it, it is left alone.
    """
    keep = any(identifier(one) == EMAIL for one in declared)
    return [dict(one) for one in attributes if keep or identifier(one) != EMAIL]
