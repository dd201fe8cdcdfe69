"""A request's write transaction, on the one thread that writes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from starlette.requests import Request

    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

_T = TypeVar("_T")


async def written(request: Request, act: Callable[[Transaction], _T]) -> _T:
    """Do something inside a write transaction of the tenant that is asked; what it comes to.

    What ``act`` raises is raised here, and nothing of it is kept.
    """
    tenant: Tenant = request.app.state.tenant
    writer: Executor = request.app.state.writer

    def write() -> _T:
        with tenant.store.write() as tx:
            return act(tx)

    return await asyncio.get_running_loop().run_in_executor(writer, write)
