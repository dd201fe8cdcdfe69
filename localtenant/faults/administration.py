"""``/-/faults``: the faults of a running tenant, for tests and for curl. It is no part of Graph.

``GET`` shows them and what they have done, ``PUT`` replaces them by those of a JSON body
``{"faults": ["throttle,every=5"], "seed": 7}``, ``DELETE`` ends them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from localtenant.administration import for_this_machine, refused
from localtenant.faults.plan import read_faults
from localtenant.faults.spec import FaultSpecError
from localtenant.odata.types import is_array, is_object

if TYPE_CHECKING:
    from starlette.requests import Request

    from localtenant.tenant import Tenant

_WANTED = (
    'PUT wants a JSON object {"faults": ["KIND,NAME=VALUE", …], "seed": N}; seed is a whole '
    "number and may be left out."
)


@for_this_machine
async def faults(request: Request) -> Response:
    """Show, replace or end the faults of the tenant."""
    tenant: Tenant = request.app.state.tenant
    if request.method == "PUT":
        try:
            body = _read(await request.body())
            seed = body.get("seed", tenant.faults.seed)
            tenant.faults.set(read_faults(body["faults"]), seed)
        except ValueError as error:
            return refused(400, str(error) if isinstance(error, FaultSpecError) else _WANTED)
    elif request.method == "DELETE":
        tenant.faults.set((), tenant.faults.seed)
    return JSONResponse(tenant.faults.report())


def _read(raw: bytes) -> dict[str, Any]:
    """A body of the form that is wanted. Raises ValueError."""
    body: object = json.loads(raw)
    if not is_object(body) or not body.keys() <= {"faults", "seed"}:
        raise ValueError
    given: object = body.get("faults")
    seed: object = body.get("seed", 0)
    if not is_array(given) or not all(isinstance(t, str) for t in cast("list[object]", given)):
        raise ValueError
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise ValueError  # noqa: TRY004 - all that is wrong with a body is said in one sentence
    return body


ROUTES = [Route("/-/faults", faults, methods=["GET", "PUT", "DELETE"])]
