"""What a resource's outputs will be, and which inputs a resource that was read corresponds to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.azuread.compare import equal, find
from engine.azuread.schema import Kind, Property
from engine.azuread.values import UNKNOWN, Properties, is_list, is_object


def planned(
    declared: Mapping[str, Property],
    state: Properties,
    inputs: Properties,
    ignored: Collection[str] = (),
) -> Properties:
    """Return `state` with the inputs put in: what Graph will answer once they are applied.

    An input that is left out empties its property, unless the tenant's own value stands then; that
    one is unknown for an object that does not exist yet (an empty `state`). Inputs named in
    `ignored` stay as they are.
    """
    result = dict(state)
    for name, prop in declared.items():
        if state and name in ignored:
            continue
        value = inputs.get(name)
        if value is None and prop.computed:
            result.setdefault(name, UNKNOWN)
        elif not (name in state and equal(prop, state[name], value)):
            result[name] = complete(prop, value)
    return result


def complete(prop: Property, value: object) -> object:
    """Return a value with everything in it that was left out, as Graph will answer it."""
    if value == UNKNOWN:
        return value
    if prop.kind is Kind.OBJECT:
        have = value if is_object(value) else {}
        return {name: complete(inner, have.get(name)) for name, inner in prop.fields.items()}
    if prop.kind is Kind.SET and prop.item is not None:
        return [complete(prop.item, item) for item in (value if is_list(value) else [])]
    return prop.zero if value is None else value


def arranged(prop: Property, value: object, like: object) -> object:
    """Return a value with its lists in the order that `like` has, for a preview to compare."""
    if prop.kind is Kind.OBJECT and is_object(value) and is_object(like):
        return {
            name: arranged(prop.fields[name], inner, like.get(name))
            if name in prop.fields
            else inner
            for name, inner in value.items()
        }
    if prop.kind is Kind.SET and prop.item is not None and is_list(value) and is_list(like):
        left: list[object] = list(value)
        ordered: list[object] = []
        for wanted in like:
            place = find(prop, wanted, left)
            if place is not None:
                ordered.append(arranged(prop.item, left.pop(place), wanted))
        return ordered + left
    return value


def inputs_after_refresh(
    declared: Mapping[str, Property], inputs: Properties, state: Properties
) -> Properties:
    """Return the recorded inputs, with the tenant's values where these mean something else.

    What the program does not mention is not mentioned afterwards; the next preview finds its drift
    in the state.
    """
    return {
        name: _narrowed(declared[name], value, state.get(name)) if name in declared else value
        for name, value in inputs.items()
    }


def inputs_of_import(declared: Mapping[str, Property], state: Properties) -> Properties:
    """Return the fewest inputs that describe an object.

    That is what is neither empty nor default, nor stays as it is in the tenant when it is left out.
    """
    return {
        name: _pruned(prop, state[name])
        for name, prop in declared.items()
        if name in state
        and not prop.computed
        and (prop.required or not equal(prop, state[name], None))
    }


def _narrowed(prop: Property, recorded: object, actual: object) -> object:
    if equal(prop, recorded, actual):
        return recorded
    if prop.kind is Kind.OBJECT and is_object(recorded) and is_object(actual):
        return inputs_after_refresh(prop.fields, recorded, actual)
    if prop.kind is Kind.SET and prop.item is not None and is_list(actual):
        known: list[object] = recorded if is_list(recorded) else []
        narrowed: list[object] = []
        for item in actual:
            place = find(prop, item, known)
            narrowed.append(
                _pruned(prop.item, item)
                if place is None
                else _narrowed(prop.item, known[place], item)
            )
        return narrowed
    return actual


def _pruned(prop: Property, value: object) -> object:
    if prop.kind is Kind.OBJECT and is_object(value):
        return inputs_of_import(prop.fields, value)
    if prop.kind is Kind.SET and prop.item is not None and is_list(value):
        return [_pruned(prop.item, item) for item in value]
    return value
