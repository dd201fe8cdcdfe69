"""What Graph has at ``/users``, ``/me`` and ``/groups``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people import group, group_operations, user, user_operations
from localtenant.entities.people.user_actions import VALIDATE_PASSWORD
from localtenant.odata.errors import signed_in_only
from localtenant.odata.model import Area, EntitySet

if TYPE_CHECKING:
    from localtenant.odata.call import Call


def _signed_in(call: Call) -> str:
    if not call.caller.delegated:
        raise signed_in_only()
    return call.caller.object_id


AREA = Area(
    sets=(
        EntitySet("users", ("user",), collection_actions=(VALIDATE_PASSWORD,)),
        EntitySet("me", ("user",), singleton=_signed_in, place="users"),
        EntitySet("groups", ("group",)),
    ),
    entities=(user.ENTITY, group.ENTITY),
    operations=(*user_operations.OPERATIONS, *group_operations.OPERATIONS),
    missing=("groupSettings", "invitations"),
)
