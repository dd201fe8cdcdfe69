"""The table of the policies that applications and service principals have assigned."""

from __future__ import annotations

from localtenant.entities.accepted import ASSIGN_POLICIES
from localtenant.odata.operations import Operation, operation


def policy_operations(one: str, collection: str, pages: str) -> tuple[Operation, ...]:
    """The operations on the policies in ``collection`` below the path ``one``.

    ``pages`` is what the names of their pages in the Graph reference begin with.
    """
    path, last = f"{one}/{collection}", collection.lower()
    return (
        operation(f"GET {path}", ASSIGN_POLICIES, f"{pages}-list-{last}"),
        operation(f"GET {path}/$ref", ASSIGN_POLICIES, f"{pages}-list-{last}"),
        operation(f"POST {path}/$ref", ASSIGN_POLICIES, f"{pages}-post-{last}"),
        operation(f"DELETE {path}/{{id}}/$ref", ASSIGN_POLICIES, f"{pages}-delete-{last}"),
    )
