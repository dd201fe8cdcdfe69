"""Command line behind the Makefile's targets on the stack `local`: `python -m commands up`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console

from commands import demo, deployment, logs, shell, stack, summary, tenant_map
from commands.errors import CommandError
from commands.recovery import checkpoint, recover, recover_elsewhere
from commands.tenant import Background
from engine.errors import EngineError

_INTERRUPTED: Final = 130

_UNASKED: Final = ("--yes", "--skip-preview")
"""Nobody is asked here, so a preview would only show everything twice: `make preview` shows it."""


def _ready(arguments: argparse.Namespace, console: Console) -> stack.Stack:
    local = stack.prepare(arguments.port, console, administrator=arguments.administrator)
    recover(local, console)
    return local


def _brought_up(local: stack.Stack, console: Console) -> int:
    code = local.up(*_UNASKED, "--suppress-outputs")
    if code:
        what = "was killed" if code < 0 else "failed, for the reason above"
        console.print(
            f"`pulumi up` {what}. `make up` goes on where it stopped; `make logs` shows what the "
            "tenant was asked."
        )
    return code


def _up(arguments: argparse.Namespace, console: Console) -> int:
    local = _ready(arguments, console)
    code = _brought_up(local, console)
    if not code:
        state = deployment.read(local.answer("stack", "export"))
        summary.show(state, console, stack.tenant().url)
    return code


def _demo(arguments: argparse.Namespace, console: Console) -> int:
    api_port = arguments.api_port or demo.API_PORT
    demo.check(stack.configuration(), api_port)
    local = _ready(arguments, console)
    code = _brought_up(local, console)
    if code:
        return code
    outputs = json.loads(local.answer("stack", "output", "--json", "--show-secrets"))
    return demo.run(stack.tenant(), outputs, api_port, console)


def _preview(arguments: argparse.Namespace, console: Console) -> int:
    return _ready(arguments, console).run("preview")


def _refresh(arguments: argparse.Namespace, console: Console) -> int:
    return _ready(arguments, console).run("refresh", *_UNASKED)


def _recover(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.stack:
        recover_elsewhere(stack.elsewhere(arguments.stack), console)
    elif not recover(stack.prepare(arguments.port, console), console):
        console.print("There was nothing to clear up.")
    return 0


def _map(arguments: argparse.Namespace, console: Console) -> int:
    tenant_map.check(arguments.file)
    if arguments.stack:
        drawn = stack.elsewhere(arguments.stack)
    else:
        # Says so where nothing is deployed, before it starts anything.
        tenant_map.outputs(stack.as_it_stands())
        drawn = stack.prepare(arguments.port, console)
    tenant_map.write(tenant_map.read(drawn), arguments.file, console, ids=arguments.ids)
    return 0


def _down(arguments: argparse.Namespace, console: Console) -> int:
    if not stack.exists():
        return _stopped(console)
    code = 0
    local = stack.as_it_stands()
    checkpoint.repair(local.backend, local.name, console)
    if not deployment.read(local.answer("stack", "export")).is_empty:
        code = _ready(arguments, console).run("destroy", *_UNASKED)
    if code:
        console.print(
            "`pulumi destroy` failed, so the local tenant goes on running. "
            "`make clean` removes everything."
        )
        return code
    return _stopped(console)


def _stopped(console: Console) -> int:
    # The CLI has just suggested to remove the stack, which is not needed.
    stopped = "Stopped the local tenant. The empty stack may stay: the next `make up` fills it."
    console.print(stopped if Background().stop() else "Nothing is up.")
    return 0


def _outputs(arguments: argparse.Namespace, _console: Console) -> int:
    options = ["--show-secrets"] if arguments.secrets else []
    sys.stdout.write(stack.as_it_stands().answer("stack", "output", "--json", *options))
    return 0


def _env(arguments: argparse.Namespace, _console: Console) -> int:
    if arguments.off:
        lines = shell.take_back(os.environ)
    else:
        changes = stack.changes_for_a_shell(os.environ, administrator=arguments.administrator)
        lines = shell.choose(changes, os.environ)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _logs(arguments: argparse.Namespace, console: Console) -> int:
    logs.show(console, follow=arguments.follow)
    return 0


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace, Console], int]]] = {
    "up": _up,
    "demo": _demo,
    "preview": _preview,
    "refresh": _refresh,
    "recover": _recover,
    "down": _down,
    "outputs": _outputs,
    "map": _map,
    "env": _env,
    "logs": _logs,
}


def main() -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m commands", description="The stack `local`.")
    parser.add_argument("command", choices=_COMMANDS)
    parser.add_argument("--port", type=_port, help="port of the local tenant")
    parser.add_argument("--api-port", type=_port, help="demo: port of the to-do API")
    parser.add_argument("--stack", help="recover, map: another stack than `local`")
    parser.add_argument("--file", type=_file, help="map: what to write (.svg, .mmd, .md)")
    parser.add_argument("--ids", action="store_true", help="map: show client IDs")
    parser.add_argument("--secrets", action="store_true", help="outputs: show secrets")
    parser.add_argument("--administrator", action="store_true", help="with every permission")
    parser.add_argument("--off", action="store_true", help="env: take it back")
    parser.add_argument("--follow", action="store_true", help="logs: wait for more")
    arguments = parser.parse_args()
    # What a shell evaluates or a program reads goes to standard output alone.
    console = Console(
        markup=False,
        highlight=False,
        soft_wrap=True,
        stderr=arguments.command in ("env", "outputs"),
    )
    try:
        return _COMMANDS[arguments.command](arguments, console)
    except (CommandError, EngineError) as error:
        console.print(str(error), soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED


def _port(text: str) -> int | None:
    """A port number; the empty text of an unset Makefile variable means none."""
    return int(text) if text else None


def _file(text: str) -> Path | None:
    """A file; the empty text of an unset Makefile variable means none."""
    return Path(text) if text else None


if __name__ == "__main__":
    sys.exit(main())
