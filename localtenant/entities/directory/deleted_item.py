"""``/directory/deletedItems``: bringing deleted objects back, and whose permissions reach them.

Source: the Graph pages "Restore deleted item", "List deleted items", "Permanently delete item" and
"List deleted items owned by a user".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.accepted import WRITE_APPLICATIONS
from localtenant.odata.answers import entity_body
from localtenant.odata.model import Action
from localtenant.odata.operations import Accepted, Operation, operation, same
from localtenant.odata.queries import Query
from localtenant.odata.types import ComplexType, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_DIRECTORY = ("Directory.Read.All", "Directory.ReadWrite.All")
_APPLICATIONS = same("Application.Read.All", "Application.ReadWrite.All", *_DIRECTORY)
_READ = {
    "application": _APPLICATIONS,
    "group": same("Group.Read.All", "Group.ReadWrite.All", *_DIRECTORY),
    "servicePrincipal": _APPLICATIONS,
    "user": same("User.Read.All", "User.ReadWrite.All", *_DIRECTORY),
}
_RESTORE = {
    "application": WRITE_APPLICATIONS,
    "group": same("Group.ReadWrite.All"),
    "servicePrincipal": WRITE_APPLICATIONS,
    "user": same("User.DeleteRestore.All", "User.ReadWrite.All"),
}
_PURGE = {
    "application": WRITE_APPLICATIONS,
    "group": Accepted((), ("Group.ReadWrite.All",)),
    "servicePrincipal": WRITE_APPLICATIONS,
    "user": Accepted(("User.DeleteRestore.All",), ("User.DeleteRestore.All", "User.ReadWrite.All")),
}


def _restore(call: Call, doc: Json, values: Json) -> Json:
    del values
    entity = call.model.filed_as(call.tx.kind_of(doc["id"], deleted=True) or "")
    kind = entity.type.filed_as
    entity.rules.restore(call, doc)
    call.tx.mark_deleted(kind, doc["id"], None)
    restored = call.require(kind, doc["id"])
    return entity_body(call, entity, restored, Query(), typed=True)


def _owned_by(call: Call, doc: Json, values: Json) -> Json:
    del doc
    found: list[Json] = []
    for key in call.tx.sources("owners", values["userId"]):
        kind = call.tx.kind_of(key, deleted=True)
        if kind is None or kind.lower() != values["type"].lower():
            continue
        entity = call.model.filed_as(kind)
        owned = call.tx.get(kind, key, deleted=True)
        found += [entity_body(call, entity, owned, Query(), typed=True)] if owned else []
    return {"value": found}


RESTORE = Action(
    "restore",
    ComplexType("restore"),
    _restore,
    returns="directoryObjects/$entity",
    empty_body=True,
)
OWNED_BY = Action(
    "getUserOwnedObjects",
    ComplexType(
        "getUserOwnedObjects",
        (
            text("userId", nullable=False, required=True),
            text("type", nullable=False, required=True),
        ),
    ),
    _owned_by,
    returns="Collection(microsoft.graph.directoryObject)",
    writes=False,
)
_ONE = "/directory/deletedItems/{id}"
OPERATIONS: tuple[Operation, ...] = (
    operation("GET /directory/deletedItems", _READ, "directory-deleteditems-list"),
    operation(f"GET {_ONE}", _READ, "directory-deleteditems-get"),
    operation(f"DELETE {_ONE}", _PURGE, "directory-deleteditems-delete"),
    operation(f"POST {_ONE}/restore", _RESTORE, "directory-deleteditems-restore"),
    operation(
        "POST /directory/deletedItems/getUserOwnedObjects",
        same("Group.Read.All", "Group.ReadWrite.All"),
        "directory-deleteditems-getuserownedobjects",
    ),
)
