"""The entities of the tenant, each declared beside its rules, and the tree of paths to them."""

from __future__ import annotations

from localtenant.entities import (
    application,
    identity_provider,
    organization,
    permission_grant,
    role_assignment,
    service_principal,
    user_flow,
    user_flow_attribute,
)
from localtenant.entities.deleted_item import RESTORE
from localtenant.odata.model import Container, EntitySet, Model

_READ = frozenset({"GET"})
_READ_DELETE = frozenset({"GET", "DELETE"})
_DIRECTORY_OBJECTS = ("application", "servicePrincipal")

_NOT_HERE = (
    "$batch",
    "auditLogs",
    "admin",
    "applicationTemplates",
    "contracts",
    "devices",
    "directoryRoles",
    "directoryRoleTemplates",
    "groups",
    "groupSettings",
    "identityGovernance",
    "identityProtection",
    "invitations",
    "me",
    "permissionGrants",
    "policies",
    "reports",
    "roleManagement",
    "schemaExtensions",
    "security",
    "subscribedSkus",
    "subscriptions",
    "tenantRelationships",
    "users",
)

_IDENTITY = Container(
    "identity",
    (
        EntitySet("authenticationEventsFlows", (user_flow.FLOW.name,)),
        EntitySet("identityProviders", (identity_provider.BUILT_IN.name,), _READ, _READ),
        EntitySet("userFlowAttributes", (user_flow_attribute.ATTRIBUTE.name,), _READ, _READ),
    ),
    missing=(
        "apiConnectors",
        "authenticationEventListeners",
        "b2xUserFlows",
        "conditionalAccess",
        "customAuthenticationExtensions",
        "signInIdentifiers",
    ),
)

_DIRECTORY = Container(
    "directory",
    (
        EntitySet(
            "deletedItems",
            _DIRECTORY_OBJECTS,
            _READ,
            _READ_DELETE,
            deleted=True,
            cast_demanded=True,
            actions=(RESTORE,),
        ),
    ),
    missing=("administrativeUnits", "federationConfigurations", "customSecurityAttributeSets"),
)

MODEL = Model.of(
    Container(
        "",
        (
            EntitySet("applications", ("application",)),
            EntitySet("servicePrincipals", ("servicePrincipal",)),
            EntitySet("oauth2PermissionGrants", ("oAuth2PermissionGrant",)),
            EntitySet("directoryObjects", _DIRECTORY_OBJECTS, _READ, _READ, cast_demanded=True),
            EntitySet("organization", ("organization",), _READ, _READ),
            EntitySet("domains", ("domain",), _READ, _READ),
            EntitySet("identityProviders", (identity_provider.BUILT_IN.name,), _READ, _READ),
            _IDENTITY,
            _DIRECTORY,
        ),
        missing=_NOT_HERE,
    ),
    (
        application.ENTITY,
        service_principal.ENTITY,
        permission_grant.ENTITY,
        role_assignment.ENTITY,
        organization.ORGANIZATION_ENTITY,
        organization.DOMAIN_ENTITY,
        identity_provider.ENTITY,
        user_flow_attribute.ENTITY,
        user_flow.ENTITY,
        user_flow.CONDITION_ENTITY,
    ),
)
