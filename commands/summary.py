"""What a reader wants to know after `make up`: what exists, its names, and what comes next.

Plain lines rather than tables: identifiers must not be broken, since they are there to be copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from commands.deployment import MASK, Deployment
from commands.seed_steps import STEPS, title_of
from commands.tenant import DEFAULT_PORT

_NEXT: Final = (
    ('eval "$(make -s env)"', "choose this stack in a shell: plain pulumi preview, up, …"),
    ("make preview{port}", "what a change of the configuration would do"),
    ("make outputs SECRETS=1", "every value as JSON, secrets in clear"),
    ("make logs", "what the tenant was asked"),
    ("make down{port}", "delete it all and stop the tenant"),
)
"""What to do next; `{port}` stands for the port, where the command may start the tenant."""


def show(state: Deployment, console: Console, url: str) -> None:
    """Print the summary of `state` in the tenant at `url`, empty where none runs."""
    for line in lines(state, url):
        console.print(line, soft_wrap=True)


def lines(state: Deployment, url: str) -> Iterator[Text]:
    """The summary line by line; `url` is the tenant's, empty where none runs."""
    yield from _heading("What exists in the tenant now")
    for number, (title, existing) in enumerate(STEPS, start=1):
        yield Text.assemble(f"{number:>3}  ", (title_of(title, state), "bold"))
        yield from (Text(f"     {line}") for line in list(existing(state)) or ["-"])
    yield from _heading("Collected values")
    for name, values in _collected(state):
        for label, value in zip_longest([name], values, fillvalue=""):
            yield Text(f"  {label:<28}{value}")
    for key in state.section("environments"):
        yield from _heading(f"Where they go next: the environment of the client `{key}`")
        yield from (Text(f"  {line}") for line in _environment(state, key))
    if url:
        yield from _heading("The tenant in a browser: what it holds, mails, log, a sign-in to try")
        yield Text(f"  {url}/")
    yield from _heading("Next")
    port = urlsplit(url).port or DEFAULT_PORT
    given = "" if port == DEFAULT_PORT else f" PORT={port}"
    for command, text in _NEXT:
        yield Text.assemble((f"  {command.format(port=given):<26}", "bold"), text)


def _heading(title: str) -> Iterator[Text]:
    yield Text()
    yield Text(title, style="bold cyan")


def _collected(state: Deployment) -> Iterator[tuple[str, list[str]]]:
    tenant = state.section("tenant")
    if tenant:
        yield "Tenant ID", [str(tenant["tenantId"])]
        yield "Tenant subdomain", [str(tenant["subdomain"])]
    for key, api in state.section("apis").items():
        yield f"Client ID of API {key}", [str(api["clientId"])]
    for key, client in state.section("clients").items():
        yield f"Client ID of client {key}", [str(client["clientId"])]
        if client.get("secretExpires"):
            yield f"Client secret of {key}", [MASK]
    for key, api in state.section("apis").items():
        if api.get("scopes"):
            yield f"Scopes of {key}", list(map(str, api["scopes"].values()))
        if api.get("roles"):
            yield f"App roles of {key}", list(map(str, api["roles"]))


def _environment(state: Deployment, key: str) -> Iterator[str]:
    for name, value in state.section("environments")[key].items():
        yield f"{name}={value}"
    # A secret that is one as a whole does not tell which variables it holds.
    hidden = state.section("environmentSecrets").get(key)
    for name in hidden if isinstance(hidden, dict) else ():
        yield f"{name}={MASK}"
