"""Runs the demo's programs until somebody, or one of them, ends it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from types import FrameType
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from commands import node, variables
from commands.demo.environments import Environments, check_free, chosen
from commands.demo.program import Program
from commands.errors import CommandError
from commands.tenant import Tenant
from engine.places import LOCAL, PROJECT

API_PORT: Final = 8080

_EXAMPLES: Final = PROJECT / "examples"
_UP_WITHIN: Final = 60.0
_LOOKS: Final = 0.5
"""Every so many seconds it is looked whether the programs still run."""


def run(tenant: Tenant, outputs: Mapping[str, Any], api_port: int, console: Console) -> int:
    """Start the API and the web application with what the stack says, and stay until the end.

    Ctrl-C, SIGTERM and the end of one of them end both. Raises CommandError when a program cannot
    be started.
    """
    environments = chosen(outputs)
    check_free(
        environments.web_port,
        f"the redirect URI of the client is {environments.web['REDIRECT_URI']}. End what listens "
        "there, or give the client another redirect URI in Pulumi.local.yaml.",
    )
    check_free(api_port, "end what listens there, or name another: make demo API_PORT=8081.")
    folders = {name: _EXAMPLES / name for name in ("todo-api", "node-web-app")}
    for folder in folders.values():
        if not (folder / "node_modules").exists():
            console.print(f"Installing the Node packages of {folder.name} ...")
        node.install_packages(folder)
    api = Program("api", folders["todo-api"], "To-do API:", console)
    web = Program("web", folders["node-web-app"], "Web app:", console)
    over = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        over.set()

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        _start(tenant, environments, api_port, (api, web), over)
        if not over.is_set():
            _show(tenant, environments, api_port, console)
        while not over.wait(_LOOKS):
            ended = next((one for one in (api, web) if one.has_ended), None)
            if ended:
                raise CommandError(f"The {ended.name} has ended:\n{ended.last_words}")
    finally:
        for one in (web, api):
            one.stop()
        for name, handler in before.items():
            signal.signal(name, handler)
    console.print("\nStopped the web application and its API. `make down` stops the tenant.")
    return 0


def _start(
    tenant: Tenant,
    environments: Environments,
    api_port: int,
    programs: tuple[Program, Program],
    over: threading.Event,
) -> None:
    api, web = programs
    executable = node.find_node()
    base = variables.original(os.environ)
    shared = node.environment(base, executable) | {
        "NODE_EXTRA_CA_CERTS": tenant.variables["NODE_EXTRA_CA_CERTS"]
    }
    of_api = {"PORT": str(api_port), "DATABASE": str(LOCAL / "todos.json"), **environments.api}
    of_web = {"API_BASE_URL": f"http://localhost:{api_port}", **environments.web}
    for program, own in ((api, of_api), (web, of_web)):
        program.start([executable, "main.js"], {**shared, **own})
    for program in programs:
        if not program.is_up_within(_UP_WITHIN) and not over.is_set():
            raise CommandError(f"The {program.name} does not start:\n{program.last_words}")


def _show(tenant: Tenant, environments: Environments, api_port: int, console: Console) -> None:
    address = f"http://localhost:{environments.web_port}"
    lines = (
        ("Web application", address, "sign up here; any address will do, mails stay here"),
        ("Mailbox", f"{tenant.url}/-/mailbox", "passcodes that the tenant has sent"),
        ("Tenant", f"{tenant.url}/", "what it holds, and what it was asked"),
        ("To-do API", f"http://localhost:{api_port}", "what the web application calls"),
    )
    console.print()
    for name, where, what in lines:
        console.print(Text.assemble((f"{name:<17}", "bold"), f"{where:<36}", (what, "dim")))
    console.print("Ctrl-C ends the web application and its API.\n")
