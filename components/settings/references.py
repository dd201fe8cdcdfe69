"""Checks between settings: what one names, another must have; what must be unique, is.

They run over what could be read, so that one mistake does not hide another, and over the Args of
Python callers as well: both have the same fields. A value that is an output is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from components.settings.problems import Location, given, nearest, one_of

Found = tuple[Location, str]
"""Where a problem is, in the names of Python's fields, and its text."""


@dataclass(frozen=True)
class Names:
    """The keys that there are, those of entries that could not be read included.

    None where the whole section could not be read, so that nothing is held against it.
    """

    apis: Collection[str] | None = None
    clients: Collection[str] | None = None
    root: str = "ciam:"
    """What the reader finds the sections below."""


@dataclass(frozen=True)
class Parts:
    """What is checked against each other, by key: settings or Args, which have the same fields."""

    apis: Mapping[str, Any] = field(default_factory=dict[str, Any])
    clients: Mapping[str, Any] = field(default_factory=dict[str, Any])
    user_flows: Mapping[str, Any] = field(default_factory=dict[str, Any])


def check_references(parts: Parts, names: Names) -> Iterator[Found]:
    """Every problem between the parts."""
    for key, api in parts.apis.items():
        yield from _permission_values(key, api)
    for key, client in parts.clients.items():
        yield from _api_permissions(key, client.api_permissions, parts.apis, names)
    yield from _entries_of_flows(parts)
    yield from _clients_of_flows(parts, names)
    yield from _names(parts)


def _permission_values(key: str, api: Any) -> Iterator[Found]:  # noqa: ANN401 -- see Parts
    """Scopes and app roles of an API share one space of values."""
    yield from _unique(
        (
            (("apis", key, kind, at, "value"), one.value)
            for kind in ("scopes", "roles")
            for at, one in enumerate(getattr(api, kind))
        ),
        "a value that no other scope or app role of the API has",
    )


def _api_permissions(
    key: str, permissions: Mapping[str, Iterable[str]], apis: Mapping[str, Any], names: Names
) -> Iterator[Found]:
    for api, scopes in permissions.items():
        place = ("clients", key, "api_permissions", api)
        if names.apis is not None and api not in names.apis:
            hint = nearest(api, names.apis)
            yield place, f"unknown API{hint}; {one_of(names.apis, f'a key of {names.root}apis')}"
        if api not in apis:
            continue
        known = [scope.value for scope in apis[api].scopes]
        for at, scope in enumerate(scopes):
            if scope not in known:
                yield (
                    (*place, at),
                    f"{given(scope)}, which the API does not have{nearest(scope, known)}; "
                    + one_of(known, f"a scope of {names.root}apis.{api}"),
                )


def _entries_of_flows(parts: Parts) -> Iterator[Found]:
    for key, flow in parts.user_flows.items():
        yield from _unique(
            (
                (("user_flows", key, "identity_providers", at), provider)
                for at, provider in enumerate(flow.identity_providers)
            ),
            "each identity provider once",
        )
        yield from _unique(
            (
                (("user_flows", key, "attributes", at), attribute.attribute)
                for at, attribute in enumerate(flow.attributes or ())
            ),
            "each attribute once",
        )


def _clients_of_flows(parts: Parts, names: Names) -> Iterator[Found]:
    flow_of: dict[str, str] = {}
    for key, flow in parts.user_flows.items():
        for at, client in enumerate(flow.clients):
            place = ("user_flows", key, "clients", at)
            if names.clients is not None and client not in names.clients:
                hint = nearest(client, names.clients)
                yield (
                    place,
                    f"{given(client)}, an unknown client{hint}; "
                    + one_of(names.clients, f"a key of {names.root}clients"),
                )
            elif client in flow_of:
                other = f"which is in the user flow {flow_of[client]} already"
                yield place, f"{given(client)}, {other}; allowed: a client in one user flow, once"
            else:
                flow_of[client] = key


def _names(parts: Parts) -> Iterator[Found]:
    """Names by which people, tokens, and a run that was interrupted, find an object again."""
    yield from _unique(
        (
            ((section, key, "display_name"), one.display_name)
            for section in ("apis", "clients")
            for key, one in getattr(parts, section).items()
        ),
        "a name that no other application of the stack has",
    )
    yield from _unique(
        (
            (("apis", key, "identifier_uri"), api.identifier_uri)
            for key, api in parts.apis.items()
            if "{clientId}" not in str(api.identifier_uri)
        ),
        "an Application ID URI that no other API of the stack has",
    )
    yield from _unique(
        (
            (("user_flows", key, "display_name"), key if name is None else name)
            for key, flow in parts.user_flows.items()
            for name in [flow.display_name]
        ),
        "a name that no other user flow has",
    )


def _unique(values: Iterable[tuple[Location, object]], allowed: str) -> Iterator[Found]:
    seen: Counter[str] = Counter()
    for place, value in values:
        if not isinstance(value, str):
            continue
        seen[value] += 1
        if seen[value] > 1:
            yield place, f"{given(value)}, a second time; allowed: {allowed}"
