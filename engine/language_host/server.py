"""Serves the language host over gRPC until it is interrupted."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent import futures
from types import FrameType

import grpc
from pulumi.runtime.proto import language_pb2_grpc

from engine.language_host.service import LanguageHost

_ANSWERS_AT_ONCE = 8


def serve(engine_address: str) -> None:
    """Serve the engine at `engine_address`; prints the port, as every Pulumi plugin does."""
    host = LanguageHost(engine_address)
    server = grpc.server(
        futures.ThreadPoolExecutor(_ANSWERS_AT_ONCE),
        # A stack's configuration may be larger than gRPC allows by default.
        options=[("grpc.max_receive_message_length", -1)],
    )
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    stop = threading.Event()

    def stopped(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, stopped)
    signal.signal(signal.SIGTERM, stopped)
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    stop.wait()
    host.programs.stop()
    server.stop(grace=None)
    # Nothing is left to do, and the CLI waits for this process: skip the interpreter's slow way
    # out.
    os._exit(0)
