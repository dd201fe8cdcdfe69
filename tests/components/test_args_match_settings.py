"""Settings and Args are two idioms for the same thing: field by field, default by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, Literal, cast, get_origin

import pytest

from components.args import Args
from components.settings.base import SettingsModel
from components.settings.root import Settings

ONLY_PYTHON = {
    "organization",
    "apis",
    "clients",
    "graph",
    "deployer",
    "applications",
    "custom_attributes",
    "identity_provider_ids",
    "extensions",
    "after",
}
"""Other resources, by reference; in the YAML the whole tenant is one configuration."""


def _whole(kind: type[Any]) -> set[type[Any]]:
    """The classes below one that are not there to be shared by others."""
    below = kind.__subclasses__()
    return set[type[Any]]().union(*map(_whole, below)) if below else {kind}


PAIRS: dict[type[SettingsModel], type[Args]] = {
    one.settings: one
    for one in sorted(_whole(Args), key=lambda one: one.__name__)
    if one.__module__.startswith("components.")
}
"""Each settings model and the Args that stand for it, as the Args themselves say."""

REQUIRED = "required"


def plain(value: object) -> object:
    """A default without the differences between the two idioms."""
    if isinstance(value, SettingsModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Args):
        return {name: plain(getattr(value, name)) for name in value.settings.model_fields}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("Sequence[object]", value)]
    return value.value if isinstance(value, Enum) else value


def settings_defaults(model: type[SettingsModel]) -> dict[str, object]:
    """Each field's default; REQUIRED where it has none."""
    return {
        name: REQUIRED
        if field.is_required()
        else plain(field.get_default(call_default_factory=True, validated_data={}))
        for name, field in model.model_fields.items()
    }


def args_defaults(args: type[Any]) -> dict[str, object]:
    """Each field's default; REQUIRED where it has none."""
    defaults: dict[str, object] = {}
    for one in fields(args):
        if one.default_factory is not MISSING:
            defaults[one.name] = plain(one.default_factory())
        else:
            defaults[one.name] = REQUIRED if one.default is MISSING else plain(one.default)
    return defaults


@pytest.mark.parametrize("model", PAIRS, ids=lambda one: one.__name__)
def test_fields_and_defaults_are_the_same(model: type[SettingsModel]) -> None:
    """What can be said in YAML can be said in Python, and means the same when it is not said."""
    of_settings, of_args = settings_defaults(model), args_defaults(PAIRS[model])
    fields_of = model.model_fields
    # What tells the members of a union apart; Python does that by the class.
    tags = {name for name, one in fields_of.items() if get_origin(one.annotation) is Literal}
    told = {name: one for name, one in of_settings.items() if name not in tags}

    assert {name: one for name, one in of_args.items() if name in told} == told
    assert of_args.keys() - told.keys() <= ONLY_PYTHON


def test_every_settings_model_has_its_args() -> None:
    """A new settings model needs its Args; what models share stands in each."""
    assert _whole(SettingsModel) == PAIRS.keys()


def test_every_setting_is_described() -> None:
    """Each field says what it is, and its default or that there is none to say."""
    for model in PAIRS:
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            if not field.is_required() and model is not Settings and name != "tenant":
                assert "Default: " in field.description or field.default_factory, (
                    f"{model.__name__}.{name} does not say its default"
                )
