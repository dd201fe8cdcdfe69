"""The tenant itself, its domains and audit log, and objects of any type, living and deleted."""

from __future__ import annotations

from localtenant.entities.directory import (
    audit,
    deleted_item,
    directory_object,
    domain,
    organization,
    sign_in_log,
)
from localtenant.entities.people.memberships import ACTIONS as MEMBERSHIPS
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import Accepted, operation, same

_ORGANIZATION = (
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
_READ_ORGANIZATION = Accepted(_ORGANIZATION, ("User.Read", *_ORGANIZATION))
_READ_DOMAINS = same("Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All")
_WRITE_DOMAINS = same("Domain.ReadWrite.All")

AREA = Area(
    sets=(
        EntitySet(
            "directoryObjects",
            directory_object.TYPES,
            cast_demanded=True,
            actions=MEMBERSHIPS,
            collection_actions=directory_object.ACTIONS,
        ),
        EntitySet(
            "directory/deletedItems",
            directory_object.TYPES,
            deleted=True,
            cast_demanded=True,
            actions=(deleted_item.RESTORE,),
            collection_actions=(deleted_item.OWNED_BY,),
        ),
        EntitySet("organization", ("organization",)),
        EntitySet("domains", ("domain",)),
        audit.SET,
        sign_in_log.SET,
    ),
    entities=(organization.ENTITY, domain.ENTITY, audit.ENTITY, sign_in_log.ENTITY),
    operations=(
        *directory_object.OPERATIONS,
        *deleted_item.OPERATIONS,
        *audit.OPERATIONS,
        *sign_in_log.OPERATIONS,
        operation("GET /organization", _READ_ORGANIZATION, "organization-list"),
        operation("GET /organization/{id}", _READ_ORGANIZATION, "organization-get"),
        operation(
            "PATCH /organization/{id}", same("Organization.ReadWrite.All"), "organization-update"
        ),
        operation("GET /domains", _READ_DOMAINS, "domain-list"),
        operation("POST /domains", _WRITE_DOMAINS, "domain-post-domains"),
        operation("GET /domains/{id}", _READ_DOMAINS, "domain-get"),
        operation("DELETE /domains/{id}", _WRITE_DOMAINS, "domain-delete"),
        operation(
            "POST /domains/{id}/verify",
            _WRITE_DOMAINS,
            "domain-verify",
            differences="No DNS is asked: verifying a domain succeeds.",
        ),
        operation(
            "GET /domains/{id}/verificationDnsRecords",
            same("Domain.Read.All", "Domain.ReadWrite.All"),
            "domain-list-verificationdnsrecords",
        ),
    ),
    missing=(
        "auditLogs/provisioning",
        "directory/administrativeUnits",
        "directory/federationConfigurations",
        "directory/customSecurityAttributeSets",
        "contracts",
        "devices",
        "directoryRoles",
        "directoryRoleTemplates",
    ),
    observers=(audit.record,),
)
