"""Directory extensions: the properties of users and groups that applications and user flows add.

Source: the Graph resource pages "extensionProperty" and "identityUserFlowAttribute". A property is
registered by an application's extension property, or by a custom user flow attribute, whose ID is
the property's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.conditions import Condition, fold
from localtenant.odata.types import (
    BINARY,
    BOOLEAN,
    DATE_TIME,
    INT32,
    INT64,
    STRING,
    Json,
    Primitive,
    Property,
)

if TYPE_CHECKING:
    from localtenant.odata.call import Call

_LONGEST = 256
_TYPES: dict[str, Primitive] = {
    "binary": BINARY,
    "boolean": BOOLEAN,
    "datetime": DATE_TIME,
    "int64": INT64,
    "integer": INT32,
    "largeinteger": INT64,
}


def registered(call: Call, name: str, target: str) -> Property | None:
    """The property ``name`` of objects of the type ``target`` (``User``), if it is registered."""
    named = Condition("fold(json_extract(o.doc, '$.name')) = ?", (fold(name),))
    rows = call.tx.find("extensionProperty", named, limit=1)
    if rows:
        doc = rows[0].doc
        several = bool(doc.get("isMultiValued"))
        return _property(doc, doc["name"], several) if target in doc["targetObjects"] else None
    doc = call.tx.get("identityUserFlowAttribute", name) if target == "User" else None
    if doc is None:
        return None
    return _property(doc, doc["id"], doc["dataType"].lower() == "stringcollection")


def _property(doc: Json, name: str, several: bool) -> Property:  # noqa: FBT001 - one of two shapes
    type_ = _TYPES.get(doc["dataType"].lower(), STRING)
    longest = _LONGEST if type_ in {STRING, BINARY} else None
    return Property(name, type_, collection=several, max_length=longest)
