"""Delegated permission grants (admin consent).

`azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant`;
https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from engine.azuread.formats import filled, guid
from engine.azuread.graph import Graph
from engine.azuread.resources.creation import Creation, create_once
from engine.azuread.resources.identifiers import path_id
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.retries import GRANT
from engine.azuread.schema import Property, text, texts
from engine.azuread.values import Properties


class DelegatedPermissionGrant(Resource):
    """The scopes of one service principal that another may use on behalf of its users."""

    pulumi_type = (
        "azuread:index/servicePrincipalDelegatedPermissionGrant:"
        "ServicePrincipalDelegatedPermissionGrant"
    )
    inputs: ClassVar[Mapping[str, Property]] = {
        "claimValues": texts(required=True, accepts=filled),
        "resourceServicePrincipalObjectId": text(required=True, replace=True, accepts=guid),
        "servicePrincipalObjectId": text(required=True, replace=True, accepts=guid),
        "userObjectId": text(replace=True, accepts=guid),
    }

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Grant the scopes on behalf of one user, or of all users when none is named."""
        body = {
            "clientId": wanted["servicePrincipalObjectId"],
            "resourceId": wanted["resourceServicePrincipalObjectId"],
            "scope": " ".join(wanted["claimValues"]),
            "consentType": "Principal" if wanted["userObjectId"] else "AllPrincipals",
        }
        if wanted["userObjectId"]:
            body["principalId"] = wanted["userObjectId"]
        creation = Creation("/oauth2PermissionGrants", body, f"grant {_name(wanted)}", GRANT)
        grant = await create_once(self, graph, deployer, creation)
        return Created(f"/oauth2PermissionGrants/{grant['id']}", _outputs(grant))

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the very grant that is wanted; Graph keeps one at most, and no date of it."""
        del deployer, since
        body = creation.body
        grants = await graph.list(
            creation.path,
            params={"$filter": f"clientId eq '{body['clientId']}'"},
            doing=f"look for the grants of service principal {body['clientId']}",
        )
        return [one for one in grants if _means(one) == _means(body)]

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties:
        """Read the grant."""
        del state
        (grant_id,) = path_id(identifier, "oauth2PermissionGrants")
        return _outputs(await graph.get(identifier, doing=f"read delegated grant {grant_id}"))

    async def update(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Change the scopes."""
        del old
        body = {"scope": " ".join(new["claimValues"])}
        await graph.patch(identifier, body, doing=f"grant {_name(new)}")

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Revoke the grant."""
        del state
        await graph.delete(identifier, doing=f"revoke delegated grant {identifier}")


def _outputs(grant: Properties) -> Properties:
    return {
        "claimValues": str(grant.get("scope") or "").split(),
        "resourceServicePrincipalObjectId": grant["resourceId"],
        "servicePrincipalObjectId": grant["clientId"],
        "userObjectId": grant.get("principalId") or "",
    }


def _means(grant: Properties) -> tuple[object, ...]:
    scopes = sorted(str(grant.get("scope") or "").split())
    return grant["resourceId"], grant["consentType"], grant.get("principalId"), scopes


def _name(wanted: Properties) -> str:
    return (
        f"the scopes {', '.join(wanted['claimValues'])} of service principal "
        f"{wanted['resourceServicePrincipalObjectId']} to {wanted['servicePrincipalObjectId']}"
    )
