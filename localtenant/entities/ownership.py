"""Owners of applications and service principals: who becomes one, and what may be one.

Source: the Graph pages "application: owners", "servicePrincipal: owners" and the permission
``Application.ReadWrite.OwnedBy``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.references import check_target
from localtenant.odata.errors import denied
from localtenant.odata.model import References
from localtenant.odata.rules import Rules

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

OWNERS = References("owners", targets=("servicePrincipal", "user"), typed=True)
CREATOR = "creator"
"""The link to who made an object, which Graph shows from the other end as ``createdObjects``."""

_BIND = "owners@odata.bind"


class OwnedRules(Rules):
    """Rules of objects that have owners."""

    def take_owners(self, call: Call, values: Json) -> list[str]:
        """The owners that a POST asks for, and the caller, whom Graph adds in any case."""
        owners: list[str] = values.pop(_BIND, [])
        for owner in owners:
            check_target(call, OWNERS, owner)
        if call.caller.object_id not in owners:
            owners = [call.caller.object_id, *owners]
        return owners

    def link_owners(self, call: Call, object_id: str, owners: list[str]) -> None:
        """Record the owners of a new object."""
        for owner in owners:
            call.tx.link(object_id, OWNERS.name, owner)
        call.tx.link(object_id, CREATOR, call.caller.object_id)

    def check_write(self, call: Call, doc: Json) -> None:
        """403 if the caller may change only what it owns, and does not own this."""
        if call.owned_only and not call.tx.linked(doc["id"], OWNERS.name, call.caller.object_id):
            raise denied()

    def add_reference(self, call: Call, doc: Json, navigation: References, target: str) -> None:
        """Add an owner."""
        check_target(call, navigation, target)
        super().add_reference(call, doc, navigation, target)
