"""``/identity/userFlowAttributes``: what a sign-up can ask for, built in or one's own.

Source: the Graph pages "Create identityUserFlowAttribute", "Update identityUserFlowAttribute" and
"Delete identityUserFlowAttribute", and the list of built-in attributes in the documentation of
external tenants ("User profile attributes"). Texts of errors are our own choice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from localtenant.entities.applications.extension_property import EXTENSION
from localtenant.odata.errors import GraphError, consumer_identity
from localtenant.odata.model import Area, Entity, EntitySet, Seeded
from localtenant.odata.operations import operation, same
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, EnumType, Property, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

DATA_TYPE = EnumType(
    "identityUserFlowAttributeDataType",
    ("string", "boolean", "int64", "stringCollection", "dateTime"),
)
ATTRIBUTE_TYPE = EnumType("identityUserFlowAttributeType", ("builtIn", "custom", "required"))
EXTENSIONS_APP = "b2c-extensions-app. Do not modify. Used by AADB2C for storing user data."
"""The display name of the application that holds custom attributes."""
MOST_ATTRIBUTES = 100

_KIND = "identityUserFlowAttribute"
_STORED_AS = {"boolean": "Boolean", "int64": "LargeInteger", "dateTime": "DateTime"}
"""The types of directory extensions that are not strings, by attributes' data types."""
_PROPERTIES = (
    text("displayName"),
    text("description"),
    Property("userFlowAttributeType", ATTRIBUTE_TYPE, nullable=False, default="builtIn"),
    Property("dataType", DATA_TYPE, nullable=False, default="string"),
)
_INDEXED = ("displayName", "userFlowAttributeType")


def _type(name: str) -> EntityType:
    return EntityType(
        name, _PROPERTIES, kind=_KIND, is_derived=True, guid_key=False, indexed=_INDEXED
    )


BUILT_IN = _type("identityBuiltInUserFlowAttribute")
CUSTOM = _type("identityCustomUserFlowAttribute")
ATTRIBUTE = EntityType(
    _KIND,
    _PROPERTIES,
    kind=_KIND,
    guid_key=False,
    type_shown=True,
    indexed=_INDEXED,
    derived=(BUILT_IN, CUSTOM),
)

BUILT_IN_ATTRIBUTES = tuple(
    {
        "@odata.type": f"#{BUILT_IN.full_name}",
        "id": key,
        "displayName": name,
        "description": description,
    }
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
    """What the service behind user flows checks of attributes."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a custom attribute: an extension property of the application that holds them."""
        for name in ("displayName", "dataType"):
            if not values.get(name):
                raise consumer_identity(400, f"The '{name}' field is required.")
        if not values.get("description"):
            # The code is observed.
            raise GraphError(400, "AADB2C99089", "The 'description' field is required.")
        if values.get("userFlowAttributeType", "custom") != "custom" or _is_built_in(values):
            raise consumer_identity(400, "Built-in user flow attributes cannot be created.")
        if call.tx.count(_KIND) >= MOST_ATTRIBUTES + len(BUILT_IN_ATTRIBUTES):
            raise consumer_identity(
                400, f"A tenant can have at most {MOST_ATTRIBUTES} custom user flow attributes."
            )
        application = _extensions_app(call)
        key = _key(application, values["displayName"])
        if call.tx.lookup(_KIND, "displayName", values["displayName"]) or call.tx.get(_KIND, key):
            raise consumer_identity(
                400,
                f"A user flow attribute with the display name '{values['displayName']}' already "
                "exists.",
            )
        values["userFlowAttributeType"] = "custom"
        _register(call, application, key, values["dataType"])
        return call.insert(CUSTOM, {**values, "@odata.type": f"#{CUSTOM.full_name}", "id": key})

    def check_write(self, call: Call, doc: Json) -> None:
        """Nobody changes or deletes a built-in attribute."""
        del call
        if _is_built_in(doc):
            raise consumer_identity(
                400, "Built-in user flow attributes cannot be changed or deleted."
            )

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change the description, the only property that can be changed."""
        for name, value in values.items():
            if name not in {"description", "@odata.type"} and value != doc[name]:
                raise consumer_identity(400, f"The '{name}' field cannot be changed.")
        if not values.get("description", doc["description"]):
            raise GraphError(400, "AADB2C99089", "The 'description' field is required.")
        super().update(call, doc, values)

    def delete(self, call: Call, doc: Json) -> None:
        """Delete an attribute; our own choice: none that a user flow asks for."""
        if call.tx.sources("attributes", doc["id"]):
            raise consumer_identity(
                400,
                f"The user flow attribute '{doc['id']}' is in a user flow and cannot be deleted.",
            )
        registered = call.tx.lookup(EXTENSION.filed_as, "name", doc["id"])
        if registered:
            call.tx.remove(EXTENSION.filed_as, registered["id"])
        super().delete(call, doc)

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The user flow attribute '{key}' was not found.")


def _is_built_in(value: Json) -> bool:
    return ATTRIBUTE.actual(value) is BUILT_IN


def _extensions_app(call: Call) -> Json:
    found = call.tx.lookup("application", "displayName", EXTENSIONS_APP)
    if found is None:
        raise consumer_identity(400, "The tenant has no b2c-extensions-app.")
    return found


def _key(application: Json, name: str) -> str:
    """The id of an attribute: the application's client ID, and the name without blanks."""
    client_id, plain = application["appId"].replace("-", ""), re.sub(r"\W", "", name)
    return f"extension_{client_id}_{plain}"


def _register(call: Call, application: Json, key: str, data_type: str) -> None:
    """Define the directory extension under which users have the attribute."""
    definition = {
        "applicationId": application["id"],
        "appDisplayName": application["displayName"],
        "name": key,
        "dataType": _STORED_AS.get(data_type, "String"),
        "isMultiValued": data_type == "stringCollection",
        "targetObjects": ["User"],
    }
    call.insert(EXTENSION, definition)


_SET = "identity/userFlowAttributes"
_ONE = f"/{_SET}/{{id}}"
_PAGE = "identityuserflowattribute"
_READ = same("IdentityUserFlow.Read.All", "IdentityUserFlow.ReadWrite.All")
_WRITE = same("IdentityUserFlow.ReadWrite.All")

AREA = Area(
    sets=(EntitySet(_SET, (ATTRIBUTE.name,)),),
    entities=(Entity(ATTRIBUTE, AttributeRules(ATTRIBUTE)),),
    operations=(
        operation(f"GET /{_SET}", _READ, f"{_PAGE}-list"),
        operation(f"POST /{_SET}", _WRITE, f"{_PAGE}-post"),
        operation(f"GET {_ONE}", _READ, f"{_PAGE}-get"),
        operation(f"PATCH {_ONE}", _WRITE, f"{_PAGE}-update"),
        operation(
            f"DELETE {_ONE}",
            _WRITE,
            f"{_PAGE}-delete",
            differences="refused for one that is in a user flow, which is our own choice",
        ),
    ),
    seeded=(Seeded(ATTRIBUTE, BUILT_IN_ATTRIBUTES, fixed=True),),
)
