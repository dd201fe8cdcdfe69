"""The environment variables that the application of a client, or of an API, reads.

Those of a client are those of Microsoft's Node samples, ms-identity-ciam-javascript-tutorial: of
the web app 2-Authorization/4-call-api-express (App/authConfig.js), which the seed's page leads to,
and of the daemon 2-Authorization/3-call-api-node-daemon (`SCOPES`). The samples of single-page and
native applications read no variables; theirs have the same names, without a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

import pulumi

from components.client import Client
from components.sign_in import SignIn
from components.web_api import WebApi


def api_environment(api: WebApi, at: SignIn) -> dict[str, pulumi.Input[str]]:
    """What an API verifies tokens by; none of it is secret."""
    return {
        "TENANT_SUBDOMAIN": at.subdomain,
        "CLIENT_ID": api.client_id,
        "AUTHORITY": at.base,
    }


def environment(client: Client, at: SignIn) -> dict[str, pulumi.Input[str]]:
    """The variables of a client that are not secret."""
    variables: dict[str, pulumi.Input[str]] = {
        "TENANT_SUBDOMAIN": at.subdomain,
        "CLIENT_ID": client.client_id,
    }
    if client.redirect_uris:
        variables["REDIRECT_URI"] = client.redirect_uris[0]
    if client.post_logout_redirect_uri is not None:
        variables["POST_LOGOUT_REDIRECT_URI"] = client.post_logout_redirect_uri
    variables["AUTHORITY"] = at.base
    for place, (api, scope) in enumerate(client.default_scopes.items()):
        variables["SCOPES" if place == 0 else f"{_variable(api)}_SCOPES"] = scope
    reserved = {*variables, "CLIENT_SECRET"}
    return {**variables, **_scopes(client.scopes, reserved)}


def secret_environment(client: Client) -> dict[str, pulumi.Output[str]]:
    """The variables of a client that are secret; none where the client has no secret."""
    return {} if client.client_secret is None else {"CLIENT_SECRET": client.client_secret}


def _scopes(
    scopes: Mapping[str, Mapping[str, pulumi.Output[str]]], reserved: set[str]
) -> dict[str, pulumi.Output[str]]:
    """One variable per scope with its full name: `ToDoList.Read` is `TODOLIST_READ`.

    Where two scopes would share a variable, the later one gets its API's key in front: a variable
    that an application already reads never changes its meaning.
    """
    variables: dict[str, pulumi.Output[str]] = {}
    for api, uris in scopes.items():
        for value, uri in uris.items():
            name = next(
                name
                for name in _candidates(api, value)
                if name not in variables and name not in reserved
            )
            variables[name] = uri
    return variables


def _candidates(api: str, value: str) -> Iterator[str]:
    name, qualified = _variable(value), _variable(f"{api}.{value}")
    yield name
    yield qualified
    yield from (f"{qualified}_{number}" for number in count(2))


def _variable(text: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", text.upper()).strip("_")
