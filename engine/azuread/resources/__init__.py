"""The resource types that the stand-in supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.azuread.resources.app_role_assignment import AppRoleAssignment
from engine.azuread.resources.application import Application
from engine.azuread.resources.application_identifier_uri import ApplicationIdentifierUri
from engine.azuread.resources.application_password import ApplicationPassword
from engine.azuread.resources.delegated_permission_grant import DelegatedPermissionGrant
from engine.azuread.resources.lifecycle import Resource
from engine.azuread.resources.service_principal import ServicePrincipal

RESOURCES: Final[Mapping[str, Resource]] = {
    resource.pulumi_type: resource
    for resource in (
        AppRoleAssignment(),
        Application(),
        ApplicationIdentifierUri(),
        ApplicationPassword(),
        DelegatedPermissionGrant(),
        ServicePrincipal(),
    )
}
"""The resource types by Pulumi's type token."""
