"""The settings of the .NET web API: the section `AzureAd` that Microsoft.Identity.Web reads.

The lists are those of Microsoft's sample, ms-identity-ciam-javascript-tutorial
(2-Authorization/4-call-api-express/API): a caller that may read has one of `Read`, one that may
write has one of `Write`. In them stands what a scope or role calls itself: `ToDoList.Read` reads,
`ToDoList.ReadWrite` does both. A name that says neither, such as `ToDoList.Share`, is in no list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from contract import Api, Tenant

Setting: TypeAlias = "str | list[str] | dict[str, Setting]"


def settings(tenant: Tenant, api: Api) -> dict[str, Setting]:
    """The settings of the API, as they stand in its `appsettings.json`."""
    return {
        "AzureAd": {
            "Instance": tenant.instance,
            "TenantId": tenant.tenant_id,
            "ClientId": api.client_id,
            "Scopes": _read_and_write(api.scopes),
            "AppPermissions": _read_and_write(api.roles),
        }
    }


def render(found: Mapping[str, Setting]) -> str:
    """`appsettings.json`."""
    return json.dumps(found, indent=2) + "\n"


def variables(found: Mapping[str, Setting]) -> dict[str, str]:
    """The same settings as environment variables: `AzureAd__Scopes__Read__0`.

    Source: https://learn.microsoft.com/aspnet/core/fundamentals/configuration/#non-prefixed-environment-variables
    """
    return dict(_flat("", found))


def _read_and_write(names: Iterable[str]) -> dict[str, Setting]:
    every = list(names)
    return {
        operation: [name for name in every if any(operation in part for part in name.split("."))]
        for operation in ("Read", "Write")
    }


def _flat(prefix: str, found: Mapping[str, Setting]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        match value:
            case str():
                yield f"{prefix}{name}", value
            case list():
                yield from ((f"{prefix}{name}__{at}", one) for at, one in enumerate(value))
            case dict():
                yield from _flat(f"{prefix}{name}__", value)
