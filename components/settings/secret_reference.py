"""How a setting says a secret: by the name of the configuration key that holds it.

Pulumi hands a structured setting out in clear, so that a secret must not stand in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import pulumi
from pulumi.runtime.config import is_config_secret
from pydantic import (
    BaseModel,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from components.settings.base import Form, SettingsModel
from components.settings.problems import Location, given

OF_PROGRAM: Final = "args"
"""Pydantic's context where Args are validated, which take the secret itself."""

_ALLOWED: Final = (
    "the name of a configuration key that holds the secret: {config: …}, after "
    "`pulumi config set --secret …`"
)


class SecretReference(BaseModel):
    """A secret, as the name of the configuration key that holds it."""

    # No SettingsModel, each of which has Args of the same fields: a program passes the secret.
    model_config = SettingsModel.model_config

    config: Annotated[
        str,
        Form(r"[A-Za-z][A-Za-z0-9_.-]*", "the name of a configuration key, without ciam:"),
    ] = Field(
        description=(
            "Name of the key, below `ciam:`, that `pulumi config set --secret` has set; Graph "
            "never gives the secret back, so that a change of it by somebody else is not seen. "
            "No counterpart in Graph."
        )
    )


def _by_name(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """The reference, or in Args the secret itself; ValueError for a secret in the settings."""
    if info.context == OF_PROGRAM:
        if not isinstance(value, str) or not value:
            raise ValueError("a text that is not empty")
        return value
    if isinstance(value, str):
        raise ValueError(_ALLOWED)  # noqa: TRY004 -- pydantic turns ValueErrors alone into mistakes
    return handler(value)


ConfigSecret = Annotated[SecretReference, WrapValidator(_by_name)]


def check_secret(
    place: Location, reference: SecretReference, config: pulumi.Config
) -> Iterator[tuple[Location, str]]:
    """Say where the named key is not set, or is not a secret."""
    where = (*place, "config")
    command = f"pulumi config set --secret {config.name}:{reference.config}"
    if config.get(reference.config) is None:
        yield where, f"{given(reference.config)}, which is not set; needed: {command}"
    elif not is_config_secret(config.full_key(reference.config)):
        yield where, f"{given(reference.config)}, which is set in clear; needed: {command}"
