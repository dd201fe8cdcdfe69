"""The names of the stand-in against those of the SDK, which are the real plugin's."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, get_args

import pulumi_azuread
import pytest
from pulumi import _types

from engine.azuread import VERSION
from engine.azuread.invokes import INVOKES
from engine.azuread.resources import RESOURCES
from engine.azuread.schema import Property


def _sdk_class(token: str) -> Any:
    return getattr(pulumi_azuread, token.rpartition(":")[2])


def _sdk_inputs(token: str) -> set[str]:
    name = token.rpartition(":")[2]
    module = importlib.import_module(_sdk_class(token).__module__)
    # Where a block of another resource has the plain name, the SDK calls the inputs by another one.
    arguments = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")
    return set(_types.input_type_py_to_pulumi_names(arguments).values())


def _sdk_outputs(token: str) -> dict[str, type]:
    return _types.resource_types(_sdk_class(token))


def test_the_version_is_the_one_that_is_pinned() -> None:
    """The SDK that is installed is the one whose plugin is stood in for."""
    assert version("pulumi-azuread") == VERSION


@pytest.mark.parametrize("token", RESOURCES)
def test_inputs_are_the_sdks(token: str) -> None:
    """Every input of the SDK is either supported or refused with words, and there is no other."""
    resource = RESOURCES[token]
    assert {*resource.inputs, *resource.refused} == _sdk_inputs(token)


@pytest.mark.parametrize("token", RESOURCES)
def test_outputs_are_the_sdks(token: str) -> None:
    """Every output of the SDK is made, also those that belong to refused inputs."""
    resource = RESOURCES[token]
    assert {*resource.inputs, *resource.outputs} == set(_sdk_outputs(token))


@pytest.mark.parametrize("token", RESOURCES)
def test_blocks_have_the_sdks_fields(token: str) -> None:
    """Blocks, and blocks in blocks, have the fields of the SDK's types."""
    types = _sdk_outputs(token)
    for name, prop in RESOURCES[token].inputs.items():
        _same_fields(prop, types[name], name)


def _same_fields(prop: Property, sdk: Any, path: str) -> None:
    if prop.item is not None:
        (item,) = get_args(_types.unwrap_optional_type(sdk))
        _same_fields(prop.item, item, path)
    elif prop.fields:
        theirs: Mapping[str, Any] = _types.output_type_types(_types.unwrap_optional_type(sdk))
        assert set(prop.fields) == set(theirs), path
        for name, field in prop.fields.items():
            _same_fields(field, theirs[name], f"{path}.{name}")


@pytest.mark.parametrize("token", INVOKES)
def test_functions_are_the_sdks(token: str) -> None:
    """The functions exist in the SDK under the same token."""
    name = token.rpartition(":")[2]
    snake = "".join(f"_{one.lower()}" if one.isupper() else one for one in name)
    assert callable(getattr(pulumi_azuread, snake))
