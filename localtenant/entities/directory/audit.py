"""``/auditLogs/directoryAudits``: every change leaves a record, in the transaction that makes it.

Source: the Graph pages "List directoryAudits" and "Get directoryAudit". The newest
:data:`MOST_RECORDS` are kept; older ones go, a hundred at a time. A record shows how properties
changed only of the directory's own objects, of which the documents hold no secrets.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.entities.directory.activities import (
    category_of,
    name_of,
    operation_type_of,
    service_of,
)
from localtenant.entities.directory.audit_type import AUDIT
from localtenant.odata.answers import now
from localtenant.odata.bodies import reference_key
from localtenant.odata.model import Entity, EntitySet
from localtenant.odata.operations import Operation, operation, same
from localtenant.odata.rules import Rules

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.observing import Written
    from localtenant.odata.types import Json

MOST_RECORDS = 10_000
_LEFT_BETWEEN = 100
_CREATED = 201
_written = itertools.count()
_NAMED_BY = ("displayName", "name", "principalDisplayName", "appId")


def record(call: Call, written: Written) -> None:
    """Keep a record of a change."""
    # A PATCH of an alternate key may have made the object.
    method = "POST" if written.answer.status == _CREATED else call.request.method
    correlation = call.request.headers.get("client-request-id", "")
    doc: Json = {
        "id": f"Directory_{correlation}_{uuid4().hex[:12]}",
        "category": category_of(written),
        "correlationId": correlation,
        "result": "success",
        "resultReason": "",
        "activityDisplayName": name_of(method, written),
        "activityDateTime": now(),
        "loggedByService": service_of(written),
        "operationType": operation_type_of(method, written),
        "initiatedBy": _initiator(call),
        "targetResources": _targets(call, written, method),
        "additionalDetails": _details(call),
    }
    call.tx.insert(AUDIT.filed_as, doc["id"], doc, AUDIT.indexed)
    if next(_written) % _LEFT_BETWEEN == 0:
        call.tx.keep_newest(AUDIT.filed_as, MOST_RECORDS)


def _initiator(call: Call) -> Json:
    caller = call.caller
    if caller.delegated:
        user = call.tx.get("user", caller.object_id) or {}
        return {
            "app": None,
            "user": {
                "id": caller.object_id,
                "displayName": user.get("displayName"),
                "ipAddress": "127.0.0.1",
                "userPrincipalName": user.get("userPrincipalName"),
            },
        }
    principal = call.tx.get("servicePrincipal", caller.object_id) or {}
    return {
        "app": {
            "appId": caller.client_id,
            "displayName": principal.get("displayName"),
            "servicePrincipalId": caller.object_id,
            "servicePrincipalName": None,
        },
        "user": None,
    }


def _details(call: Call) -> list[Json]:
    agent = call.request.headers.get("user-agent")
    return [{"key": "User-Agent", "value": agent}] if agent else []


def _targets(call: Call, written: Written, method: str) -> list[Json]:
    type_ = written.entity.type
    key = str(written.target.get(type_.key, ""))
    main = _target(
        type_.title, key, written.target, _changes(call, written, key) if method == "PATCH" else []
    )
    referred = _referred(call, written)
    kind = call.tx.kind_of(referred) if referred else None
    if kind is None:
        return [main]
    other = call.require(kind, referred)
    return [_target(call.model.filed_as(kind).type.title, referred, other, []), main]


def _target(title: str, key: str, doc: Json, changes: list[Json]) -> Json:
    name = next((str(doc[n]) for n in _NAMED_BY if doc.get(n)), None)
    unified = "Unified" in (doc.get("groupTypes") or ())
    return {
        "id": key,
        "displayName": name,
        "type": title,
        "userPrincipalName": doc.get("userPrincipalName"),
        "groupType": ("unifiedGroups" if unified else "azureAD") if title == "Group" else None,
        "modifiedProperties": changes,
    }


def _changes(call: Call, written: Written, key: str) -> list[Json]:
    """What a PATCH changed of one of the directory's own objects."""
    type_ = written.entity.type
    if not type_.directory:
        return []
    stored = call.tx.get(type_.filed_as, key)
    # As answers show them: what an object keeps to itself, such as its keys, is in no record.
    shown = written.entity.rules.shown
    before, after = shown(call, written.target), shown(call, stored) if stored else {}
    return [
        {
            "displayName": prop.name,
            "oldValue": json.dumps(before.get(prop.name)),
            "newValue": json.dumps(after.get(prop.name)),
        }
        for prop in type_.visible(beta=True)
        if before.get(prop.name) != after.get(prop.name)
    ]


def _referred(call: Call, written: Written) -> str:
    """The object at the other end of a reference that was added or removed, if any."""
    route = written.route
    if route.navigation is None:
        return ""
    if route.navigation_key is not None:
        return route.navigation_key
    body: Json = json.loads(call.request.raw) if call.request.raw.strip() else {}
    return reference_key(str(body.get("@odata.id", "")))


READ = same("AuditLog.Read.All+Directory.Read.All", "AuditLog.Read.All+Directory.ReadWrite.All")
ENTITY = Entity(AUDIT, Rules(AUDIT))
SET = EntitySet("auditLogs/directoryAudits", ("directoryAudit",), newest_first=True)
_KEPT = f"The newest {MOST_RECORDS:,} records are kept, however old they are."
OPERATIONS: tuple[Operation, ...] = (
    operation("GET /auditLogs/directoryAudits", READ, "directoryaudit-list", differences=_KEPT),
    operation("GET /auditLogs/directoryAudits/{id}", READ, "directoryaudit-get"),
)
