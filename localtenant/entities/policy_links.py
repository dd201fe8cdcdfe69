"""The table of the policies that applications and service principals have assigned."""

from __future__ import annotations

from localtenant.entities.accepted import ASSIGN_POLICIES
from localtenant.odata.operations import Operation, operation


def policy_operations(one: str, collection: str, pages: str = "") -> tuple[Operation, ...]:
    """The operations on the policies in ``collection`` below the path ``one``.

    ``pages`` is what the names of their pages in the Graph reference begin with, if it has any.
    """
    path = f"{one}/{collection}"

    def of(request: str, what: str) -> Operation:
        page = f"{pages}-{what}-{collection.lower()}" if pages else "metadata of v1.0"
        return operation(request, ASSIGN_POLICIES, page)

    return (
        of(f"GET {path}", "list"),
        of(f"GET {path}/$ref", "list"),
        of(f"POST {path}/$ref", "post"),
        of(f"DELETE {path}/{{id}}/$ref", "delete"),
    )
