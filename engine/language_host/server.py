"""Serves the language host over gRPC until it is interrupted."""

from __future__ import annotations

import os
import signal
import socket
import sys
from concurrent import futures
from types import FrameType
from typing import NoReturn

import grpc
from pulumi.runtime.proto import language_pb2_grpc

from engine.language_host.service import LanguageHost

_ANSWERS_AT_ONCE = 8


def serve(engine_address: str) -> NoReturn:
    """Serve the engine at `engine_address`; prints the port, as every Pulumi plugin does."""
    host = LanguageHost(engine_address)
    server = grpc.server(
        futures.ThreadPoolExecutor(_ANSWERS_AT_ONCE),
        # A stack's configuration may be larger than gRPC allows by default.
        options=[("grpc.max_receive_message_length", -1)],
    )
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")

    # A signal that comes while another thread runs, or before the main thread waits, wakes nobody
    # who waits for an event or a lock; a byte in a socket is never missed.
    told, tell = socket.socketpair()
    tell.setblocking(False)
    signal.set_wakeup_fd(tell.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _noticed)
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    told.recv(1)
    host.programs.stop()
    server.stop(grace=None)
    # Nothing is left to do, and the CLI waits for this process: skip the interpreter's slow way
    # out.
    os._exit(0)


def _noticed(_signal: int, _frame: FrameType | None) -> None:
    """Python takes note of a signal that has a handler, and of no other."""
