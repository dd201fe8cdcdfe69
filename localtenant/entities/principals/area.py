"""What Graph has at ``/servicePrincipals``, and the grants and assignments between them."""

from __future__ import annotations

from localtenant.entities.principals import permission_grant, role_assignment, service_principal
from localtenant.entities.principals.operations import OPERATIONS
from localtenant.odata.model import Area, EntitySet

AREA = Area(
    sets=(
        EntitySet("servicePrincipals", ("servicePrincipal",)),
        EntitySet("oauth2PermissionGrants", ("oAuth2PermissionGrant",)),
    ),
    entities=(service_principal.ENTITY, permission_grant.ENTITY, role_assignment.ENTITY),
    operations=OPERATIONS,
)
