"""Of which groups an object is a member, directly or through other groups.

Source: the Graph pages "directoryObject: getMemberGroups", "getMemberObjects", "checkMemberGroups"
and "checkMemberObjects".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import bad_request
from localtenant.odata.model import Action, References
from localtenant.odata.types import ComplexType, flag, texts

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

MEMBERS = "members"
_GROUP = ("group",)
_MOST_IDS = 20

MEMBER_OF = References("memberOf", targets=_GROUP, typed=True, of=MEMBERS, reverse=True)
TRANSITIVE_MEMBER_OF = References(
    "transitiveMemberOf", targets=_GROUP, typed=True, of=MEMBERS, reverse=True, transitive=True
)

_SECURITY_ENABLED = ComplexType("getMemberGroups", (flag("securityEnabledOnly", nullable=False),))


def groups_of(tx: Transaction, object_id: str) -> list[Json]:
    """The groups of which an object is a member, the nearest first; deleted ones do not count."""
    found: dict[str, Json] = {}
    keys = [object_id]
    for key in keys:
        for group in tx.sources(MEMBERS, key):
            doc = tx.get("group", group)
            if doc is not None and group not in found:
                found[group] = doc
                keys.append(group)
    return list(found.values())


def _get(call: Call, doc: Json, values: Json) -> Json:
    only = values.get("securityEnabledOnly")
    groups = groups_of(call.tx, doc["id"])
    return {"value": [g["id"] for g in groups if g["securityEnabled"] or not only]}


def _check(name: str) -> Action:
    """The action that tells which of the IDs of its one parameter the object is a member of."""
    parameter = "ids" if name.endswith("Objects") else "groupIds"

    def run(call: Call, doc: Json, values: Json) -> Json:
        if len(values[parameter]) > _MOST_IDS:
            raise bad_request(
                f"Too many elements in the collection '{parameter}'. At most {_MOST_IDS} are "
                "allowed."
            )
        wanted = {str(i).lower() for i in values[parameter]}
        return {"value": [g["id"] for g in groups_of(call.tx, doc["id"]) if g["id"] in wanted]}

    declared = ComplexType(name, (texts(parameter, required=True),))
    return Action(name, declared, run, returns="Collection(Edm.String)", writes=False)


ACTIONS = (
    *(
        Action(
            name,
            _SECURITY_ENABLED,
            _get,
            returns="Collection(Edm.String)",
            empty_body=True,
            writes=False,
        )
        for name in ("getMemberGroups", "getMemberObjects")
    ),
    _check("checkMemberGroups"),
    _check("checkMemberObjects"),
)
