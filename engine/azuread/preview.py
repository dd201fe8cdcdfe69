"""What a preview says of a resource, as the real plugin does.

It repeats what the inputs say, has null for what they leave out, although the tenant will have an
empty value there, and is unknown where only the tenant can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.azuread.compare import equal, find
from engine.azuread.plan import complete
from engine.azuread.schema import Kind, Property
from engine.azuread.values import UNKNOWN, Properties, is_list, is_object


def previewed(
    declared: Mapping[str, Property],
    state: Properties,
    inputs: Properties,
    ignored: Collection[str] = (),
) -> Properties:
    """Return what a preview shows of the inputs; `state` is empty for what is to be created.

    Inputs named in `ignored` stay as they are.
    """
    result = dict(state)
    for name, prop in declared.items():
        value, old = inputs.get(name), state.get(name)
        if state and name in ignored:
            continue
        if prop.computed and (value in (None, "") or (value == [] and not old)):
            result.setdefault(name, UNKNOWN)
        elif not (name in state and equal(prop, old, value)):
            result[name] = _shown(prop, value, old)
    return result


def _shown(prop: Property, value: object, old: object) -> object:
    if value == UNKNOWN:
        return value
    if prop.kind is Kind.OBJECT:
        if not is_object(value):
            return None
        have = old if is_object(old) else {}
        return {
            name: have[name]
            if have.get(name) is not None and equal(inner, have[name], value.get(name))
            else _shown(inner, value.get(name), have.get(name))
            for name, inner in prop.fields.items()
        }
    if prop.kind is Kind.SET and prop.item is not None:
        return _shown_items(prop, prop.item, value, old)
    if prop.kind is Kind.MAP:
        return value or None
    return prop.default if value is None else value


def _shown_items(prop: Property, item: Property, value: object, old: object) -> object:
    if item.kind is not Kind.OBJECT:
        if not is_list(value) or not value:
            return [] if old else None
        if UNKNOWN in value:
            return UNKNOWN
        return value if prop.ordered else sorted(value)
    have: list[object] = old if is_list(old) else []
    shown: list[object] = []
    for wanted in value if is_list(value) else []:
        place = find(prop, wanted, have) if prop.ordered and wanted != UNKNOWN else None
        shown.append(
            _shown(item, wanted, None if place is None else have[place])
            if prop.ordered
            else complete(item, wanted)
        )
    return shown
