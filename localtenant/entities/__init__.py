"""The entities of the tenant, each declared beside its rules, and the model that they make.

An area is a part of Graph: its entities, their rules, and the table of its operations.
"""

from __future__ import annotations

from localtenant.entities.applications import area as applications
from localtenant.entities.branding import area as branding
from localtenant.entities.conditional_access import area as conditional_access
from localtenant.entities.custom_extensions import area as custom_extensions
from localtenant.entities.directory import area as directory
from localtenant.entities.people import area as people
from localtenant.entities.policies import area as policies
from localtenant.entities.principals import area as principals
from localtenant.entities.sign_up import area as sign_up
from localtenant.odata.model import Area
from localtenant.odata.tree import Model

_NOT_HERE = Area(
    missing=(
        "admin",
        "identityGovernance",
        "identityProtection",
        "permissionGrants",
        "reports",
        "roleManagement",
        "schemaExtensions",
        "security",
        "subscribedSkus",
        "subscriptions",
        "tenantRelationships",
    )
)

MODEL = Model.of(
    (
        applications.AREA,
        principals.AREA,
        people.AREA,
        directory.AREA,
        sign_up.AREA,
        custom_extensions.AREA,
        policies.AREA,
        conditional_access.AREA,
        branding.AREA,
        _NOT_HERE,
    )
)
