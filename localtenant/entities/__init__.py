"""The entities of the tenant, each declared beside its rules, and the model that they make.

An area is a part of Graph: its entities, their rules, and the table of its operations. It is found
by itself: any module here that has an ``AREA`` declares one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

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


def areas() -> Iterator[Area]:
    """The ``AREA`` of each module that declares one, so that a new one is a new file alone."""
    for found in pkgutil.walk_packages(__path__, f"{__name__}."):
        declared = getattr(importlib.import_module(found.name), "AREA", None)
        if isinstance(declared, Area):
            yield declared


MODEL = Model.of((*areas(), _NOT_HERE))
