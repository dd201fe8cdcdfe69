"""The resource types that the stand-in supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.azuread.resources.app_role_assignment import AppRoleAssignment
from engine.azuread.resources.application import Application
from engine.azuread.resources.application_api_access import ApplicationApiAccess
from engine.azuread.resources.application_certificate import ApplicationCertificate
from engine.azuread.resources.application_federated_credential import (
    ApplicationFederatedIdentityCredential,
)
from engine.azuread.resources.application_identifier_uri import ApplicationIdentifierUri
from engine.azuread.resources.application_password import ApplicationPassword
from engine.azuread.resources.application_pre_authorized import ApplicationPreAuthorized
from engine.azuread.resources.delegated_permission_grant import DelegatedPermissionGrant
from engine.azuread.resources.lifecycle import Resource
from engine.azuread.resources.service_principal import ServicePrincipal

RESOURCES: Final[Mapping[str, Resource]] = {
    resource.pulumi_type: resource
    for resource in (
        AppRoleAssignment(),
        Application(),
        ApplicationApiAccess(),
        ApplicationCertificate(),
        ApplicationFederatedIdentityCredential(),
        ApplicationIdentifierUri(),
        ApplicationPassword(),
        ApplicationPreAuthorized(),
        DelegatedPermissionGrant(),
        ServicePrincipal(),
    )
}
"""The resource types by Pulumi's type token."""
