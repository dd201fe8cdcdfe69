"""Whether an object is there, by the lists, which do not lag behind as single objects do."""

from __future__ import annotations

from typing import Final

from engine.azuread.graph import Graph

_PARTS: Final = (
    "password",
    "certificate",
    "federatedIdentityCredential",
    "preAuthorizedApplication",
)
"""What the ids of parts of an application have after the application's object ID."""


async def listed(graph: Graph, identifier: str) -> bool:
    """Tell whether the application or service principal that a Pulumi id stands for is in its list.

    What is kept in an application, such as a secret, stands for the application.
    """
    kind, object_id = _holder(identifier)
    if not kind:
        return False
    found = await graph.list(
        f"/{kind}",
        params={"$filter": f"id eq '{object_id}'", "$select": "id"},
        doing=f"look for {object_id} among the {kind}",
    )
    return bool(found)


def _holder(identifier: str) -> tuple[str, str]:
    """Return the collection and the object ID; empty ones for what is an object of its own."""
    first, *rest = identifier.lstrip("/").split("/")
    if first == "applications" or (first == "servicePrincipals" and len(rest) == 1):
        return first, rest[0]
    # The id of a secret, and its like, begins with the object ID of its application.
    return ("applications", first) if rest and rest[0] in _PARTS else ("", "")
