"""The tenant itself, its domains, and objects of any type: by their ID, and as deleted items."""

from __future__ import annotations

from localtenant.entities.accepted import READ_DIRECTORY, WRITE_APPLICATIONS
from localtenant.entities.directory import organization
from localtenant.entities.directory.deleted_item import RESTORE
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import Accepted, operation, same

_OBJECTS = ("application", "servicePrincipal")
_READ_DELETED = same(
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
_ORGANIZATION = (
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
_READ_ORGANIZATION = Accepted(_ORGANIZATION, ("User.Read", *_ORGANIZATION))
_READ_DOMAINS = same("Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All")

AREA = Area(
    sets=(
        EntitySet("directoryObjects", _OBJECTS, cast_demanded=True),
        EntitySet(
            "directory/deletedItems",
            _OBJECTS,
            deleted=True,
            cast_demanded=True,
            actions=(RESTORE,),
        ),
        EntitySet("organization", ("organization",)),
        EntitySet("domains", ("domain",)),
    ),
    entities=(organization.ORGANIZATION_ENTITY, organization.DOMAIN_ENTITY),
    operations=(
        operation("GET /directoryObjects", READ_DIRECTORY, "directoryobject-list"),
        operation("GET /directoryObjects/{id}", READ_DIRECTORY, "directoryobject-get"),
        operation("GET /directory/deletedItems", _READ_DELETED, "directory-deleteditems-list"),
        operation("GET /directory/deletedItems/{id}", _READ_DELETED, "directory-deleteditems-get"),
        operation(
            "DELETE /directory/deletedItems/{id}",
            WRITE_APPLICATIONS,
            "directory-deleteditems-delete",
        ),
        operation(
            "POST /directory/deletedItems/{id}/restore",
            WRITE_APPLICATIONS,
            "directory-deleteditems-restore",
        ),
        operation("GET /organization", _READ_ORGANIZATION, "organization-list"),
        operation("GET /organization/{id}", _READ_ORGANIZATION, "organization-get"),
        operation("GET /domains", _READ_DOMAINS, "domain-list"),
        operation("GET /domains/{id}", _READ_DOMAINS, "domain-get"),
    ),
    missing=(
        "auditLogs",
        "directory/administrativeUnits",
        "directory/federationConfigurations",
        "directory/customSecurityAttributeSets",
        "contracts",
        "devices",
        "directoryRoles",
        "directoryRoleTemplates",
    ),
)
