"""Check of inputs: defaults are filled in, and everything that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.azuread.errors import INSTALL_OFFICIAL
from engine.azuread.schema import Kind, Property
from engine.azuread.values import UNKNOWN, Properties, is_list, is_object

_TYPES: Final[Mapping[Kind, type]] = {
    Kind.TEXT: str,
    Kind.FLAG: bool,
    Kind.NUMBER: int,
    Kind.SET: list,
    Kind.OBJECT: dict,
    Kind.MAP: dict,
}


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong: the path of the property (`web.redirectUris[0]`), and why."""

    path: str
    reason: str


def with_defaults(declared: Mapping[str, Property], inputs: Properties) -> Properties:
    """Return the inputs with the defaults of what was left out, at any depth."""
    filled: Properties = {
        name: _filled(declared[name], value) if name in declared else value
        for name, value in inputs.items()
    }
    for name, prop in declared.items():
        # The real plugin records no default that is false.
        if prop.default and filled.get(name) is None:
            filled[name] = prop.default
    return filled


def _filled(prop: Property, value: object) -> object:
    if prop.kind is Kind.OBJECT and is_object(value):
        return with_defaults(prop.fields, value)
    if prop.kind is Kind.SET and prop.item is not None and is_list(value):
        return [_filled(prop.item, item) for item in value]
    return value


def failures(
    declared: Mapping[str, Property], inputs: Properties, refused: Mapping[str, str], path: str = ""
) -> Iterator[Failure]:
    """Yield what is wrong with inputs whose defaults are filled in.

    `refused` names properties that the real plugin has and this stand-in does not, with what to use
    instead.
    """
    for name, value in inputs.items():
        here = f"{path}.{name}" if path else name
        if name in refused:
            yield Failure(
                here,
                f"the azuread stand-in does not support {here!r}: {refused[name]}; "
                f"or {INSTALL_OFFICIAL}",
            )
        elif name not in declared:
            known = ", ".join(sorted(declared))
            yield Failure(here, f"the azuread stand-in knows no {here!r} (it knows {known})")
        else:
            yield from _failures_of(declared[name], value, here)
    for name, prop in declared.items():
        if prop.required and inputs.get(name) is None:
            here = f"{path}.{name}" if path else name
            yield Failure(here, f"missing required property {here!r}")


def _failures_of(prop: Property, value: object, path: str) -> Iterator[Failure]:
    if value == UNKNOWN or value is None:
        return
    if not _is_a(prop.kind, value):
        yield Failure(path, f"expected {prop.kind.value}, got {value!r}")
    elif isinstance(value, str) and prop.accepts is not None:
        wrong = prop.accepts(value)
        if wrong:
            yield Failure(path, wrong)
    elif prop.kind is Kind.OBJECT and is_object(value):
        yield from failures(prop.fields, value, {}, path)
    elif is_list(value) and prop.item is not None:
        if prop.required and not value:
            yield Failure(path, "must have at least one item")
        for index, item in enumerate(value):
            yield from _failures_of(prop.item, item, f"{path}[{index}]")


def _is_a(kind: Kind, value: object) -> bool:
    # Not `isinstance`: in Python a boolean is a number, in a property map it is not.
    return type(value) is _TYPES[kind]
