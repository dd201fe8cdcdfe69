"""Service principals: `azuread:index/servicePrincipal:ServicePrincipal`.

Source: https://learn.microsoft.com/graph/api/resources/serviceprincipal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from engine.azuread.check import Failure
from engine.azuread.errors import StandInError
from engine.azuread.formats import at_most, filled, guid, one_of, web_url
from engine.azuread.graph import Graph
from engine.azuread.graph_error import GraphError
from engine.azuread.resources import feature_tags, owners
from engine.azuread.resources.creation import Creation, create_once, is_since
from engine.azuread.resources.identifiers import path_id
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.resources.patch import changed, without_empty
from engine.azuread.resources.service_principal_body import from_graph, relay_state, to_graph
from engine.azuread.retries import SERVICE_PRINCIPAL
from engine.azuread.schema import Property, block, flag, text, texts
from engine.azuread.values import UNKNOWN, Properties


class ServicePrincipal(Resource):
    """The service principal of an application in this tenant."""

    pulumi_type = "azuread:index/servicePrincipal:ServicePrincipal"
    inputs: ClassVar[Mapping[str, Property]] = {
        "accountEnabled": flag(default=True),
        "alternativeNames": texts(accepts=filled),
        "appRoleAssignmentRequired": flag(),
        "clientId": text(required=True, replace=True, accepts=guid),
        "description": text(accepts=at_most(1024)),
        "featureTags": feature_tags.FEATURE_TAGS,
        "loginUrl": text(accepts=web_url),
        "notes": text(accepts=at_most(1024)),
        "notificationEmailAddresses": texts(accepts=filled),
        "owners": texts(accepts=guid),
        "preferredSingleSignOnMode": text(
            accepts=one_of("", "notSupported", "oidc", "password", "saml")
        ),
        "samlSingleSignOn": block({"relayState": text(accepts=filled)}),
        "tags": texts(computed=True),
        "useExisting": flag(unstored=True),
    }
    refused: ClassVar[Mapping[str, str]] = {"features": "use 'featureTags'"}
    outputs = frozenset(
        {
            "appRoleIds",
            "appRoles",
            "applicationTenantId",
            "displayName",
            "features",
            "homepageUrl",
            "logoutUrl",
            "oauth2PermissionScopeIds",
            "oauth2PermissionScopes",
            "objectId",
            "redirectUris",
            "samlMetadataUrl",
            "servicePrincipalNames",
            "signInAudience",
            "type",
        }
    )

    def problems(self, inputs: Properties) -> Iterator[Failure]:
        """Yield the conflict between the two forms of tags."""
        if inputs.get("tags") and inputs.get("featureTags"):
            yield Failure("tags", "conflicts with 'featureTags'; give one of them")

    def derived(self, state: Properties, planned: Properties, inputs: Properties) -> Properties:
        """Return the outputs with whichever of the two forms of tags follows from the other."""
        feature_tags.settle(state, planned, inputs)
        planned["features"] = feature_tags.deprecated_features(planned["tags"])
        return planned

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Create the service principal, or take the one that exists when the program says so."""
        client_id = wanted["clientId"]
        if wanted["useExisting"]:
            existing = await self._take(graph, wanted)
            if existing is not None:
                return existing
        whole = to_graph(wanted)
        body = {"appId": client_id} | without_empty(whole)
        body["samlSingleSignOnSettings"] = whole["samlSingleSignOnSettings"]
        body |= owners.first(graph, deployer.object_id, wanted["owners"])
        creation = Creation(
            "/servicePrincipals",
            body,
            doing=f"create the service principal of client {client_id}",
            lag=SERVICE_PRINCIPAL,
        )
        try:
            principal = await create_once(self, graph, deployer, creation)
        except GraphError as error:
            if "already in use" not in error.said:
                raise
            raise StandInError(
                f"client {client_id} has a service principal already. Import it with "
                f"`pulumi import`, or set useExisting to adopt it. {error}"
            ) from error
        first = [link.rpartition("/")[2] for link in body["owners@odata.bind"]]
        return _created(principal, first, wanted)

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the client's service principal, of which there is one at most, if it is as new."""
        del deployer
        found = await _of_client(graph, creation.body["appId"])
        return [one for one in found if is_since(one.get("createdDateTime"), since)]

    async def finish(
        self, graph: Graph, deployer: Deployer, created: Created, wanted: Properties
    ) -> Properties:
        """Bring the owners of a new one, or everything of an adopted one, to what is wanted."""
        outputs = created.outputs
        if wanted["useExisting"]:
            # Tags that the program does not mention go, as the real plugin has it.
            given = {name: value for name, value in wanted.items() if value != UNKNOWN}
            new = self.plan(outputs, {"tags": [], **given})
            await self.update(graph, created.id, outputs, new)
            return new
        outputs["owners"] = await owners.settle(
            graph, created.id, deployer.object_id, wanted["owners"], _name(outputs)
        )
        return outputs

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties:
        """Read the service principal and its owners."""
        (object_id,) = path_id(identifier, "servicePrincipals")
        principal = await graph.get(identifier, doing=f"read service principal {object_id}")
        owned_by = await owners.read(graph, identifier, f"service principal {object_id}")
        return _created(principal, owned_by, state).outputs

    async def update(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Change what differs."""
        body = changed(to_graph(old), to_graph(new))
        if body:
            await graph.patch(identifier, body, doing=f"update {_name(new)}")
        if sorted(old["owners"]) != sorted(new["owners"]):
            await owners.change(graph, identifier, new["owners"], _name(new))

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Delete the service principal; an adopted one that cannot be deleted is let go of."""
        try:
            await graph.delete(identifier, doing=f"delete {_name(state)}")
        except GraphError:
            if not state.get("useExisting"):
                raise

    async def _take(self, graph: Graph, wanted: Properties) -> Created | None:
        """Return the service principal that exists for the client, if there is one."""
        found = await _of_client(graph, wanted["clientId"])
        if not found:
            return None
        identifier = f"/servicePrincipals/{found[0]['id']}"
        owned_by = await owners.read(graph, identifier, f"service principal {found[0]['id']}")
        return _created(found[0], owned_by, wanted)


async def _of_client(graph: Graph, client_id: str) -> list[Properties]:
    doing = f"look for the service principal of client {client_id}"
    return await graph.list(
        "/servicePrincipals", params={"$filter": f"appId eq '{client_id}'"}, doing=doing
    )


def _created(principal: Properties, owned_by: list[str], known: Properties) -> Created:
    outputs = from_graph(principal)
    outputs["owners"] = owned_by
    outputs["samlSingleSignOn"] = {"relayState": relay_state(principal)}
    outputs["useExisting"] = known.get("useExisting")
    return Created(f"/servicePrincipals/{principal['id']}", outputs)


def _name(outputs: Properties) -> str:
    return (
        f"service principal {outputs.get('displayName', '')!r} "
        f"({outputs.get('objectId', 'no object ID')})"
    )
