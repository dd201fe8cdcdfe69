"""What an API has to do with others: those that it calls, and the clients that it names.

Each is a resource of its own and not a part of the API's application, because those others may name
the API in turn: two APIs that call each other, a client that uses the API that knows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import pulumi
import pulumi_azuread as azuread

from components.identifiers import scope_id
from components.lookups import microsoft_graph
from components.permissions import (
    MICROSOFT_GRAPH,
    ApiPermissions,
    ApiReferenceArgs,
    assign,
    grant,
    permissions_at,
)
from components.registration import Registration
from providers.application_properties import ApplicationProperties, ApplicationPropertiesArgs

_OF_MSAL: Final = ("openid", "offline_access")
"""What MSAL asks for with every other scope."""


class _Calls(Protocol):
    """What the Args say of the APIs that it calls."""

    api_permissions: Mapping[str, Sequence[str]]
    api_roles: Mapping[str, Sequence[str]]
    grant_api_roles: bool
    graph_permissions: Sequence[str] | None
    apis: Mapping[str, ApiReferenceArgs]
    graph: ApiReferenceArgs | None


class _Names(Protocol):
    """What the Args say of the clients that it names."""

    known_clients: Sequence[str]
    pre_authorized_clients: Mapping[str, Sequence[str]]
    clients: Mapping[str, pulumi.Input[str]]


def calls_others(args: _Calls) -> bool:
    """Whether the API calls any other, Microsoft Graph included."""
    return bool(args.api_permissions or args.api_roles or graph_permissions_of(args))


def graph_permissions_of(args: _Calls) -> Sequence[str]:
    """The delegated permissions of Microsoft Graph that the API uses."""
    if args.graph_permissions is not None:
        return args.graph_permissions
    return _OF_MSAL if args.api_permissions else ()


def call_others(
    name: str, parent: pulumi.Resource, registration: Registration, args: _Calls
) -> None:
    """Declare what the API does at others, with admin consent."""
    permissions = permissions_at(args.apis, args.api_permissions, args.api_roles)
    if scopes := graph_permissions_of(args):
        graph = args.graph if args.graph is not None else microsoft_graph(parent)
        permissions.append(ApiPermissions(MICROSOFT_GRAPH, graph, scopes))
    for needed in permissions:
        azuread.ApplicationApiAccess(
            f"{name}.{needed.key}",
            application_id=registration.application.id,
            api_client_id=needed.api.client_id,
            scope_ids=needed.scope_ids() or None,
            role_ids=needed.role_ids() or None,
            opts=pulumi.ResourceOptions(parent=parent),
        )
        grant(name, parent, registration.service_principal, needed)
        if args.grant_api_roles:
            assign(name, parent, registration.service_principal, needed)


def name_clients(
    name: str, parent: pulumi.Resource, registration: Registration, args: _Names
) -> None:
    """Name the clients that are known to the API, and those that need no consent."""
    application = registration.application
    for key, scopes in args.pre_authorized_clients.items():
        azuread.ApplicationPreAuthorized(
            f"{name}.{key}",
            application_id=application.id,
            authorized_client_id=args.clients[key],
            permission_ids=[scope_id(scope) for scope in scopes],
            opts=pulumi.ResourceOptions(parent=parent),
        )
    if args.known_clients:
        ApplicationProperties(
            name,
            ApplicationPropertiesArgs(
                application_id=application.object_id,
                known_clients=[args.clients[key] for key in args.known_clients],
                version=registration.version,
            ),
            pulumi.ResourceOptions(parent=parent),
        )
