"""The Args of the components, held to the settings' own rules.

Plain values are checked at once, all of them, before anything of the component is declared; an
output is checked as soon as it is known. A preview passes over what it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import pulumi
from pydantic import ValidationError

from components.settings.base import SettingsModel
from components.settings.mistakes import mistakes
from components.settings.problems import Location, Problem, descend, path_of
from components.settings.references import Names, Parts, check_references
from components.settings.secret_reference import OF_PROGRAM

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Args:
    """Args with the same fields as a settings model, beside those that only Python can say."""

    settings: ClassVar[type[SettingsModel]]
    """The model whose rules the fields obey."""


A = TypeVar("A", bound=Args)


class ArgsError(pulumi.RunError):
    """The Args of a component cannot be used; the message lists every problem."""

    def __init__(self, component: str, problems: Sequence[Problem]) -> None:
        """Problems of `component`, in the order in which they are to be read."""
        self.problems = tuple(problems)
        if len(problems) == 1:
            super().__init__(f"{component}: {problems[0]}")
        else:
            lines = "\n".join(f"  {problem}" for problem in problems)
            super().__init__(f"{component} has {len(problems)} problems\n{lines}")


def check(component: str, args: Args, parts: Parts, names: Names, *, below: int = 0) -> None:
    """Hold the plain values of `args` to the settings' rules, and `parts` to each other.

    Args:
        component: what the reader is told that the Args are of: `WebApp 'shop'`.
        args: the Args.
        parts: the Args by section and key, for what one says of another.
        names: the keys that there are beside those of `parts`.
        below: how many elements of a location in `parts` the Args themselves stand below.

    Raises:
        ArgsError: something is wrong; it lists every problem.

    """
    raw = _raw(args)
    found = [
        *_mistakes(args.settings, raw),
        *((location[below:], text) for location, text in check_references(parts, names)),
    ]
    if found:
        raise ArgsError(
            component, [Problem(path_of(location, root=""), text) for location, text in found]
        )


def checked(component: str, args: A, parts: Parts, names: Names) -> A:
    """The Args of one component, checked now as `check` does, their outputs when they are known.

    `parts` are the same Args under a section and any key, which the reader is not shown.
    """
    check(component, args, parts, names, below=2)
    return _checked_when_known(component, args)


def _checked_when_known(component: str, args: A) -> A:
    """The Args with each output checked when it is known: a RunError with the one problem."""
    raw = _raw(args)

    def held(location: Location, output: pulumi.Output[Any]) -> pulumi.Output[Any]:
        def hold(known: Sequence[Any]) -> object:
            value, secret = known
            for place, text in _mistakes(args.settings, _with(raw, location, value)):
                if place[: len(location)] == location:
                    # What a secret is must not be shown, only what is allowed.
                    allowed = text.rpartition("; allowed: ")[2]
                    told = f"given a secret; allowed: {allowed}" if secret else text
                    raise ArgsError(component, [Problem(path_of(place, root=""), told)])
            return value

        return pulumi.Output.all(output, output.is_secret()).apply(hold)

    return cast("A", _outputs_replaced(args, (), held))


def _mistakes(model: type[SettingsModel], raw: object) -> Iterator[tuple[Location, str]]:
    """What is wrong with plain values, under the names of Python's fields."""
    try:
        model.model_validate(raw, by_alias=False, by_name=True, context=OF_PROGRAM)
    except ValidationError as error:
        for location, text in mistakes(error, raw):
            if not isinstance(descend(raw, location), pulumi.Output):
                yield location, text


def _raw(value: object) -> Any:  # noqa: ANN401 -- whatever the Args hold
    """The Args as mappings and lists; of Args with a model only the fields that it has."""
    if isinstance(value, Args):
        names = value.settings.model_fields
        return {name: _raw(getattr(value, name)) for name in names if hasattr(value, name)}
    if isinstance(value, Mapping):
        return {key: _raw(one) for key, one in cast("Mapping[str, object]", value).items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_raw(one) for one in cast("Sequence[object]", value)]
    return value


def _with(raw: object, location: Location, value: object) -> object:
    """A copy of `raw` with `value` at `location`."""
    if not location:
        return value
    step, *rest = location
    if isinstance(raw, Mapping):
        entries = cast("Mapping[object, object]", raw)
        return {**entries, step: _with(entries[step], tuple(rest), value)}
    items = list(cast("Sequence[object]", raw))
    at = cast("int", step)
    return [*items[:at], _with(items[at], tuple(rest), value), *items[at + 1 :]]


def _outputs_replaced(
    value: object,
    location: Location,
    checked: Callable[[Location, pulumi.Output[Any]], pulumi.Output[Any]],
) -> Any:  # noqa: ANN401 -- as _raw
    """The same value with each output below a setting made the checked one."""
    if isinstance(value, pulumi.Output):
        return checked(location, cast("pulumi.Output[Any]", value))
    if isinstance(value, Args) and is_dataclass(value):
        known = value.settings.model_fields
        changed = {
            one.name: _outputs_replaced(getattr(value, one.name), (*location, one.name), checked)
            for one in fields(value)
            if one.name in known
        }
        return replace(cast("DataclassInstance", value), **changed)
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {
            key: _outputs_replaced(one, (*location, key), checked) for key, one in entries.items()
        }
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = cast("Sequence[object]", value)
        return [_outputs_replaced(one, (*location, at), checked) for at, one in enumerate(items)]
    return value
