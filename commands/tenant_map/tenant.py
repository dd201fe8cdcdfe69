"""Reads the map of a stack: its outputs say what belongs to it, Graph says what that is today.

`python -m commands.tenant_map.tenant` runs in the environment of the stack, as its plugins do, so
that it signs in where they do. It reads from standard input, as JSON: `configuration` (the stack's
keys of `azuread:`) and `outputs` (the stack's). It prints a `Map` as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from msgraph.generated.models.application import Application
from msgraph.generated.models.key_credential import KeyCredential
from msgraph.generated.models.password_credential import PasswordCredential

from commands.tenant_map.consent import (
    Registration,
    permissions,
    read_accesses,
    read_registration,
)
from commands.tenant_map.model import MAP, Api, Client, Flow, Map
from providers.graph.errors import ProviderError
from providers.graph.session import Graph, Session
from providers.user_flow import requests
from providers.user_flow.attributes import EMAIL, custom_name
from providers.user_flow.bodies import is_sign_up_allowed

Outputs = Mapping[str, Any]


async def read(graph: Graph, outputs: Outputs) -> Map:
    """The map of the stack with these outputs, in the order of their keys.

    What the tenant has no longer is on it, and marked so. Raises ProviderError when the tenant does
    not answer or refuses to.
    """
    apis = {key: await read_registration(graph, one) for key, one in _of(outputs, "apis")}
    clients = {key: await read_registration(graph, one) for key, one in _of(outputs, "clients")}
    accesses, others = await read_accesses(graph, clients, apis)
    keys = {one.client_id: key for key, one in clients.items()}
    return Map(
        tenant=str(outputs["tenant"]["subdomain"]),
        flows=tuple([await _flow(graph, key, one, keys) for key, one in _of(outputs, "userFlows")]),
        clients=tuple(
            [await _client(graph, key, one, clients[key]) for key, one in _of(outputs, "clients")]
        ),
        apis=(*(_api(key, one) for key, one in apis.items()), *others),
        accesses=tuple(
            sorted(accesses, key=lambda one: (one.client, one.api not in apis, one.api))
        ),
    )


def _of(outputs: Outputs, name: str) -> list[tuple[str, Outputs]]:
    return sorted(cast("dict[str, Outputs]", outputs.get(name) or {}).items())


async def _flow(graph: Graph, key: str, recorded: Outputs, keys: Mapping[str, str]) -> Flow:
    flow_id, name = str(recorded["id"]), str(recorded.get("displayName") or key)
    what = f"read the user flow '{name}'"
    live = await requests.get(graph, flow_id, what)
    if live is None:
        return Flow(key, name, exists=False)
    inside = await requests.applications(graph, flow_id, what) or []
    return Flow(
        key,
        str(live.model.get("displayName") or name),
        identity_providers=tuple(sorted(live.providers)),
        # Every flow has the email address, which the page does not ask for.
        attributes=tuple(
            str(custom_name(one["attribute"]))
            for one in live.attributes
            if one["attribute"] != EMAIL and not one.get("hidden")
        ),
        sign_up_allowed=is_sign_up_allowed(live.model),
        clients=tuple(sorted(keys[one] for one in inside if one in keys)),
        others=sum(one not in keys for one in inside),
    )


async def _client(graph: Graph, key: str, recorded: Outputs, registration: Registration) -> Client:
    kind, client_id = str(recorded["kind"]), registration.client_id
    live = registration.application
    if live is None:
        return Client(key, key, kind, client_id, exists=False)
    places = (live.web, live.spa, live.public_client)
    uris = {uri for place in places if place is not None for uri in place.redirect_uris or []}
    # The configuration's order, in which the first is the application's; Graph's is its own.
    order = cast("list[str]", recorded.get("redirectUris") or [])
    known = [uri for uri in order if uri in uris]
    return Client(
        key,
        live.display_name or key,
        kind,
        client_id,
        redirect_uris=(*known, *sorted(uris - set(known))),
        secret_ends=_ends(live.password_credentials),
        certificate_ends=_ends(live.key_credentials),
        federated=await _federated(graph, live),
    )


async def _federated(graph: Graph, live: Application) -> int:
    """How many federated credentials it has; looked for where it has no other one."""
    if live.password_credentials or live.key_credentials or live.id is None:
        return 0
    item = graph.client.applications.by_application_id(live.id).federated_identity_credentials
    found = await graph.find(f"read the credentials of the application {live.id}", item.get)
    return len((found.value if found else None) or [])


def _ends(
    those: Sequence[PasswordCredential] | Sequence[KeyCredential] | None,
) -> tuple[datetime, ...]:
    """When credentials end, the last one first."""
    ends = (one.end_date_time for one in those or [])
    return tuple(sorted((end for end in ends if end), reverse=True))


def _api(key: str, registration: Registration) -> Api:
    live = registration.application
    if live is None:
        return Api(key, key, registration.client_id, exists=False)
    scopes = (live.api.oauth2_permission_scopes if live.api else None) or []
    return Api(
        key,
        live.display_name or key,
        registration.client_id,
        scopes=permissions(scopes),
        roles=permissions(live.app_roles or []),
    )


def main() -> int:
    """Print the map, or on standard error the one line that says why there is none."""
    asked = cast("dict[str, Any]", json.load(sys.stdin))

    async def look(graph: Graph) -> Map:
        return await read(graph, asked["outputs"])

    try:
        session = Session(cast("dict[str, str]", asked["configuration"]).get)
        found = session.operate("read what the tenant has of the stack", look)
    except ProviderError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command's own output
        return 1
    sys.stdout.write(MAP.dump_json(found).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
