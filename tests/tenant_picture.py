"""A picture of what is in a tenant, in which two runs of an operation are alike."""

from __future__ import annotations

from typing import Any

from tenant_fixture import Tenant

from engine.azuread.values import is_list, is_object

_FLOWS = "/identity/authenticationEventsFlows"
_OWN = frozenset(
    {"createdDateTime", "deletedDateTime", "endDateTime", "hint", "keyId", "startDateTime"}
)
"""What differs between an object and another like it, apart from ids that others refer to."""


def picture(tenant: Tenant, name: str = "") -> list[Any]:
    """All whose names begin with ``name``, and all that hangs on it.

    Applications, user flows, and the attributes and identity providers that these can have.
    """
    named = f"$filter=startswith(displayName,'{name}')" if name else ""
    applications = tenant.all(f"/applications?{named}")
    principals = tenant.all(f"/servicePrincipals?{named}")
    clients = {one["appId"]: f"client {one['displayName']}" for one in applications}
    grants = [
        grant
        for one in principals
        for grant in tenant.all(f"/oauth2PermissionGrants?$filter=clientId eq '{one['id']}'")
    ]
    names = {**clients}
    names |= {one["id"]: f"application {one['displayName']}" for one in applications}
    names |= {one["id"]: f"principal {one['displayName']}" for one in principals}
    flows = [one for one in tenant.all(_FLOWS) if one["displayName"].startswith(name)]
    # The middle of a custom attribute's ID.
    names |= {one["appId"].replace("-", ""): one["displayName"] for one in applications}
    names |= {one["id"]: f"flow {one['displayName']}" for one in flows}
    names |= _permanent(tenant)
    if name:
        names[name] = "NAME"
    seen = [
        *(_with_applications(tenant, one) for one in flows),
        *(_with_owners(tenant, "applications", one) for one in applications),
        *(_with_owners(tenant, "servicePrincipals", one) for one in principals),
        *({**one, "id": "grant"} for one in grants),
        *(
            {**one, "id": "assignment"}
            for principal in principals
            for one in tenant.all(f"/servicePrincipals/{principal['id']}/appRoleAssignedTo")
        ),
        *(
            one
            for path in ("/identity/userFlowAttributes", "/identity/identityProviders")
            for one in tenant.all(path)
            if one["displayName"].startswith(name)
        ),
    ]
    return sorted((_normal(one, names) for one in seen), key=repr)


def _with_owners(tenant: Tenant, kind: str, one: dict[str, Any]) -> dict[str, Any]:
    owners = sorted(owner["id"] for owner in tenant.all(f"/{kind}/{one['id']}/owners"))
    return {**one, "kind": kind, "owners": owners}


def _with_applications(tenant: Tenant, flow: dict[str, Any]) -> dict[str, Any]:
    included = f"{_FLOWS}/{flow['id']}/conditions/applications/includeApplications"
    return {**flow, "included": [one["appId"] for one in tenant.all(included)]}


def _permanent(tenant: Tenant) -> dict[str, str]:
    """The tenant itself and the principals that every one has, under IDs of its own."""
    clients = {
        "deployer": tenant.ready.env["ARM_CLIENT_ID"],
        "Microsoft Graph": "00000003-0000-0000-c000-000000000000",
    }
    principals = {
        tenant.one(f"/servicePrincipals(appId='{client}')")["id"]: name
        for name, client in clients.items()
    }
    return {**principals, tenant.ready.tenantId: "tenant"}


def _normal(value: object, names: dict[str, str]) -> Any:
    if is_object(value):
        return {key: _normal(inner, names) for key, inner in value.items() if key not in _OWN}
    if is_list(value):
        return sorted((_normal(inner, names) for inner in value), key=repr)
    if isinstance(value, str):
        # The name comes last: the names of the objects hold it.
        for known, instead in names.items():
            value = value.replace(known, instead)
    return value
