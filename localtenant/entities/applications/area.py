"""What Graph has at ``/applications``."""

from __future__ import annotations

from localtenant.entities.accepted import (
    ADD_OWNER,
    READ_APPLICATIONS,
    WRITE_APPLICATIONS,
    WRITE_APPLICATIONS_OR_DIRECTORY,
)
from localtenant.entities.applications import application
from localtenant.odata.model import Area, EntitySet
from localtenant.odata.operations import operation

_ONE = "/applications/{id}"

AREA = Area(
    sets=(EntitySet("applications", ("application",)),),
    entities=(application.ENTITY,),
    operations=(
        operation("GET /applications", READ_APPLICATIONS, "application-list"),
        operation("POST /applications", WRITE_APPLICATIONS, "application-post-applications"),
        operation(f"GET {_ONE}", READ_APPLICATIONS, "application-get"),
        operation(f"PATCH {_ONE}", WRITE_APPLICATIONS, "application-update"),
        operation(f"DELETE {_ONE}", WRITE_APPLICATIONS, "application-delete"),
        operation(
            f"POST {_ONE}/addPassword", WRITE_APPLICATIONS_OR_DIRECTORY, "application-addpassword"
        ),
        operation(
            f"POST {_ONE}/removePassword",
            WRITE_APPLICATIONS_OR_DIRECTORY,
            "application-removepassword",
        ),
        operation(f"GET {_ONE}/owners", READ_APPLICATIONS, "application-list-owners"),
        operation(f"GET {_ONE}/owners/$ref", READ_APPLICATIONS, "application-list-owners"),
        operation(f"POST {_ONE}/owners/$ref", ADD_OWNER, "application-post-owners"),
        operation(
            f"DELETE {_ONE}/owners/{{id}}/$ref",
            WRITE_APPLICATIONS_OR_DIRECTORY,
            "application-delete-owners",
        ),
    ),
    missing=("applicationTemplates",),
)
