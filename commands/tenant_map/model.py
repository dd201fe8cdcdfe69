"""What a map shows: the objects of a stack as the tenant has them, and how they hang together.

Nothing of it is a secret: of a client secret it knows the end. Objects refer to each other by key;
keys are those of the stack's configuration, and the client ID of an API that is not the stack's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Flow:
    """A user flow."""

    key: str
    name: str
    identity_providers: tuple[str, ...] = ()
    """Their ids, such as `EmailPassword-OAUTH`."""
    attributes: tuple[str, ...] = ()
    """What its sign-up page asks for, in its order: ids, of custom attributes the name alone."""
    sign_up_allowed: bool = True
    clients: tuple[str, ...] = ()
    """Keys of the stack's clients in it."""
    others: int = 0
    """How many applications in it are not the stack's."""
    exists: bool = True
    """Whether the tenant still has it; if not, the name is the stack's."""


@dataclass(frozen=True)
class Client:
    """An application that signs users in."""

    key: str
    name: str
    kind: str
    """`webApp` and its like, as the stack outputs have it."""
    client_id: str
    redirect_uris: tuple[str, ...] = ()
    secret_ends: tuple[datetime, ...] = ()
    """When each of its secrets ends, the last one first."""
    certificate_ends: tuple[datetime, ...] = ()
    """When each of its certificates ends, the last one first."""
    federated: int = 0
    """How many issuers' tokens it may present in their place."""
    exists: bool = True


@dataclass(frozen=True)
class Permission:
    """A scope or an app role of an API."""

    value: str
    enabled: bool = True


@dataclass(frozen=True)
class Api:
    """An application that is called."""

    key: str
    name: str
    client_id: str
    scopes: tuple[Permission, ...] = ()
    roles: tuple[Permission, ...] = ()
    own: bool = True
    """Whether it is the stack's; of another, such as Microsoft Graph, only what is used is here."""
    exists: bool = True


@dataclass(frozen=True)
class Access:
    """What a client may or wants to use of an API, as values of scopes and app roles."""

    client: str
    api: str
    granted: tuple[str, ...] = ()
    """What an administrator has consented to, for everybody."""
    missing: tuple[str, ...] = ()
    """What the registration asks for and nobody has consented to."""


@dataclass(frozen=True)
class Map:
    """A tenant, as far as a stack has made it."""

    tenant: str
    """Its subdomain."""
    flows: tuple[Flow, ...] = ()
    clients: tuple[Client, ...] = ()
    apis: tuple[Api, ...] = ()
    accesses: tuple[Access, ...] = ()


MAP: Final = TypeAdapter(Map)
"""Between a map and its JSON."""
