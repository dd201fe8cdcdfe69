"""One request to Graph, once its caller is known: route, permission, transaction, answer.

What comes over the wire and what comes inside a ``$batch`` is answered here alike.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from localtenant import permissions, resource_units
from localtenant.entities import MODEL
from localtenant.faults import lag
from localtenant.odata import engine
from localtenant.odata.answers import as_asked
from localtenant.odata.call import Call
from localtenant.odata.errors import GraphError
from localtenant.odata.loading import type_of
from localtenant.odata.paths import resolve

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from localtenant.odata.answers import Answer
    from localtenant.odata.call import Caller
    from localtenant.odata.request import Request
    from localtenant.odata.route import Route
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


@lru_cache(maxsize=4096)
def route_of(path: str) -> Route:
    """The route of an encoded path; the same paths are asked for again and again."""
    return resolve(MODEL, path)


@dataclass(frozen=True)
class Desk:
    """Where the requests of one caller are answered.

    ``base`` is the address under which the client reached the tenant, ``writer`` the one thread
    that writes. ``faults`` gathers the faults on purpose that requests met.
    """

    tenant: Tenant
    caller: Caller
    base: str
    writer: Executor
    faults: list[str] = field(default_factory=list[str])

    async def answer(self, asked: Request, *, beta: bool) -> Answer:
        """Answer a request; raises the error that Graph gives."""
        route = route_of(asked.raw_path)
        units = resource_units.of(route, asked)
        headers = {"x-ms-resource-unit": str(units)} if units else {}
        try:
            answer = await self._carry_out(asked, route, beta=beta)
        except GraphError as error:
            error.headers = {**headers, **error.headers}
            raise
        return as_asked(replace(answer, headers={**headers, **answer.headers}), asked)

    async def _carry_out(self, asked: Request, route: Route, *, beta: bool) -> Answer:
        operation = engine.operation_of(MODEL, route, asked.method, beta=beta)
        owned_only = permissions.check(operation, self.caller)

        def run(tx: Transaction) -> Answer:
            self._check_caller(tx)
            call = Call(self.tenant, MODEL, tx, self.caller, asked, self.base, beta, owned_only)
            if operation.by_type:
                limited = permissions.check(operation, self.caller, type_of(call, route))
                call = replace(call, owned_only=limited)
            if late := lag.strikes(call, route):
                fault, error = late
                self.faults.append(fault.text)
                raise error
            return engine.run(call, route)

        if asked.method == "GET":
            with self.tenant.store.read() as tx:
                return run(tx)

        def write() -> Answer:
            with self.tenant.store.write() as tx:
                return run(tx)

        return await asyncio.get_running_loop().run_in_executor(self.writer, write)

    def _check_caller(self, tx: Transaction) -> None:
        """401 for a caller whom the directory no longer has."""
        kind = "user" if self.caller.delegated else "servicePrincipal"
        if tx.kind_of(self.caller.object_id) != kind:
            raise GraphError(
                401,
                "Authorization_IdentityNotFound",
                "The identity of the calling application could not be established.",
            )
