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
        value, old = inputs.get(name), state.get(name)
        if value is None and prop.computed:
            result.setdefault(name, UNKNOWN)
        elif not state:
            result[name] = complete(prop, value)
        elif equal(prop, old, value):
            result[name] = recorded(prop, complete(prop, old), old, old)
        else:
            result[name] = recorded(prop, complete(prop, value), value, old)
    return result


def complete(prop: Property, value: object) -> object:
    """Return a value with everything in it that was left out, as Graph will answer it."""
    if value == UNKNOWN:
        return value
    if prop.kind is Kind.OBJECT:
        have = value if is_object(value) else {}
        return {name: complete(inner, have.get(name)) for name, inner in prop.fields.items()}
    if prop.is_plain:
        return _in_order(prop, value if is_list(value) else [])
    if prop.kind is Kind.SET and prop.item is not None:
        return [complete(prop.item, item) for item in (value if is_list(value) else [])]
    if prop.unstored:
        return None if value == {} else value
    return prop.zero if value is None else value


def completed(declared: Mapping[str, Property], state: Properties) -> Properties:
    """Return a recorded state in which nothing is null that Graph has an empty value for."""
    whole = {name: complete(prop, state.get(name)) for name, prop in declared.items()}
    return {**state, **whole}


def recorded(prop: Property, value: object, given: object, old: object = None) -> object:
    """Return a value of Graph's as the real plugin records it: null for a list never mentioned.

    `given` is the input, `old` what is recorded so far. Only a refresh records such a list as
    empty.
    """
    if prop.is_plain and not prop.computed:
        return None if value == [] and not given and old is None else value
    if prop.kind is Kind.OBJECT and is_object(value) and is_object(given):
        have = old if is_object(old) else {}
        return {
            name: recorded(prop.fields[name], inner, given.get(name), have.get(name))
            for name, inner in value.items()
        }
    if prop.kind is Kind.SET and prop.item is not None and is_list(value) and is_list(given):
        item = prop.item
        have = old if is_list(old) else []
        return [
            recorded(item, one, _counterpart(prop, one, given), _counterpart(prop, one, have))
            for one in value
        ]
    return value


def _counterpart(prop: Property, item: object, items: list[object]) -> object:
    place = find(prop, item, items)
    return None if place is None else items[place]


def _in_order(prop: Property, items: list[object]) -> list[object]:
    return items if prop.ordered else sorted(items, key=str)


def arranged(prop: Property, value: object, like: object) -> object:
    """Return a value with its lists in the order that `like` has, and lists of texts sorted."""
    if prop.kind is Kind.OBJECT and is_object(value):
        known = like if is_object(like) else {}
        return {
            name: arranged(prop.fields[name], inner, known.get(name))
            if name in prop.fields
            else inner
            for name, inner in value.items()
        }
    if prop.is_plain and not prop.ordered and is_list(value):
        return _in_order(prop, value)
    if prop.kind is Kind.SET and prop.item is not None and is_list(value):
        left: list[object] = list(value)
        ordered: list[object] = []
        for wanted in like if is_list(like) else []:
            place = find(prop, wanted, left)
            if place is not None:
                ordered.append(arranged(prop.item, left.pop(place), wanted))
        return ordered + [arranged(prop.item, item, None) for item in left]
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

    That is what is neither empty nor default, nor a text that stays as it is when it is left out.
    """
    return {
        name: _pruned(prop, state[name])
        for name, prop in declared.items()
        if name in state and _is_told(prop, state[name])
    }


def _is_told(prop: Property, value: object) -> bool:
    if prop.computed:
        # The real plugin names blocks that the tenant decides, such as `featureTags`.
        return prop.kind is Kind.SET and not prop.is_plain
    return prop.required or not equal(prop, value, None)


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
