"""``/directoryObjects``: objects of any type, by their ID.

Source: the Graph pages "directoryObject: getByIds", "directoryObject: validateProperties",
"directoryObject: getAvailableExtensionProperties" and "Delete directoryObject".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.accepted import (
    READ_DIRECTORY,
    WRITE_APPLICATIONS,
    WRITE_APPLICATIONS_OR_DIRECTORY,
)
from localtenant.entities.people.accepted import CHECK_MEMBERSHIPS, DELETE_GROUP, DELETE_USER
from localtenant.odata.answers import entity_body
from localtenant.odata.errors import bad_request
from localtenant.odata.model import Action
from localtenant.odata.operations import Operation, operation, same
from localtenant.odata.queries import Query
from localtenant.odata.types import ComplexType, flag, text, texts

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

TYPES = ("application", "servicePrincipal", "group", "user")
_MOST_IDS = 1000
_DELETE = {
    "application": WRITE_APPLICATIONS,
    "group": DELETE_GROUP,
    "servicePrincipal": WRITE_APPLICATIONS_OR_DIRECTORY,
    "user": DELETE_USER,
}


def _by_ids(call: Call, doc: Json, values: Json) -> Json:
    """Objects of these IDs and types; IDs of nothing are passed over."""
    del doc
    if len(values["ids"]) > _MOST_IDS:
        raise bad_request(
            f"Too many elements in the collection 'ids'. At most {_MOST_IDS} are allowed."
        )
    wanted = {str(t).lower() for t in values.get("types") or TYPES}
    wanted = {t.lower() for t in TYPES} if "directoryobject" in wanted else wanted
    found: list[Json] = []
    for key in values["ids"]:
        kind = call.tx.kind_of(key)
        if kind is None or kind not in TYPES or kind.lower() not in wanted:
            continue
        there = call.require(kind, key)
        found.append(entity_body(call, call.model.filed_as(kind), there, Query(), typed=True))
    return {"value": found}


def _validate(call: Call, doc: Json, values: Json) -> None:
    """Nothing is refused: the tenant has no naming policy and no blocked words."""
    del call, doc, values


def _extensions(call: Call, doc: Json, values: Json) -> Json:
    """The directory extensions that applications of this tenant registered."""
    del doc
    entity = call.model.by_kind.get("extensionProperty")
    if entity is None or values.get("isSyncedFromOnPremises"):
        return {"value": []}
    rows = call.tx.find(entity.type.filed_as)
    return {"value": [entity_body(call, entity, row.doc, Query(), typed=True) for row in rows]}


ACTIONS = (
    Action(
        "getByIds",
        ComplexType("getByIds", (texts("ids", required=True), texts("types", nullable=True))),
        _by_ids,
        returns="directoryObjects",
        writes=False,
    ),
    Action(
        "validateProperties",
        ComplexType(
            "validateProperties",
            (
                text("entityType"),
                text("displayName"),
                text("mailNickname"),
                text("onBehalfOfUserId"),
            ),
        ),
        _validate,
        writes=False,
    ),
    Action(
        "getAvailableExtensionProperties",
        ComplexType("getAvailableExtensionProperties", (flag("isSyncedFromOnPremises"),)),
        _extensions,
        returns="Collection(microsoft.graph.extensionProperty)",
        empty_body=True,
        writes=False,
    ),
)
_MEMBERSHIPS = ("getMemberGroups", "getMemberObjects", "checkMemberGroups", "checkMemberObjects")
OPERATIONS: tuple[Operation, ...] = (
    operation("GET /directoryObjects", READ_DIRECTORY, "directoryobject-list"),
    operation("GET /directoryObjects/{id}", READ_DIRECTORY, "directoryobject-get"),
    operation("DELETE /directoryObjects/{id}", _DELETE, "directoryobject-delete"),
    operation("POST /directoryObjects/getByIds", READ_DIRECTORY, "directoryobject-getbyids"),
    operation(
        "POST /directoryObjects/validateProperties",
        same("Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All"),
        "directoryobject-validateproperties",
        differences="The tenant has no naming policy, so nothing is refused.",
    ),
    operation(
        "POST /directoryObjects/getAvailableExtensionProperties",
        READ_DIRECTORY,
        "directoryobject-getavailableextensionproperties",
    ),
    *(
        operation(
            f"POST /directoryObjects/{{id}}/{name}",
            CHECK_MEMBERSHIPS,
            f"directoryobject-{name.lower()}",
        )
        for name in _MEMBERSHIPS
    ),
)
