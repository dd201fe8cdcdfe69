"""Asks the tenant of a stack, signed in as the stack's plugins are."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, Final, cast

from commands.stack import Stack
from engine.places import PROJECT
from engine.process import Answer, ask

_AZUREAD: Final = "azuread:"


def ask_tenant(stack: Stack, module: str, asked: Mapping[str, object]) -> Answer:
    """Run a module of the project in the environment of the stack, and hand back what it says.

    Its input is JSON: what is `asked`, and the stack's keys of `azuread:` as `configuration`.
    Raises CommandError when the CLI cannot tell these.
    """
    return ask(
        [sys.executable, "-m", module],
        environment=stack.environment,
        folder=PROJECT,
        given=json.dumps({**asked, "configuration": _sign_in(stack)}),
    )


def _sign_in(stack: Stack) -> dict[str, str]:
    """The stack's keys of `azuread:`."""
    shown = stack.answer("config", "--json", "--show-secrets", "--non-interactive")
    configured = cast("dict[str, Mapping[str, Any]]", json.loads(shown))
    return {
        key.removeprefix(_AZUREAD): entry["value"]
        for key, entry in configured.items()
        if key.startswith(_AZUREAD) and "value" in entry
    }
