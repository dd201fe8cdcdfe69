"""What every call goes through: operations run to their end, and errors arrive as plain text."""

from __future__ import annotations

import asyncio
import inspect
import re
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import grpc
import grpc.aio
from google.protobuf.any_pb2 import Any as AnyMessage
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.proto import provider_pb2, status_pb2

from engine.azuread.errors import ConfigurationError, PartlyDoneError, StandInError
from engine.azuread.values import rich_map

Handler = Callable[[Any, Any], Any]
_Method: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"

_URN_PARTS: Final = 4
_STATUS_DETAILS: Final = "grpc-status-details-bin"


class Operations(grpc.aio.ServerInterceptor):
    """Runs every call as a task of its own.

    gRPC cancels a call when the caller disappears; an operation that has begun to write must come
    to its end all the same, or the tenant and the state drift apart further than they must.
    """

    def __init__(self, log: Callable[[str], Awaitable[None]]) -> None:
        """Keep the stack traces of this program's own mistakes in `log`; no user sees them."""
        self._log = log
        self._failed_at: str | None = None
        self._running: set[asyncio.Task[object]] = set()

    async def finish(self) -> None:
        """Wait until all operations that have begun have ended."""
        while self._running:
            await asyncio.wait(self._running)

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[_Method | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> _Method | None:
        """Return the handler of a call, wrapped."""
        handler = await continuation(handler_call_details)
        if handler is None or handler.unary_unary is None:
            return handler

        unary = handler.unary_unary

        async def call(request: object, context: grpc.aio.ServicerContext[Any, Any]) -> object:
            return await self._call(unary, request, context)

        return grpc.unary_unary_rpc_method_handler(
            call,
            request_deserializer=handler.request_deserializer,
            response_serializer=handler.response_serializer,
        )

    async def _call(
        self, handler: Handler, request: object, context: grpc.aio.ServicerContext[Any, Any]
    ) -> object:
        task = asyncio.create_task(_run(handler, request, context))
        self._running.add(task)
        task.add_done_callback(self._ended)
        try:
            return await asyncio.shield(task)
        except NotImplementedError as error:
            await context.abort(grpc.StatusCode.UNIMPLEMENTED, str(error))
        except Exception as error:  # noqa: BLE001 - the boundary: the engine always gets words
            # Pulumi's servicer raises an error of its own with the stack in its text; the cause is
            # its context.
            cause = error.__context__ or error
            if not isinstance(cause, StandInError):
                await self._log("".join(traceback.format_exception(cause)))
            details = _details(cause)
            await context.abort(grpc.StatusCode.UNKNOWN, self._words(cause, request), details)

    def _words(self, error: BaseException, request: object) -> str:
        """Return what the user reads; why the tenant cannot be used is said once, not everywhere.

        The engine asks for every resource of a stack, and shows each error three times.
        """
        if not isinstance(error, ConfigurationError):
            return _words(error)
        if self._failed_at is None:
            self._failed_at = _place(request)
            return _words(error)
        return f"no connection to the tenant, for the reason that is told at {self._failed_at}"

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            # Asking for the exception is what keeps asyncio from printing it when the caller is
            # gone.
            task.exception()


async def _run(handler: Handler, request: object, context: object) -> object:
    answer = handler(request, context)
    return await answer if inspect.isawaitable(answer) else answer


def _place(request: object) -> str:
    """Return what the engine calls the resource, or the function, that a request is about."""
    parts = str(getattr(request, "urn", "")).split("::", 3)
    if len(parts) < _URN_PARTS:
        return str(getattr(request, "tok", "")) or "the provider"
    kind = parts[2].rpartition("$")[2]
    return f"{re.sub(r'/[^:]*', '', kind)} ({parts[3]})"


def _words(error: BaseException) -> str:
    if isinstance(error, StandInError):
        return str(error)
    return (
        "the Python stand-in for the azuread plugin made a mistake "
        f"({type(error).__name__}: {error}); "
        "run pulumi again with --debug to see where"
    )


def _details(error: BaseException) -> tuple[tuple[str, bytes], ...]:
    """Return what tells the engine that an object exists although its creation failed."""
    if not isinstance(error, PartlyDoneError):
        return ()
    failed = provider_pb2.ErrorResourceInitFailed(
        id=error.resource_id,
        properties=PropertyValue.marshal_map(rich_map(error.outputs)),
        reasons=[str(error)],
    )
    packed = AnyMessage()
    packed.Pack(failed)
    status = status_pb2.Status(
        code=grpc.StatusCode.UNKNOWN.value[0], message=str(error), details=[packed]
    )
    return ((_STATUS_DETAILS, status.SerializeToString()),)
