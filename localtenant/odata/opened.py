"""Open types: properties that objects have beside those that are declared, for one request.

Directory extensions are named ``extension_{client ID without dashes}_{name}``. What a request names
of them is added to the entity's type, so that everything else treats it like a declared property
that is answered only when it is selected.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from localtenant.odata.errors import bad_request, unsupported_query
from localtenant.odata.types import is_object

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.request import Request
    from localtenant.odata.route import Route

_PREFIX = "extension_"
_NAME = re.compile(r"\bextension_\w+", re.IGNORECASE)
_STRING = re.compile(r"'(?:[^']|'')*'")


def opened(call: Call, route: Route) -> Route:
    """``route`` with the further properties that the request names declared on its entity.

    Raises 400 for names that are not registered: in a body those of Graph's directory, in the query
    options those of its filters.
    """
    entity = route.entity
    if not entity.type.open or route.navigation:
        return route
    asked, sent = _asked(call.request), _sent(call.request)
    if not asked and not sent:
        return route
    found = {name: entity.rules.open_property(call, name) for name in (*asked, *sent)}
    unknown = [name for name in sent if found[name] is None]
    if unknown:
        names = ",".join(unknown)
        raise bad_request(f"The following extension properties are not available: {names}.")
    properties = {p.name: replace(p, select_only=True) for p in found.values() if p is not None}
    for name in asked:
        if found[name] is None:
            raise unsupported_query(
                f"Property '{name}' does not exist as a declared property or extension property."
            )
    type_ = replace(entity.type, properties=(*entity.type.properties, *properties.values()))
    return replace(route, entity=replace(entity, type=type_, rules=entity.rules.of(type_)))


def _asked(request: Request) -> list[str]:
    options = [v for v in request.options.values() if _PREFIX in v.lower()]
    return [name for text in options for name in _NAME.findall(_STRING.sub("", text))]


def _sent(request: Request) -> list[str]:
    if _PREFIX.encode() not in request.raw:
        return []
    try:
        body = json.loads(request.raw)
    except (ValueError, RecursionError):
        return []
    return [n for n in body if n.startswith(_PREFIX)] if is_object(body) else []
