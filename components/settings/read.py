"""Reads the settings from the stack's configuration, and says at once all that is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

import pulumi
from pulumi.runtime import get_config_env, is_config_secret
from pulumi.runtime.config import CONFIG
from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from components.settings.base import SettingsModel
from components.settings.mistakes import mistakes
from components.settings.problems import (
    Location,
    Problem,
    SettingsError,
    given,
    one_of,
    path_of,
)
from components.settings.references import Found, Names, Parts, check_references
from components.settings.root import Settings
from components.settings.secret_reference import SecretReference, check_secret
from components.settings.seed import SEED

SECTIONS: Final = tuple(field.alias or name for name, field in Settings.model_fields.items())
"""The configuration keys below `ciam:`."""

_UNSET: Final = {"unset": True}
"""What Pulumi.yaml gives a section as its default, because a declared key must have one.

An empty mapping is something else: a person's way to say that there is none.
"""

_SINGLE: Final = tuple(
    name
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, SettingsModel)
)
"""Sections that are one thing, and not several by key."""

_SINGLE_IN_YAML: Final = tuple(map(to_camel, _SINGLE))

_NAMED_BY_OTHERS: Final = ("scopes",)
"""Settings without which an entry cannot be held against the others."""


def read_settings(config: pulumi.Config) -> Settings:
    """The settings of the stack, or the seed's where it has none.

    Args:
        config: the configuration of the project's own namespace.

    Raises:
        SettingsError: what is configured cannot be used; it lists every problem.

    """
    problems = list(_misspelt_keys(config))
    raw: dict[str, object] = {}
    for section in SECTIONS:
        try:
            value = _section(config, section)
        except SettingsError as error:
            problems += error.problems
            value = {}
        if value is not None:
            raw[section] = value
    return parse_settings(raw, problems, config)


def parse_settings(
    raw: Mapping[str, object],
    found: Iterable[Problem] = (),
    config: pulumi.Config | None = None,
) -> Settings:
    """The settings that `raw` says, as YAML or JSON gives it: sections, keys, values.

    Args:
        raw: the sections that are set; with none of apis, clients and userFlows, the seed's count.
        found: problems that are known already, to be told with the others.
        config: where the secrets are that settings name; without it nobody looks for them.

    Raises:
        SettingsError: something is wrong; it lists every problem.

    """
    problems = list(found)
    if not SEED.keys() & raw.keys():
        raw = {**raw, **SEED}
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        told = list(mistakes(error, raw))
        problems += [Problem(path_of(location), text) for location, text in told]
        settings = _readable(raw, [location for location, _ in told])
    names = Names(
        apis=_keys(raw, "apis"),
        clients=_keys(raw, "clients"),
        attributes=_keys(raw, "attributes"),
        identity_providers=_keys(raw, "identityProviders"),
    )
    for location, text in (
        *check_references(Parts.of(settings), names),
        *_secrets(settings, config),
    ):
        problems.append(Problem(path_of(_in_yaml(location)), text))
    if problems:
        raise SettingsError(problems)
    return settings


def _secrets(settings: Settings, config: pulumi.Config | None) -> Iterator[Found]:
    """Say which of the secrets that settings name cannot be had."""
    for key, one in settings.identity_providers.items() if config else ():
        for name in type(one).model_fields:
            reference = getattr(one, name)
            if config and isinstance(reference, SecretReference):
                yield from check_secret(("identity_providers", key, name), reference, config)


def _in_yaml(location: Location) -> Location:
    """A place in the names of the YAML, out of one in those of Python; keys are as they are."""
    section, key, *settings = location
    if section in _SINGLE:
        return tuple(to_camel(one) if isinstance(one, str) else one for one in location)
    setting, *inwards = settings
    # An entry of a list has settings of its own; below a mapping there are a user's keys.
    fields = len(inwards) > 1 and isinstance(inwards[0], int)
    return (
        to_camel(str(section)),
        key,
        to_camel(str(setting)),
        *(to_camel(one) if fields and isinstance(one, str) else one for one in inwards),
    )


def _section(config: pulumi.Config, section: str) -> object:
    """What a section is set to; None when it is not."""
    if is_config_secret(config.full_key(section)):
        raise SettingsError(
            [
                Problem(
                    path_of([section]),
                    "holds a secret (secure: …), which Pulumi would hand out in clear; "
                    f"allowed: the secret under a key of its own "
                    f"(pulumi config set --secret {config.name}:…)",
                )
            ]
        )
    try:
        value = config.get_object(section)
    except pulumi.ConfigTypeError as error:
        raise SettingsError(
            [Problem(path_of([section]), f"{given(error.value)}; allowed: a mapping (key: value)")]
        ) from error
    return None if value == _UNSET else value


def _misspelt_keys(config: pulumi.Config) -> Iterator[Problem]:
    """Keys that are nearly a section, or hold the sections: Pulumi itself passes them over.

    Other keys are left alone: a setting may name one that holds a secret.
    """
    known = [config.full_key(section) for section in SECTIONS]
    for full_key in sorted({*CONFIG.get(), *get_config_env()}):
        meant = _section_meant(full_key, config.name)
        if full_key in known or meant is None:
            continue
        hint = f"; nearest: {config.name}:{meant}" if meant else ""
        yield Problem(full_key, f"unknown key{hint}; {one_of(known, 'a known key')}")


def _section_meant(full_key: str, project: str) -> str | None:
    """The section that a key stands for; empty where it is all of them, None where it is none."""
    namespace, _, key = full_key.partition(":")
    if namespace != project:
        alike = difflib.get_close_matches(namespace.lower(), [project], cutoff=0.7)
        return key if alike and key in SECTIONS else None
    if key == project:
        return ""
    sections = {section.lower(): section for section in SECTIONS}
    near = difflib.get_close_matches(key.lower(), sections, n=1, cutoff=0.8)
    return sections[near[0]] if near else None


def _readable(raw: Mapping[str, object], wrong: Iterable[Location]) -> Settings:
    """The settings less what is wrong, so that what is right can be checked against each other.

    Wrong keys are left out of their entry; where that does not help, the whole entry is.
    """
    rest: Mapping[str, object] = raw
    for location in wrong:
        rest = _without_key(rest, location)
    try:
        return Settings.model_validate(rest)
    except ValidationError as error:
        return Settings.model_validate(
            _without_entries(rest, [one["loc"] for one in error.errors()])
        )


def _without_key(value: Mapping[str, object], location: Location) -> dict[str, object]:
    """A copy without the key at `location`; with it where a list is on the way.

    Taking something out of a list would shift the places of what follows.
    """
    key, *rest = location
    copy = dict(value)
    if not rest and key not in _NAMED_BY_OTHERS:
        copy.pop(str(key), None)
    inner = copy.get(str(key))
    if rest and isinstance(inner, Mapping):
        copy[str(key)] = _without_key(cast("Mapping[str, object]", inner), tuple(rest))
    return copy


def _without_entries(raw: Mapping[str, object], wrong: Iterable[Location]) -> dict[str, object]:
    """What is left without the entries (or whole sections) in which something is wrong."""
    places = list(wrong)
    left: dict[str, object] = {}
    for section, value in raw.items():
        here = [place for place in places if place[0] == section]
        if section in _SINGLE_IN_YAML or not isinstance(value, Mapping):
            if not here:
                left[section] = value
            continue
        entries = cast("Mapping[str, object]", value)
        bad = {place[1] for place in here if len(place) > 1}
        left[section] = {key: entry for key, entry in entries.items() if key not in bad}
    return left


def _keys(raw: Mapping[str, object], section: str) -> list[str] | None:
    value = raw.get(section, {})
    return list(cast("Mapping[str, object]", value)) if isinstance(value, Mapping) else None
