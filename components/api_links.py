"""What an API has to do with others: those that it calls, and the clients that it names.

Each is a resource of its own and not a part of the API's application, because those others may name
the API in turn: two APIs that call each other, a client that uses the API that knows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pulumi
import pulumi_azuread as azuread

from components.identifiers import scope_id
from components.permissions import ApiReferenceArgs, assign, grant, permissions_at
from components.registration import Registration
from providers.application_properties import ApplicationProperties, ApplicationPropertiesArgs


class _Calls(Protocol):
    """What the Args say of the APIs that it calls."""

    api_permissions: Mapping[str, Sequence[str]]
    api_roles: Mapping[str, Sequence[str]]
    grant_api_roles: bool
    apis: Mapping[str, ApiReferenceArgs]


class _Names(Protocol):
    """What the Args say of the clients that it names."""

    known_clients: Sequence[str]
    pre_authorized_clients: Mapping[str, Sequence[str]]
    clients: Mapping[str, pulumi.Input[str]]


def call_others(
    name: str, parent: pulumi.Resource, registration: Registration, args: _Calls
) -> None:
    """Declare what the API does at others, with admin consent."""
    for needed in permissions_at(args.apis, args.api_permissions, args.api_roles):
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
