"""``/directory/deletedItems``: the action that brings a deleted object back.

Source: the Graph page "Restore deleted item".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.model import Action
from localtenant.odata.types import ComplexType

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json


def _restore(call: Call, doc: Json, values: Json) -> Json:
    del values
    entity = call.model.filed_as(call.tx.kind_of(doc["id"], deleted=True) or "")
    kind = entity.type.filed_as
    entity.rules.restore(call, doc)
    call.tx.mark_deleted(kind, doc["id"], None)
    restored = call.require(kind, doc["id"])
    return {"@odata.type": f"#{entity.type.full_name}", **entity.rules.shown(call, restored)}


RESTORE = Action(
    "restore",
    ComplexType("restore"),
    _restore,
    returns="directoryObjects/$entity",
    empty_body=True,
)
