"""What the stack's outputs say to the two programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from commands.demo.ports import port_of
from commands.errors import CommandError

_SCOPES = ("TODOLIST_READ", "TODOLIST_READWRITE")


@dataclass(frozen=True)
class Environments:
    """The variables of the web application, its secret included, and those of its API."""

    web: Mapping[str, str]
    api: Mapping[str, str]

    @property
    def web_port(self) -> int:
        """Where the web application listens: the redirect URI says it."""
        return port_of(self.web["REDIRECT_URI"])


def chosen(outputs: Mapping[str, Any]) -> Environments:
    """The first client that may use the to-do list, and the API whose scopes those are.

    Raises CommandError for a stack that has none.
    """
    clients = cast("dict[str, dict[str, str]]", outputs.get("environments") or {})
    secrets = cast("dict[str, dict[str, str]]", outputs.get("environmentSecrets") or {})
    apis = cast("dict[str, dict[str, str]]", outputs.get("apiEnvironments") or {})
    for key, web in clients.items():
        if not {*_SCOPES, "REDIRECT_URI"} <= web.keys() or key not in secrets:
            continue
        for api in apis.values():
            if api["CLIENT_ID"] in web[_SCOPES[0]]:
                return Environments({**web, **secrets[key]}, api)
    raise CommandError(
        "The demo needs a web application with a secret that may use the scopes ToDoList.Read and "
        "ToDoList.ReadWrite of an API with the identifier URI api://{clientId}: those of the "
        "default tenant, without ciam:apis, ciam:clients and ciam:userFlows in Pulumi.local.yaml."
    )
