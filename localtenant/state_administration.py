"""``/-/reset`` and ``/-/snapshots``: taking a running tenant back, for tests and for curl.

======  ====================  ============================================================
POST    /-/reset              have a new tenant: 204
GET     /-/snapshots          200, ``{"snapshots": [{"name", "takenAt", "bytes"}]}``
PUT     /-/snapshots/{name}   take one, or take it anew: 200, ``{"name", "takenAt", "bytes"}``
POST    /-/snapshots/{name}   go back to it: 204
DELETE  /-/snapshots/{name}   take it away: 204
======  ====================  ============================================================

Each waits for the writes before it and is done when it is answered: what is on disk then survives
whatever comes.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.administration import for_this_machine, refused
from localtenant.snapshots import NoSnapshotError, SnapshotError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from starlette.requests import Request

    from localtenant.states import States

_T = TypeVar("_T")


@for_this_machine
async def reset(request: Request) -> Response:
    """Take the tenant back to how it was when it was new."""
    await _in_turn(request, _states(request).reset)
    return Response(status_code=204)


@for_this_machine
async def snapshots(request: Request) -> Response:
    """List the snapshots."""
    return JSONResponse({"snapshots": [asdict(one) for one in _states(request).snapshots.all()]})


@for_this_machine
async def snapshot(request: Request) -> Response:
    """Take a snapshot, go back to it or take it away."""
    states, name = _states(request), request.path_params["name"]
    try:
        match request.method:
            case "PUT":
                return JSONResponse(asdict(await _in_turn(request, lambda: states.take(name))))
            case "POST":
                await _in_turn(request, lambda: states.restore(name))
            case _:
                await _in_turn(request, lambda: states.snapshots.delete(name))
    except SnapshotError as error:
        return refused(404 if isinstance(error, NoSnapshotError) else 400, str(error))
    return Response(status_code=204)


def _states(request: Request) -> States:
    return request.app.state.states


async def _in_turn(request: Request, act: Callable[[], _T]) -> _T:
    """Act on the thread that writes, between two writes."""
    writer: Executor = request.app.state.writer
    return await asyncio.get_running_loop().run_in_executor(writer, act)


ROUTES = [
    Route("/-/reset", reset, methods=["POST"]),
    Route("/-/snapshots", snapshots, methods=["GET"]),
    Route("/-/snapshots/{name}", snapshot, methods=["PUT", "POST", "DELETE"]),
]
