"""The applications that can sign in to a tenant from its start: the deployer and ``--client``.

Their IDs follow from the tenant's ID, and their secrets are kept among the settings: whatever
becomes of a tenant's objects, what a client was once told stays true.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from localtenant.conditions import key_is
from localtenant.entities import MODEL
from localtenant.entities.applications.credentials import digest, new_password
from localtenant.entities.principals.role_assignment import ASSIGNMENT
from localtenant.entities.principals.service_principal import SERVICE_PRINCIPAL, copied
from localtenant.errors import LocalTenantError
from localtenant.odata.answers import now
from localtenant.ready import Client
from localtenant.tenant import GRAPH_CLIENT_ID

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

DEPLOYER = "Pulumi deployer"
DEPLOYER_ROLES = (
    "Application.ReadWrite.OwnedBy",
    "DelegatedPermissionGrant.ReadWrite.All",
    "EventListener.ReadWrite.All",
    "Organization.Read.All",
)
CLIENT = "client:"
"""How the settings begin that hold the credentials of a client, by its name."""

_LAST_DAY = "2299-12-31T00:00:00Z"


EVERY_PERMISSION = "*"
"""In the place of a client's permissions: all that are of any use here."""


class UnknownPermissionError(LocalTenantError):
    """``--client`` names a permission that Microsoft Graph does not have."""


def have_client(call: Call, name: str, roles: tuple[str, ...]) -> Client:
    """The client ``name``, made if it is not there, with exactly the Graph permissions ``roles``.

    Raises :class:`UnknownPermissionError`.
    """
    kept = call.tx.setting(f"{CLIENT}{name}")
    client = Client(**json.loads(kept)) if kept else None
    if client is None or call.tx.get("servicePrincipal", client.objectId) is None:
        client = _new_client(call, name, client.clientSecret if client else None)
    _assign(call, client, name, roles)
    return client


def _new_client(call: Call, name: str, secret: str | None) -> Client:
    """Make a client's application and service principal, with the secret that it had, if any."""
    principal_id = own_id(call, f"service principal of {name}")
    # Somebody may have deleted one of the two, and what is deleted still holds its ID.
    call.tx.remove("application", own_id(call, f"application {name}"))
    call.tx.remove("servicePrincipal", principal_id)
    application = own_application(call, name)
    credential, random = new_password(
        {"displayName": "made by the local tenant", "endDateTime": _LAST_DAY},
        application["appId"],
    )
    secret = secret or random
    application["passwordCredentials"] = [{**credential, "hint": secret[:3]}]
    call.replace(MODEL.entities["application"].type, application)
    call.tx.keep_secret(application["id"], credential["keyId"], digest(secret))
    call.insert(
        SERVICE_PRINCIPAL,
        {
            **copied(application),
            "id": principal_id,
            "createdDateTime": now(),
            "appOwnerOrganizationId": call.tenant.tenant_id,
        },
    )
    client = Client(application["appId"], secret, principal_id)
    call.tx.keep_setting(f"{CLIENT}{name}", json.dumps(client.__dict__))
    return client


def _assign(call: Call, client: Client, name: str, roles: tuple[str, ...]) -> None:
    """Give a client exactly the Graph permissions ``roles``."""
    graph = call.tx.lookup("servicePrincipal", "appId", GRAPH_CLIENT_ID) or {}
    by_value = {r["value"]: r["id"] for r in graph["appRoles"]}
    if roles == (EVERY_PERMISSION,):
        roles = tuple(sorted(_of_use() & by_value.keys()))
    unknown = [r for r in roles if r not in by_value]
    if unknown:
        message = f"Microsoft Graph has no application permission '{unknown[0]}' (client {name})."
        raise UnknownPermissionError(message)
    wanted = {by_value[r] for r in roles}
    rows = call.tx.find(ASSIGNMENT.filed_as, key_is("principalId", client.objectId))
    for row in rows:
        if row.doc["resourceId"] == graph["id"] and row.doc["appRoleId"] not in wanted:
            call.tx.remove(ASSIGNMENT.filed_as, row.doc["id"])
    held = {r.doc["appRoleId"] for r in rows if r.doc["resourceId"] == graph["id"]}
    for role_id in sorted(wanted - held):
        call.insert(
            ASSIGNMENT,
            {
                "id": _assignment_id(client.objectId, role_id),
                "appRoleId": role_id,
                "createdDateTime": now(),
                "principalDisplayName": name,
                "principalId": client.objectId,
                "principalType": "ServicePrincipal",
                "resourceDisplayName": graph["displayName"],
                "resourceId": graph["id"],
            },
        )


def _of_use() -> set[str]:
    """The application permissions that any operation of this tenant accepts."""
    return {
        permission
        for methods in MODEL.operations.values()
        for one in methods.values()
        for alternative in one.accepted.application
        for permission in alternative.split("+")
    }


def _assignment_id(principal_id: str, role_id: str) -> str:
    """The ID of a client's permission: 43 letters like Entra's own, the same after each reset."""
    both = hashlib.sha256(f"{principal_id} {role_id}".encode()).digest()
    return base64.urlsafe_b64encode(both).decode().rstrip("=")


def own_id(call: Call, what: str) -> str:
    """A GUID that follows from the tenant's ID, so that a tenant is the same after each reset."""
    return str(uuid5(UUID(call.tenant.tenant_id), what))


def own_application(call: Call, name: str) -> Json:
    """Make an application of the tenant's own."""
    type_ = MODEL.entities["application"].type
    return call.insert(
        type_,
        {
            "id": own_id(call, f"application {name}"),
            "appId": own_id(call, f"client ID of {name}"),
            "createdDateTime": now(),
            "displayName": name,
            "publisherDomain": call.tenant.initial_domain,
            "signInAudience": "AzureADMyOrg",
        },
    )
