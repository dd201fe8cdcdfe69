"""Comparison of what is with what is wanted, property by property, as the real plugin does it.

Graph's answers and a program's inputs differ in form where they mean the same: Graph names every
property and keeps no order in its lists, a program leaves out what is empty. Empty, left out and
default are therefore equal, and lists are compared as sets.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from engine.azuread.schema import Kind, Property
from engine.azuread.values import UNKNOWN, Properties, is_list, is_object


class Change(Enum):
    """What happens to a property."""

    ADD = "add"
    DELETE = "delete"
    UPDATE = "update"


@dataclass(frozen=True)
class Difference:
    """One property that differs: its path (`web.redirectUris[0]`) and what happens to it."""

    path: str
    change: Change

    @property
    def name(self) -> str:
        """The name of the input that the path begins with."""
        return self.path.partition(".")[0].partition("[")[0]


def differences(
    declared: Mapping[str, Property], state: Properties, inputs: Properties
) -> list[Difference]:
    """Return how the inputs differ from the recorded state, the most precise paths there are."""
    found: dict[str, Difference] = {}
    for name, prop in declared.items():
        wanted = inputs.get(name)
        if wanted is None and prop.computed:
            continue
        for difference in _differences(prop, state.get(name), wanted, name):
            _merge(found, difference)
    return list(found.values())


def equal(prop: Property, one: object, other: object) -> bool:
    """Tell whether two values of a property mean the same."""
    return not any(_differences(prop, one, other, ""))


def find(prop: Property, item: object, items: Sequence[object]) -> int | None:
    """Return the index of the item that `item` of a set is: an equal one, or one with its key."""
    if prop.item is None:
        return None
    for index, candidate in enumerate(items):
        if equal(prop.item, candidate, item):
            return index
    key = _key(prop, item)
    if key is None:
        return None
    return next((index for index, other in enumerate(items) if _key(prop, other) == key), None)


def _merge(found: dict[str, Difference], difference: Difference) -> None:
    known = found.get(difference.path)
    if known is not None and known.change is not difference.change:
        difference = Difference(difference.path, Change.UPDATE)
    found[difference.path] = difference


def _differences(prop: Property, old: object, new: object, path: str) -> Iterator[Difference]:
    if new == UNKNOWN:
        yield Difference(path, Change.ADD if _is_empty(old) else Change.UPDATE)
    elif prop.kind is Kind.OBJECT:
        yield from _differences_of_fields(prop, old, new, path)
    elif prop.kind is Kind.SET:
        yield from _differences_of_items(prop, old, new, path)
    elif prop.kind is Kind.MAP:
        yield from _differences_of_keys(old, new, path)
    elif _scalar(prop, old) != _scalar(prop, new):
        yield Difference(path, _change(old, new))


def _differences_of_fields(
    prop: Property, old: object, new: object, path: str
) -> Iterator[Difference]:
    have = old if is_object(old) else {}
    want = new if is_object(new) else {}
    for name, inner in prop.fields.items():
        yield from _differences(inner, have.get(name), want.get(name), f"{path}.{name}")


def _differences_of_items(
    prop: Property, old: object, new: object, path: str
) -> Iterator[Difference]:
    have: list[object] = old if is_list(old) else []
    want: list[object] = new if is_list(new) else []
    if prop.computed and not prop.is_plain and not want:
        return
    left = list(range(len(have)))
    for index, item in enumerate(want):
        match = None
        if item != UNKNOWN:
            match = find(prop, item, [have[place] for place in left])
        if match is None:
            yield Difference(f"{path}[{index}]", Change.ADD)
        elif prop.item is not None:
            yield from _differences(prop.item, have[left.pop(match)], item, f"{path}[{index}]")
    for index in left:
        yield Difference(f"{path}[{index}]", Change.DELETE)


def _differences_of_keys(old: object, new: object, path: str) -> Iterator[Difference]:
    have = old if is_object(old) else {}
    want = new if is_object(new) else {}
    for key in {**have, **want}:
        if have.get(key) != want.get(key):
            here = f"{path}.{key}" if key.isidentifier() else f'{path}["{key}"]'
            yield Difference(here, _change(have.get(key), want.get(key)))


def _key(prop: Property, item: object) -> tuple[object, ...] | None:
    if not prop.key or not is_object(item):
        return None
    key = tuple(item.get(name) for name in prop.key)
    return None if UNKNOWN in key else key


def _scalar(prop: Property, value: object) -> Hashable:
    return prop.zero if value is None else value


def _change(old: object, new: object) -> Change:
    if new is None:
        return Change.DELETE
    return Change.ADD if _is_empty(old) else Change.UPDATE


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {})
