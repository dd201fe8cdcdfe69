"""Checks of what an API or a client says of other APIs and clients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from components.settings.enums import AppRoleMemberType
from components.settings.parts import Found, Names
from components.settings.problems import Location, given, nearest, one_of

_WITHOUT_USERS: Final = "daemonApp"
"""The kind of clients that nobody signs in to."""


def check_permissions(
    place: Location,
    one: Any,  # noqa: ANN401 -- settings or Args, which have the same fields
    apis: Mapping[str, Any],
    names: Names,
) -> Iterator[Found]:
    """Hold the scopes and app roles that an API or a client uses against those that there are."""
    for setting, kind, what in (
        ("api_permissions", "scopes", "a scope"),
        ("api_roles", "roles", "an app role"),
    ):
        used: Mapping[str, Sequence[str]] = getattr(one, setting, {})
        for api, values in used.items():
            where = (*place, setting, api)
            if names.apis is not None and api not in names.apis:
                hint = nearest(api, names.apis)
                allowed = one_of(names.apis, f"a key of {names.root}apis")
                yield where, f"unknown API{hint}; {allowed}"
            if api in apis:
                of_api = f"{what} of {names.root}apis.{api}"
                known = [entry.value for entry in getattr(apis[api], kind)]
                yield from _values(where, values, known, "which the API does not have", of_api)
            yield from unique(
                (((*where, at), value) for at, value in enumerate(values)), f"{what} once"
            )
    yield from _roles_of_users(place, getattr(one, "api_roles", {}), apis)


def check_named_clients(key: str, api: Any, names: Names) -> Iterator[Found]:  # noqa: ANN401 -- as above
    """Hold the clients that an API names against those that there are."""
    known = [scope.value for scope in api.scopes]
    for client, scopes in api.pre_authorized_clients.items():
        where = ("apis", key, "pre_authorized_clients", client)
        yield from _client(where, client, names)
        yield from _values(
            where, scopes, known, "which the API does not have", "a scope of its own"
        )
        yield from unique(
            (((*where, at), scope) for at, scope in enumerate(scopes)), "each scope once"
        )
    for at, client in enumerate(api.known_clients):
        yield from _client(("apis", key, "known_clients", at), client, names)
    yield from unique(
        ((("apis", key, "known_clients", at), one) for at, one in enumerate(api.known_clients)),
        "each client once",
    )


def unique(
    values: Iterable[tuple[Location, object]], allowed: str, meant: Callable[[str], str] = str
) -> Iterator[Found]:
    """Every value that means what one before it means; one that is an output is passed over.

    `meant` tells what a value means, by default the value itself.
    """
    seen: dict[str, str] = {}
    for place, value in values:
        if not isinstance(value, str):
            continue
        meaning = meant(value)
        if meaning in seen:
            first = seen[meaning]
            again = "a second time" if first == value else f"which is {first} a second time"
            yield place, f"{given(value)}, {again}; allowed: {allowed}"
        seen.setdefault(meaning, value)


def _values(
    where: Location, values: Sequence[str], known: Sequence[str], wrong: str, allowed: str
) -> Iterator[Found]:
    for at, value in enumerate(values):
        if value not in known:
            hint = nearest(value, known)
            yield (*where, at), f"{given(value)}, {wrong}{hint}; {one_of(known, allowed)}"


def check_client(
    where: Location, client: str, clients: Mapping[str, Any], names: Names
) -> Iterator[Found]:
    """Hold the key of a client that customers sign in to against those that there are."""
    if names.clients is not None and client not in names.clients:
        yield from _client(where, client, names)
    elif getattr(clients.get(client), "kind", "") == _WITHOUT_USERS:
        yield (
            where,
            (
                f"{given(client)}, a {_WITHOUT_USERS}, which nobody signs in to; "
                "allowed: a client that customers sign in to"
            ),
        )


def _client(where: Location, client: str, names: Names) -> Iterator[Found]:
    if names.clients is not None and client not in names.clients:
        hint = nearest(client, names.clients)
        allowed = one_of(names.clients, f"a key of {names.root}clients")
        told = f"{given(client)}, an unknown" if isinstance(where[-1], int) else "unknown"
        yield where, f"{told} client{hint}; {allowed}"


def _roles_of_users(
    place: Location, used: Mapping[str, Sequence[str]], apis: Mapping[str, Any]
) -> Iterator[Found]:
    for api, roles in used.items():
        of_users = {
            role.value
            for role in (apis[api].roles if api in apis else ())
            if AppRoleMemberType.USER in role.allowed_member_types
            and AppRoleMemberType.APPLICATION not in role.allowed_member_types
        }
        for at, role in enumerate(roles):
            if role in of_users:
                yield (
                    (*place, "api_roles", api, at),
                    (
                        f"{given(role)}, which is for users alone; allowed: an app role whose "
                        "allowedMemberTypes have Application"
                    ),
                )
