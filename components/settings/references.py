"""Checks between settings: what one names, another must have; what must be unique, is.

They run over what could be read, so that one mistake does not hide another, and over the Args of
Python callers as well: both have the same fields. A value that is an output is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.settings.flow_entries import check_entries
from components.settings.parts import Found, Names, Parts
from components.settings.problems import given
from components.settings.uses import (
    check_client,
    check_named_clients,
    check_permissions,
    unique,
)
from components.settings.ways import check_ways

__all__ = ["Found", "Names", "Parts", "check_references"]


def check_references(parts: Parts, names: Names) -> Iterator[Found]:
    """Every problem between the parts."""
    for key, api in parts.apis.items():
        yield from _permission_values(key, api)
    for section in ("apis", "clients"):
        for key, one in getattr(parts, section).items():
            yield from check_permissions((section, key), one, parts.apis, names)
    for key, api in parts.apis.items():
        yield from check_named_clients(key, api, names)
    yield from check_entries(parts)
    yield from _clients_of_flows(parts, names)
    yield from check_ways(parts, names)
    yield from _names(parts)


def _permission_values(key: str, api: Any) -> Iterator[Found]:  # noqa: ANN401 -- see Parts
    """Scopes and app roles of an API share one space of values."""
    yield from unique(
        (
            (("apis", key, kind, at, "value"), one.value)
            for kind in ("scopes", "roles")
            for at, one in enumerate(getattr(api, kind))
        ),
        "a value that no other scope or app role of the API has",
    )


def _clients_of_flows(parts: Parts, names: Names) -> Iterator[Found]:
    flow_of: dict[str, str] = {}
    for key, flow in parts.user_flows.items():
        for at, client in enumerate(flow.clients):
            place = ("user_flows", key, "clients", at)
            wrong = list(check_client(place, client, parts.clients, names))
            if wrong:
                yield from wrong
            elif client in flow_of:
                other = f"which is in the user flow {flow_of[client]} already"
                yield place, f"{given(client)}, {other}; allowed: a client in one user flow, once"
            else:
                flow_of[client] = key


def _names(parts: Parts) -> Iterator[Found]:
    """Names by which people, tokens, and a run that was interrupted, find an object again."""
    yield from unique(
        (
            ((section, key, "display_name"), one.display_name)
            for section in ("apis", "clients")
            for key, one in getattr(parts, section).items()
        ),
        "a name that no other application of the stack has",
    )
    yield from unique(
        (
            (("apis", key, "identifier_uri"), api.identifier_uri)
            for key, api in parts.apis.items()
            if "{clientId}" not in str(api.identifier_uri)
        ),
        "an Application ID URI that no other API of the stack has",
    )
    yield from unique(
        (
            (("user_flows", key, "display_name"), key if name is None else name)
            for key, flow in parts.user_flows.items()
            for name in [flow.display_name]
        ),
        "a name that no other user flow has",
    )
