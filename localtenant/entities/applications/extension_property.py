"""``/applications/{id}/extensionProperties``: definitions of directory extensions.

Source: the Graph resource page "extensionProperty". That a name is taken is observed; that a value
is refused is documented, in the words of other values of the directory.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from localtenant.odata.errors import SAME_KEY, GraphError, invalid_value
from localtenant.odata.model import Entity, View
from localtenant.odata.rules import Rules
from localtenant.odata.types import DATE_TIME, EntityType, Property, flag, text, texts

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_TYPES = {"Binary", "Boolean", "DateTime", "Integer", "LargeInteger", "String"}
_TARGETS = {"User", "Group", "AdministrativeUnit", "Application", "Device", "Organization"}
_NAME = re.compile(r"[A-Za-z0-9_]+")

EXTENSION = EntityType(
    "extensionProperty",
    (
        Property("deletedDateTime", DATE_TIME, read_only=True),
        text("appDisplayName", read_only=True),
        text("dataType", nullable=False, required=True),
        flag("isMultiValued", nullable=False, default=False),
        flag("isSyncedFromOnPremises", default=False, read_only=True),
        text("name", nullable=False, required=True),
        texts("targetObjects", required=True),
        text("applicationId", hidden=True),
    ),
    bases=("directoryObject",),
    indexed=("applicationId", "name"),
    directory=True,
)


class ExtensionRules(Rules):
    """A definition gets the name under which values are written, and never changes."""

    def create(self, call: Call, values: Json) -> Json:
        """Define an extension of the directory's objects."""
        application = call.require("application", values["applicationId"])
        name = str(values.get("name") or "")
        if name:
            if not _NAME.fullmatch(name):
                raise invalid_value("name", EXTENSION.title)
            values["name"] = f"extension_{application['appId'].replace('-', '')}_{name}"
        values["appDisplayName"] = application["displayName"]
        taken = call.tx.lookup(EXTENSION.filed_as, "name", values.get("name"))
        if taken:
            message = f"An extension property exists with the name {taken['name']}."
            raise GraphError(409, SAME_KEY, message)
        doc = super().create(call, values)
        if doc["dataType"] not in _TYPES:
            raise invalid_value("dataType", EXTENSION.title)
        if not doc["targetObjects"] or not _TARGETS.issuperset(doc["targetObjects"]):
            raise invalid_value("targetObjects", EXTENSION.title)
        return doc


ENTITY = Entity(EXTENSION, ExtensionRules(EXTENSION))
PROPERTIES = View("extensionProperties", target=EXTENSION.name, match="applicationId", owned=True)
