"""Replication lag: what Graph answers, operation by operation, about objects that were just made.

One table. A row says in which form lag shows, and for which object's sake: the one that the path
names, or one that the body refers to. The forms follow captures and what clients of the real
service retry. Our own inference are the 404 of user flows, the rows of ``includeApplications``, and
the texts of the 400 for ``addPassword`` and ``owners/$ref``, of which only the status is known.
Deletions and lists do not lag here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localtenant.faults.plan import Asked
from localtenant.faults.spec import GRAPH
from localtenant.odata import errors
from localtenant.odata.errors import GraphError, bad_request, not_found
from localtenant.odata.types import child, is_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.faults.spec import Fault
    from localtenant.odata.call import Call
    from localtenant.odata.route import Route
    from localtenant.odata.types import Json


@dataclass(frozen=True)
class _Referred:
    """An object that a request depends on.

    ``name`` is what the request calls it, empty if it does not: its object ID or, with ``kind``,
    the client ID of an object of that kind.
    """

    name: str
    kind: str = ""

    def age(self, call: Call) -> float | None:
        """Its age in seconds, if there is such an object."""
        if not self.kind:
            return call.tx.age(self.name)
        found = call.tx.lookup(self.kind, "appId", self.name)
        return call.tx.age(found["id"]) if found else None


@dataclass(frozen=True)
class _Met:
    """A request that meets lag, and the object as the request names it."""

    route: Route
    body: Json
    name: str


@dataclass(frozen=True)
class _Late:
    """One way in which lag shows: the form, the object, the error about it."""

    form: str
    of: Callable[[Route, Json], _Referred]
    error: Callable[[_Met], GraphError]


def _top(route: Route) -> Route:
    """The route of the object at the head of a path."""
    return route.owner or route


def _named(route: Route, body: Json) -> _Referred:
    del body
    top = _top(route)
    return _Referred(top.key, top.entity.type.filed_as if top.key_name else "")


def _property(name: str, kind: str = "") -> Callable[[Route, Json], _Referred]:
    return lambda _, body: _Referred(str(body.get(name, "")), kind)


def _changing_entitlements(route: Route, body: Json) -> _Referred:
    """The application of a PATCH that may meet a replica on which they are still enabled."""
    changes = "appRoles" in body or "oauth2PermissionScopes" in child(body, "api")
    return _named(route, body) if changes else _Referred("")


def _always(error: Callable[[], GraphError]) -> Callable[[_Met], GraphError]:
    return lambda _: error()


def _about(error: Callable[[str], GraphError]) -> Callable[[_Met], GraphError]:
    return lambda met: error(met.name)


def _standard_as_400(key: str) -> GraphError:
    return bad_request(not_found(key).message)


def _no_company() -> GraphError:
    message = "Unable to read the company information from the directory."
    return GraphError(404, "Directory_ObjectNotFound", message)


def _no_microsoft_account() -> GraphError:
    message = "The corresponding MSA application does not exist."
    return GraphError(409, "Error_MsaAppDoesNotExist", message)


def _bad_update() -> GraphError:
    return bad_request("Not a valid reference update.")


def _owner_not_there() -> GraphError:
    return bad_request(
        "One or more removed object references do not exist for the following modified "
        "properties: 'owners'."
    )


_GONE = _Late("404", _named, lambda met: _top(met.route).entity.rules.missing(met.name))
_RESOURCE, _PRINCIPAL = _property("resourceId"), _property("principalId")
_ASSIGNING = (
    _GONE,
    _Late("404", _RESOURCE, _about(not_found)),
    _Late("404", _PRINCIPAL, _about(not_found)),
    _Late("400", _RESOURCE, _always(errors.role_not_found)),
    _Late("400", _PRINCIPAL, _always(_bad_update)),
)
_GRANTING = tuple(
    late
    for end in (_property("clientId"), _RESOURCE)
    for late in (
        _Late("404", end, _always(_no_company)),
        _Late("400", end, _about(_standard_as_400)),
    )
)
_OWNING = {
    "owners": {"GET": (_GONE,)},
    "owners/$ref": {"GET": (_GONE,), "POST": (_GONE, _Late("400", _named, _always(_bad_update)))},
    "owners/{id}/$ref": {"DELETE": (_GONE, _Late("400", _named, _always(_owner_not_there)))},
}
_FLOW = "/identity/authenticationEventsFlows/{id}"

TABLE: dict[str, dict[str, tuple[_Late, ...]]] = {
    "/applications/{id}": {
        "GET": (_GONE,),
        "PATCH": (
            _GONE,
            _Late("409", _named, _always(_no_microsoft_account)),
            _Late("400", _changing_entitlements, _always(errors.entitlement_enabled)),
        ),
    },
    "/applications/{id}/addPassword": {
        "POST": (_GONE, _Late("400", _named, _about(_standard_as_400))),
    },
    "/applications/{id}/removePassword": {
        "POST": (
            _GONE,
            _Late("400", _named, lambda met: errors.no_password(str(met.body.get("keyId")))),
        ),
    },
    **{f"/applications/{{id}}/{path}": methods for path, methods in _OWNING.items()},
    "/servicePrincipals": {
        "POST": (
            _Late("403", _property("appId", "application"), _always(errors.application_elsewhere)),
            _Late("400", _property("appId", "application"), _about(errors.no_application)),
        ),
    },
    "/servicePrincipals/{id}": {"GET": (_GONE,), "PATCH": (_GONE,)},
    **{f"/servicePrincipals/{{id}}/{path}": methods for path, methods in _OWNING.items()},
    "/servicePrincipals/{id}/appRoleAssignedTo": {"GET": (_GONE,), "POST": _ASSIGNING},
    "/servicePrincipals/{id}/appRoleAssignments": {"GET": (_GONE,), "POST": _ASSIGNING},
    "/oauth2PermissionGrants": {"POST": _GRANTING},
    _FLOW: {"GET": (_GONE,), "PATCH": (_GONE,)},
    f"{_FLOW}/conditions/applications/includeApplications": {
        "GET": (_GONE,),
        "POST": (
            _GONE,
            _Late("400", _property("appId", "servicePrincipal"), _about(errors.no_principal)),
        ),
    },
    f"{_FLOW}/onAuthenticationMethodLoadStart/identityProviders/$ref": {"POST": (_GONE,)},
    f"{_FLOW}/onAttributeCollection/attributes/$ref": {"POST": (_GONE,)},
}
"""What lags: by path template and method, as in the table of operations."""


def strikes(call: Call, route: Route) -> tuple[Fault, GraphError] | None:
    """The lag that a request meets, and the answer that it gets; None if it meets none."""
    request = call.request
    rows = TABLE.get(route.template, {}).get(request.method, ())
    faults = call.tenant.faults
    if not rows or not faults.lagging:
        return None
    body = _body(request.raw)
    ages: dict[str, float] = {}
    answers: dict[str, GraphError] = {}
    for row in rows:
        object_ = row.of(route, body)
        age = object_.age(call)
        if age is not None and age < ages.get(row.form, float("inf")):
            ages[row.form] = age
            answers[row.form] = row.error(_Met(route, body, object_.name))
    struck = faults.lag(Asked(GRAPH, request.method, f"/{request.path}"), ages)
    return (struck[0], answers[struck[1]]) if struck else None


def _body(raw: bytes) -> Json:
    """The body as far as it can be read; what is wrong with it is said elsewhere."""
    try:
        body: Any = json.loads(raw or b"{}")
    except ValueError:
        return {}
    return body if is_object(body) else {}
