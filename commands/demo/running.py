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
from commands.demo.environments import Environments, chosen
from commands.demo.ports import check_api, check_web
from commands.demo.program import Program, stay
from commands.errors import CommandError
from commands.tenant import Tenant
from engine.places import LOCAL, PROJECT

_EXAMPLES: Final = PROJECT / "examples"
_UP_WITHIN: Final = 60.0


def check(configuration: str, api_port: int) -> None:
    """Check, before anything is started, what can be known from the YAML of the stack.

    Raises CommandError where there is no Node, and where one of the ports is in use.
    """
    from commands.demo.planned import planned_redirect_uri  # noqa: PLC0415 - slow to import

    node.find_node()
    check_api(api_port)
    redirect_uri = planned_redirect_uri(configuration)
    if redirect_uri:
        check_web(redirect_uri)


def run(tenant: Tenant, outputs: Mapping[str, Any], api_port: int, console: Console) -> int:
    """Start the API and the web application with what the stack says, and stay until the end.

    Ctrl-C, SIGTERM and the end of one of them end both. Raises CommandError when a program cannot
    be started.
    """
    environments = chosen(outputs)
    # Once more: the outputs have the last word, and minutes may have passed.
    check_web(environments.web["REDIRECT_URI"])
    check_api(api_port)
    folders = {name: _EXAMPLES / name for name in ("todo-api", "node-web-app")}
    for folder in folders.values():
        if not node.are_installed(folder):
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
        stay((api, web), over)
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
