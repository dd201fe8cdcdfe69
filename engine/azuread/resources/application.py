"""Application registrations: `azuread:index/application:Application`.

Source: https://learn.microsoft.com/graph/api/resources/application.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Final

from engine.azuread.check import Failure
from engine.azuread.errors import StandInError
from engine.azuread.formats import image_type
from engine.azuread.graph import Graph
from engine.azuread.resources import application_inputs, feature_tags, owners, permissions
from engine.azuread.resources.answers import child, items
from engine.azuread.resources.application_body import from_graph, to_graph
from engine.azuread.resources.creation import Creation, create_once, is_since
from engine.azuread.resources.identifiers import object_id_of
from engine.azuread.resources.lifecycle import Created, Deployer, Resource
from engine.azuread.resources.patch import changed, without_empty
from engine.azuread.retries import AFTER_CREATE, CHANGE, NOT_FOUND
from engine.azuread.values import UNKNOWN, Properties

_MERGED: Final = ("api", "info", "publicClient", "spa", "web")


class Application(Resource):
    """An application registration."""

    pulumi_type = "azuread:index/application:Application"
    inputs = application_inputs.INPUTS
    refused = application_inputs.REFUSED
    outputs = frozenset(
        {
            "appRoleIds",
            "clientId",
            "disabledByMicrosoft",
            "logoUrl",
            "oauth2PermissionScopeIds",
            "oauth2PostResponseRequired",
            "objectId",
            "password",
            "publisherDomain",
            "templateId",
        }
    )

    def problems(self, inputs: Properties) -> Iterator[Failure]:
        """Yield conflicts between scopes, roles, tags and the audience."""
        yield from application_inputs.problems(inputs)

    constants: ClassVar[Mapping[str, str | None]] = {
        "oauth2PostResponseRequired": None,
        "password": None,
    }
    follows: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "appRoleIds": ("appRoles",),
        "logoUrl": ("logoImage",),
        "oauth2PermissionScopeIds": ("api", "oauth2PermissionScopes"),
    }

    def derived(self, state: Properties, planned: Properties, inputs: Properties) -> Properties:
        """Return the outputs with the maps of ids, and the form of tags that follows."""
        api = planned["api"]
        planned["appRoleIds"] = permissions.ids_by_value(planned["appRoles"])
        planned["oauth2PermissionScopeIds"] = (
            UNKNOWN if api == UNKNOWN else permissions.ids_by_value(api["oauth2PermissionScopes"])
        )
        feature_tags.settle(state, planned, inputs)
        return planned

    async def confirm(self, graph: Graph, old: Properties, new: Properties) -> None:
        """Refuse a name that another application has, when the program wants its own."""
        name = new["displayName"]
        unique = new["preventDuplicateNames"]
        if not unique or UNKNOWN in (unique, name) or name == old.get("displayName"):
            return
        for other in await _named(graph, name):
            raise StandInError(
                f"application {name!r} exists already (/applications/{other['id']}) and "
                "preventDuplicateNames is set. Import it with `pulumi import`, choose another "
                "name, or leave preventDuplicateNames out."
            )

    async def create(self, graph: Graph, deployer: Deployer, wanted: Properties) -> Created:
        """Create the registration, owned by the deployer and those whom the program lists."""
        whole = to_graph(wanted)
        body = without_empty(whole)
        # Graph refuses `acceptMappedClaims` of true in a creation by a deployer that holds
        # Application.ReadWrite.OwnedBy only.
        body["api"]["acceptMappedClaims"] = False
        body["optionalClaims"] = whole["optionalClaims"]
        body |= owners.first(graph, deployer.object_id, wanted["owners"])
        creation = Creation(
            "/applications", body, doing=f"create application {wanted['displayName']!r}"
        )
        application = await create_once(self, graph, deployer, creation)
        first = [link.rpartition("/")[2] for link in body["owners@odata.bind"]]
        return Created(f"/applications/{application['id']}", from_graph(application, first, wanted))

    async def find(
        self, graph: Graph, deployer: Deployer, creation: Creation, since: datetime
    ) -> list[Properties]:
        """Return the applications of the name that the deployer owns and that are as new."""
        name = creation.body["displayName"]
        return [
            application
            for application in await _named(graph, name)
            if is_since(application.get("createdDateTime"), since)
            and deployer.object_id
            in await owners.read(graph, f"/applications/{application['id']}", f"{name!r}")
        ]

    async def finish(
        self, graph: Graph, deployer: Deployer, created: Created, wanted: Properties
    ) -> Properties:
        """Set what Graph does not take in a creation."""
        outputs = created.outputs
        name = _name(outputs)
        if wanted["api"]["mappedClaimsEnabled"]:
            body = {"api": {"acceptMappedClaims": True}}
            await graph.patch(
                created.id, body, doing=f"enable mapped claims of {name}", lag=AFTER_CREATE
            )
            outputs["api"]["mappedClaimsEnabled"] = True
        if wanted["logoImage"]:
            await _upload(graph, created.id, wanted["logoImage"], name)
            live = await graph.get(created.id, doing=f"read {name}", lag=(NOT_FOUND,))
            outputs["logoUrl"] = child(live, "info").get("logoUrl") or ""
        outputs["owners"] = await owners.settle(
            graph, created.id, deployer.object_id, wanted["owners"], name
        )
        return outputs

    async def read(self, graph: Graph, identifier: str, state: Properties) -> Properties:
        """Read the registration and its owners."""
        object_id = object_id_of(identifier)
        application = await graph.get(identifier, doing=f"read application {object_id}")
        owned_by = await owners.read(graph, identifier, f"application {object_id}")
        return from_graph(application, owned_by, state)

    async def update(self, graph: Graph, identifier: str, old: Properties, new: Properties) -> None:
        """Change what differs."""
        object_id = object_id_of(identifier)
        name = _name(new)
        async with graph.exclusive(object_id):
            body = changed(to_graph(old), to_graph(new), merged=_MERGED)
            if "appRoles" in body or "oauth2PermissionScopes" in body.get("api", {}):
                await _disable_first(graph, identifier, body, name)
            if body:
                await graph.patch(identifier, body, doing=f"update {name}", lag=CHANGE)
            # As with the real plugin: no logo in a program means the one that there is.
            if new["logoImage"] not in ("", old["logoImage"]):
                await _upload(graph, identifier, new["logoImage"], name)
            if sorted(old["owners"]) != sorted(new["owners"]):
                await owners.change(graph, identifier, new["owners"], name)

    async def delete(self, graph: Graph, identifier: str, state: Properties) -> None:
        """Delete the registration; Entra keeps it among the deleted items for 30 days."""
        await graph.delete(identifier, doing=f"delete {_name(state)}")


async def _upload(graph: Graph, identifier: str, logo: str, name: str) -> None:
    await graph.put(
        f"{identifier}/logo",
        base64.b64decode(logo),
        media_type=image_type(logo) or "",
        doing=f"upload the logo of {name}",
        lag=(NOT_FOUND,),
    )


async def _disable_first(graph: Graph, identifier: str, body: Properties, name: str) -> None:
    """Disable the tenant's scopes and roles that `body` removes or gives another value."""
    live = await graph.get(identifier, doing=f"read {name}")
    disabling: Properties = {}
    if "appRoles" in body:
        roles = permissions.disabled(items(live, "appRoles"), body["appRoles"])
        if roles is not None:
            disabling["appRoles"] = roles
    wanted = body.get("api", {}).get("oauth2PermissionScopes")
    if wanted is not None:
        enabled = items(child(live, "api"), "oauth2PermissionScopes")
        scopes = permissions.disabled(enabled, wanted)
        if scopes is not None:
            disabling["api"] = {"oauth2PermissionScopes": scopes}
    if disabling:
        doing = f"disable scopes or roles of {name} before their removal"
        await graph.patch(identifier, disabling, doing=doing, lag=CHANGE)


async def _named(graph: Graph, name: str) -> list[Properties]:
    quoted = name.replace("'", "''")
    found = await graph.list(
        "/applications",
        params={"$filter": f"displayName eq '{quoted}'"},
        doing=f"look for applications named {name!r}",
    )
    # The filter does not tell upper from lower case.
    return [one for one in found if one["displayName"] == name]


def _name(outputs: Properties) -> str:
    """Return how errors call the registration."""
    object_id = outputs.get("objectId", "no object ID")
    return f"application {outputs.get('displayName', '')!r} ({object_id})"
