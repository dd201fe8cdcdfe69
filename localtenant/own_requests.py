"""What the tenant asks of its own Graph, by whose rules it makes what no client asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from localtenant.answering import route_of
from localtenant.entities import MODEL
from localtenant.odata import engine
from localtenant.odata.call import Call, Caller
from localtenant.odata.request import Request

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


def carry_out(
    tenant: Tenant,
    tx: Transaction,
    method: str,
    path: str,
    body: Json | None,
    permissions: frozenset[str],
) -> Json:
    """Do what a request to v1.0 would do; the object that it answers with. Raises GraphError."""
    headers = {"content-type": "application/json"}
    asked = Request(method, path, headers=headers, raw=json.dumps(body).encode())
    caller = Caller("", "", permissions)
    call = Call(tenant, MODEL, tx, caller, asked, tenant.url, beta=False)
    return {**(engine.run(call, route_of(path)).body or {})}
