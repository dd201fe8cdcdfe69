"""The engine, as a plugin sees it: somebody who keeps its messages."""

from __future__ import annotations

from typing import Any

import grpc
import grpc.aio
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc


class EngineHost:
    """The engine's log."""

    def __init__(self, address: str | None) -> None:
        """Talk to the engine at `address` (`127.0.0.1:50051`), or to nobody until `attach`."""
        self._channel: grpc.aio.Channel | None = None
        if address:
            self.attach(address)

    def attach(self, address: str) -> None:
        """Talk to the engine at `address` from now on."""
        self._channel = grpc.aio.insecure_channel(address)

    async def debug(self, message: str) -> None:
        """Keep a message for whoever asked the CLI for debug output."""
        if self._channel is None:
            return
        try:
            # The stub's type says that its calls cannot be awaited; on this channel they can.
            stub: Any = engine_pb2_grpc.EngineStub(self._channel)
            await stub.Log(engine_pb2.LogRequest(severity=engine_pb2.DEBUG, message=message))
        except grpc.RpcError:
            # An engine that is gone has no user to tell.
            self._channel = None
