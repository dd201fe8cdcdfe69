"""What makes a run start sooner.

Plugins take about as long to start as the program takes to import what it needs. The engine starts
a plugin when a program asks for something of it for the first time, and one after the other.
Nothing comes of it where that fails: what needs the plugin says so.
Source: https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/ (resource providers)
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.settings import get_monitor

if TYPE_CHECKING:
    import grpc

_AZUREAD: Final = "azuread:index/getClientConfig:getClientConfig"
_HOST: Final = "pulumi-python:dynamic:start"
"""No function has this name: the host of dynamic providers has none, and says so."""

_TURN_SECONDS: Final = 0.0005

_calls: Final[list[grpc.Future[Any]]] = []
"""gRPC cancels a call that nobody holds."""


def start_plugins() -> None:
    """Let azuread's plugin and the host of dynamic providers start; does not wait for them."""
    ask: Any = getattr(getattr(get_monitor(), "Invoke", None), "future", None)
    if ask is None:
        return  # Pulumi's mocks have no plugins.
    azuread = version("pulumi_azuread")
    # Another version than the one that the resources name would be another plugin.
    if re.fullmatch(r"[\d.]+", azuread):
        _calls.append(ask(resource_pb2.ResourceInvokeRequest(tok=_AZUREAD, version=azuread)))
    _calls.append(ask(resource_pb2.ResourceInvokeRequest(tok=_HOST)))


@contextmanager
def importing() -> Generator[None]:
    """Import while other threads work, and without a search for garbage then and later.

    What is imported stays to the end: Python would look through it while it imports, and once more,
    for as long, on its way out. A thread that asks the tenant has its turn at once: each of its
    steps would wait for 5 ms of imports, and the tenant with it.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(interval)
