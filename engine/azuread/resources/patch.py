"""The least that a PATCH must say: what differs between two whole Graph bodies."""

from __future__ import annotations

from collections.abc import Collection

from engine.azuread.values import Properties, is_list, is_object


def changed(old: Properties, new: Properties, *, merged: Collection[str] = ()) -> Properties:
    """Return the properties of `new` that differ from `old`.

    Graph keeps the children that a PATCH does not mention of the objects named in `merged`, so only
    the children that differ are returned for those. The order of a list does not count.
    """
    result: Properties = {}
    for name, value in new.items():
        before: object = old.get(name)
        if name in merged and is_object(value) and is_object(before):
            if inner := changed(before, value):
                result[name] = inner
        elif _canonical(value) != _canonical(before):
            result[name] = value
    return result


def without_empty(body: Properties) -> Properties:
    """Return a creation's body without null, empty lists, and objects of nothing else."""
    result: Properties = {}
    for name, value in body.items():
        kept = without_empty(value) if is_object(value) else value
        if kept is not None and kept not in ([], {}):
            result[name] = kept
    return result


def _canonical(value: object) -> object:
    if is_object(value):
        return {name: _canonical(inner) for name, inner in value.items()}
    if is_list(value):
        return sorted((_canonical(item) for item in value), key=repr)
    return value
