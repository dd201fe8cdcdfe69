"""The plugin process: a gRPC server that ends when its engine says so or is gone."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from typing import Any, Final

import grpc
import grpc.aio
from google.protobuf.empty_pb2 import Empty
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc

from engine.azuread import VERSION
from engine.azuread.engine_host import EngineHost
from engine.azuread.operations import Operations
from engine.azuread.provider import AzureAd
from engine.lifeline import wait_for_exit

_ADDRESS: Final = "127.0.0.1:0"
_OPTIONS: Final = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))


class Servicer(ProviderServicer):
    """Pulumi's servicer, and the call by which an engine attaches to a running plugin."""

    def __init__(self, provider: AzureAd, host: EngineHost, engine: str | None) -> None:
        """Serve `provider` to the engine at address `engine`, and talk to it by `host`."""
        super().__init__([], VERSION, provider, engine_address=engine or "")
        self._host = host

    async def Attach(  # noqa: N802 - the name of the call
        self, request: plugin_pb2.PluginAttach, context: grpc.aio.ServicerContext[Any, Any]
    ) -> Empty:
        """Send messages to the engine that attaches."""
        del context
        self._host.attach(request.address)
        return Empty()


async def serve(engine: str | None, parent: int) -> None:
    """Serve until interrupted, or until the engine that started this process is gone.

    `engine` is its address, None when nobody started this process; `parent` its process id.

    The port is printed on standard output as soon as it answers. Operations under way are finished
    before it returns.
    """
    host = EngineHost(engine)
    provider = AzureAd()
    operations = Operations(host.debug)
    server = grpc.aio.server(interceptors=(operations,), options=_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(
        Servicer(provider, host, engine), server
    )
    port = server.add_insecure_port(_ADDRESS)
    await server.start()

    ended = _end(parent if engine else None)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await ended.wait()

    await provider.cancel()
    await server.stop(grace=None)
    await operations.finish()
    await provider.close()


def _end(parent: int | None) -> asyncio.Event:
    """Return the event that is set when this process shall end."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    if parent is not None:

        def watch() -> None:
            wait_for_exit(parent)
            loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=watch, name="lifeline", daemon=True).start()
    return ended
