"""``/identity/userFlowAttributes``: what a sign-up can ask for; the built-in ones.

Source: the Graph resource page "identityUserFlowAttribute", and the list of built-in attributes in
the documentation of external tenants ("User profile attributes").
"""

from __future__ import annotations

from localtenant.odata.errors import GraphError, consumer_identity
from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, EnumType, Property, text

DATA_TYPE = EnumType(
    "identityUserFlowAttributeDataType",
    ("string", "boolean", "int64", "stringCollection", "dateTime"),
)
ATTRIBUTE_TYPE = EnumType("identityUserFlowAttributeType", ("builtIn", "custom", "required"))

ATTRIBUTE = EntityType(
    "identityBuiltInUserFlowAttribute",
    (
        text("displayName"),
        text("description"),
        Property("userFlowAttributeType", ATTRIBUTE_TYPE, nullable=False, default="builtIn"),
        Property("dataType", DATA_TYPE, nullable=False, default="string"),
    ),
    kind="identityUserFlowAttribute",
    bases=("identityUserFlowAttribute",),
    guid_key=False,
    type_shown=True,
    indexed=("displayName",),
)

BUILT_IN_ATTRIBUTES = tuple(
    {"id": key, "displayName": name, "description": description}
    for key, name, description in (
        ("city", "City", "The city in which the user is located."),
        ("country", "Country/Region", "The country/region in which the user is located."),
        ("displayName", "Display Name", "Display Name of the User."),
        ("email", "Email Address", "Email address of the user."),
        ("givenName", "Given Name", "The user's given name (also known as first name)."),
        ("jobTitle", "Job Title", "The user's job title."),
        ("postalCode", "Postal Code", "The postal code of the user's address."),
        ("state", "State/Province", "The state or province in user's address."),
        ("streetAddress", "Street Address", "The street address where the user is located."),
        ("surname", "Surname", "The user's surname (also known as family name or last name)."),
    )
)


class AttributeRules(Rules):
    """An attribute that does not exist is missed in the words of the service behind it."""

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The user flow attribute '{key}' was not found.")


ENTITY = Entity(ATTRIBUTE, AttributeRules(ATTRIBUTE))
