"""What is in a tenant, in a form in which two tenants can be compared."""

from __future__ import annotations

import json
from typing import Any, cast

from tenant_fixture import Tenant

from localtenant.testing_client import FLOWS

_DIFFERS = ("keyId", "hint", "customKeyIdentifier")


def picture(tenant: Tenant) -> list[str]:
    """Everything in the tenant, a line for each object: names for ids, no times, no order."""
    applications = tenant.all("/applications")
    principals = tenant.all("/servicePrincipals")
    flows = tenant.all(FLOWS)
    names = {tenant.ready.tenantId: "the tenant"}
    for kind, objects in (("app", applications), ("sp", principals), ("flow", flows)):
        for one in objects:
            names |= {one["id"]: f"{kind} {one['displayName']}"}
            names |= {one["appId"]: f"client {one['displayName']}"} if "appId" in one else {}
    for one in flows:
        path = f"{FLOWS}/{one['id']}/conditions/applications/includeApplications"
        one["applications"] = [included["appId"] for included in tenant.all(path)]
    for kind, objects in (("applications", applications), ("servicePrincipals", principals)):
        for one in objects:
            one["owners"] = [owner["id"] for owner in tenant.all(f"/{kind}/{one['id']}/owners")]
    grants = [{**one, "id": None} for one in tenant.all("/oauth2PermissionGrants")]
    text = json.dumps([*applications, *principals, *flows, *grants])
    for identity, name in names.items():
        text = text.replace(identity, name)
    return sorted(json.dumps(_timeless(one), sort_keys=True) for one in json.loads(text))


def _timeless(value: Any) -> Any:
    """Without what differs from one run to the next: times, keys and hints of secrets."""
    if isinstance(value, dict):
        properties = cast("dict[str, Any]", value)
        return {
            key: _timeless(inner)
            for key, inner in properties.items()
            if not key.endswith("DateTime") and key not in _DIFFERS
        }
    if isinstance(value, list):
        inner = map(_timeless, cast("list[Any]", value))
        return sorted(inner, key=lambda one: json.dumps(one, sort_keys=True))
    return value
