"""Checks between settings: what one names, another must have; what must be unique, is.

They run over what could be read, so that one mistake does not hide another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from components.settings.clients import ClientSettings
from components.settings.problems import Problem, given, nearest, one_of, path_of
from components.settings.root import Settings
from components.settings.web_api import WebApiSettings


@dataclass(frozen=True)
class Names:
    """The keys that the configuration has, those of entries that could not be read included."""

    apis: Collection[str]
    clients: Collection[str]


def check_references(settings: Settings, names: Names) -> Iterator[Problem]:
    """Every problem between the settings."""
    for key, api in settings.apis.items():
        yield from _permission_values(key, api)
    for key, client in settings.clients.items():
        yield from _api_permissions(key, client, settings.apis, names)
    yield from _entries_of_flows(settings)
    yield from _clients_of_flows(settings, names)
    yield from _display_names(settings)


def _permission_values(key: str, api: WebApiSettings) -> Iterator[Problem]:
    """Scopes and app roles of an API share one space of values."""
    values = [(("scopes", at), scope.value) for at, scope in enumerate(api.scopes)]
    values += [(("roles", at), role.value) for at, role in enumerate(api.roles)]
    yield from _unique(
        (((("apis", key, *place, "value")), value) for place, value in values),
        "a value that no other scope or app role of the API has",
    )


def _api_permissions(
    key: str, client: ClientSettings, apis: Mapping[str, WebApiSettings], names: Names
) -> Iterator[Problem]:
    for api, scopes in client.api_permissions.items():
        place = ("clients", key, "apiPermissions", api)
        if api not in names.apis:
            hint = nearest(api, names.apis)
            yield Problem(
                path_of(place), f"unknown API{hint}; {one_of(names.apis, 'a key of ciam:apis')}"
            )
        if api not in apis:
            continue
        known = [scope.value for scope in apis[api].scopes]
        for at, scope in enumerate(scopes):
            if scope not in known:
                yield Problem(
                    path_of((*place, at)),
                    f"{given(scope)}, which the API does not have{nearest(scope, known)}; "
                    + one_of(known, f"a scope of ciam:apis.{api}"),
                )


def _entries_of_flows(settings: Settings) -> Iterator[Problem]:
    for key, flow in settings.user_flows.items():
        yield from _unique(
            (
                (("userFlows", key, "identityProviders", at), provider)
                for at, provider in enumerate(flow.identity_providers)
            ),
            "each identity provider once",
        )
        yield from _unique(
            (
                (("userFlows", key, "attributes", at), attribute.attribute)
                for at, attribute in enumerate(flow.attributes or ())
            ),
            "each attribute once",
        )


def _clients_of_flows(settings: Settings, names: Names) -> Iterator[Problem]:
    flow_of: dict[str, str] = {}
    for key, flow in settings.user_flows.items():
        for at, client in enumerate(flow.clients):
            path = path_of(("userFlows", key, "clients", at))
            if client not in names.clients:
                hint = nearest(client, names.clients)
                yield Problem(
                    path,
                    f"{given(client)}, an unknown client{hint}; "
                    + one_of(names.clients, "a key of ciam:clients"),
                )
            elif client in flow_of:
                yield Problem(
                    path,
                    f"{given(client)}, which is in the user flow {flow_of[client]} already; "
                    "allowed: a client in one user flow, once",
                )
            else:
                flow_of[client] = key


def _display_names(settings: Settings) -> Iterator[Problem]:
    """Names by which people, and a run that was interrupted, find an object again."""
    yield from _unique(
        [
            *(
                (("apis", key, "displayName"), api.display_name)
                for key, api in settings.apis.items()
            ),
            *(
                (("clients", key, "displayName"), client.display_name)
                for key, client in settings.clients.items()
            ),
        ],
        "a name that no other application of the stack has",
    )
    yield from _unique(
        (
            (("userFlows", key, "displayName"), flow.display_name or key)
            for key, flow in settings.user_flows.items()
        ),
        "a name that no other user flow has",
    )


def _unique(values: Iterable[tuple[tuple[str | int, ...], str]], allowed: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for place, value in values:
        seen[value] += 1
        if seen[value] > 1:
            yield Problem(path_of(place), f"{given(value)}, a second time; allowed: {allowed}")
