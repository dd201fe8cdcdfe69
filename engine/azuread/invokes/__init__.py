"""The functions (data sources) that the stand-in supports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from engine.azuread.connection import Connection
from engine.azuread.invokes import client_config, service_principal
from engine.azuread.values import Properties

Invoke = Callable[[Connection, Properties], Awaitable[Properties]]

INVOKES: Final[Mapping[str, Invoke]] = {
    client_config.NAME: client_config.invoke,
    service_principal.NAME: service_principal.invoke,
}
"""The functions by Pulumi's token."""
