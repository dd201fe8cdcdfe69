"""What navigations lead to, shown inside the handlers and conditions of a flow or a listener."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from localtenant.odata.answers import entity_body
from localtenant.odata.queries import Query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.odata.call import Call
    from localtenant.odata.model import References
    from localtenant.odata.types import Json


def with_links(call: Call, doc: Json, navigations: Iterable[References]) -> Json:
    """A copy of ``doc`` with the targets of each navigation in its place, where that is there."""
    shown = copy.deepcopy(doc)
    for navigation in navigations:
        place: Json | None = shown
        *way, last = navigation.inline
        for name in way:
            place = place.get(name) if place else None
        if place is not None:
            place[last] = _value(call, doc["id"], navigation)
    return shown


def _value(call: Call, source: str, navigation: References) -> list[Json] | Json | None:
    keys = call.tx.targets(source, navigation.name)
    entity = call.model.entities[navigation.targets[0]]
    if navigation.contained:
        return [{entity.type.key: k} for k in keys]
    kind = entity.type.filed_as
    found = [entity_body(call, entity, call.require(kind, k), Query()) for k in keys]
    if navigation.single:
        return found[0] if found else None
    return found
