"""What Graph has at ``/applications`` and ``/applicationTemplates``."""

from __future__ import annotations

from localtenant.entities.applications import (
    application,
    application_template,
    extension_property,
    federated_credential,
)
from localtenant.entities.applications.operations import OPERATIONS
from localtenant.odata.model import Area, EntitySet, Seeded

AREA = Area(
    sets=(
        EntitySet("applications", ("application",)),
        EntitySet("applicationTemplates", ("applicationTemplate",)),
    ),
    entities=(
        application.ENTITY,
        application_template.ENTITY,
        extension_property.ENTITY,
        federated_credential.ENTITY,
    ),
    operations=OPERATIONS,
    seeded=(Seeded(application_template.TEMPLATE, application_template.TEMPLATES, fixed=True),),
)
