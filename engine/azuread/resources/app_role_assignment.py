"""App role assignments: `azuread:index/appRoleAssignment:AppRoleAssignment`.

Source: https://learn.microsoft.com/graph/api/resources/approleassignment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from engine.azuread.formats import guid
from engine.azuread.graph import Graph
from engine.azuread.resources.creation import Creation, create_once, is_since
from engine.azuread.resources.identifiers import path_id
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import ASSIGNMENT, NOT_FOUND
from engine.azuread.schema import Property, text
from engine.azuread.values import Properties


class AppRoleAssignment(Resource):
    """An app role, assigned to a user, a group or a service principal."""

    pulumi_type = "azuread:index/appRoleAssignment:AppRoleAssignment"
    inputs: ClassVar[Mapping[str, Property]] = {
        "appRoleId": text(required=True, replace=True, accepts=guid),
        "principalObjectId": text(required=True, replace=True, accepts=guid),
        "resourceObjectId": text(required=True, replace=True, accepts=guid),
    }
    outputs = frozenset({"principalDisplayName", "principalType", "resourceDisplayName"})

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Assign the role."""
        resource_id = wanted["resourceObjectId"]
        creation = Creation(
            f"/servicePrincipals/{resource_id}/appRoleAssignedTo",
            {
                "appRoleId": wanted["appRoleId"],
                "principalId": wanted["principalObjectId"],
                "resourceId": resource_id,
            },
            doing=(
                f"assign app role {wanted['appRoleId']} of service principal {resource_id} "
                f"to {wanted['principalObjectId']}"
            ),
            lag=ASSIGNMENT,
        )
        assignment = await create_once(self, graph, deployer, creation)
        identifier = f"/servicePrincipals/{resource_id}/appRoleAssignedTo/{assignment['id']}"
        return Created(identifier, _outputs(assignment))

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the assignment of the role to the principal, if it is as new."""
        del deployer
        body = creation.body
        assignments = await graph.list(
            creation.path,
            doing=f"look for the assignments of service principal {body['resourceId']}",
            lag=(NOT_FOUND,),
        )
        return [
            one
            for one in assignments
            if (one["appRoleId"], one["principalId"]) == (body["appRoleId"], body["principalId"])
            and is_since(one.get("createdDateTime"), since)
        ]

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties:
        """Read the assignment."""
        del state
        resource_id, assignment_id = path_id(identifier, "servicePrincipals", "appRoleAssignedTo")
        doing = f"read app role assignment {assignment_id} of service principal {resource_id}"
        return _outputs(await graph.get(identifier, doing=doing))

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Take the role away."""
        del state
        await graph.delete(identifier, doing=f"remove app role assignment {identifier}")


def _outputs(assignment: Properties) -> Properties:
    return {
        "appRoleId": assignment["appRoleId"],
        "principalDisplayName": assignment.get("principalDisplayName") or "",
        "principalObjectId": assignment["principalId"],
        "principalType": assignment.get("principalType") or "",
        "resourceDisplayName": assignment.get("resourceDisplayName") or "",
        "resourceObjectId": assignment["resourceId"],
    }
