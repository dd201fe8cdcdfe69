"""The stack `local` and the CLI that works on it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.parse import unquote, urlsplit

from rich.console import Console

from commands import variables
from commands.errors import CommandError
from commands.tenant import Background, Tenant
from engine.find import find, install
from engine.model import Engine
from engine.places import PROJECT
from engine.process import ask

_PROJECT_NAME: Final = "ciam"
_CONFIGURATION: Final = PROJECT / "Pulumi.local.yaml"
_CHECKPOINT: Final = variables.BACKEND / ".pulumi" / "stacks" / _PROJECT_NAME / "local.json"


@dataclass(frozen=True)
class Stack:
    """A stack of this project, with the variables that the CLI needs for it."""

    pulumi: Path
    """The CLI."""
    environment: Mapping[str, str]
    folder: Path = PROJECT
    """The folder of `Pulumi.yaml`."""

    @property
    def name(self) -> str:
        """Project and stack, as the backend files them: `ciam/local`."""
        return f"{_PROJECT_NAME}/{self.environment['PULUMI_STACK']}"

    @property
    def backend(self) -> Path:
        """The folder that holds the stack's state."""
        return Path(unquote(urlsplit(self.environment["PULUMI_BACKEND_URL"]).path))

    @property
    def events(self) -> Path:
        """What the last `up` did, an event of the engine on each line; recovery needs it."""
        return self.backend / "last-up.jsonl"

    def up(self, *arguments: str) -> int:
        """Run `pulumi up`, which has the terminal, and keep its events; its exit code."""
        # The CLI would make it readable for everybody.
        self.events.touch(mode=0o600)
        # The option exists only where this variable is set.
        logged = Stack(self.pulumi, {**self.environment, "PULUMI_DEBUG_COMMANDS": "1"}, self.folder)
        return logged.run("up", "--event-log", str(self.events), *arguments)

    def run(self, *arguments: str) -> int:
        """Run the CLI, which has the terminal; its exit code. Raises KeyboardInterrupt after it."""
        with subprocess.Popen(  # noqa: S603 - the engine's own CLI
            [self.pulumi, *arguments], cwd=self.folder, env=self.environment
        ) as process:
            # Ctrl-C reaches the CLI by itself, which then ends in order; this process waits for it.
            interrupted: list[int] = []

            def remember(number: int, _frame: FrameType | None) -> None:
                interrupted.append(number)

            before = signal.signal(signal.SIGINT, remember)
            try:
                code = process.wait()
            finally:
                signal.signal(signal.SIGINT, before)
        if interrupted:
            raise KeyboardInterrupt
        return code

    def answer(self, *arguments: str) -> str:
        """What the CLI prints. Raises CommandError when it fails."""
        command = [self.pulumi, *arguments]
        answer = ask(command, environment=self.environment, folder=self.folder)
        if not answer.succeeded:
            raise CommandError(f"`pulumi {' '.join(arguments)}` failed:\n{answer.errors.strip()}")
        return answer.output


def exists() -> bool:
    """Whether the stack has been made."""
    return _CHECKPOINT.exists()


def configuration() -> str:
    """The YAML of the stack, as it is committed."""
    return _CONFIGURATION.read_text("utf-8")


def prepare(port: int | None, console: Console, *, administrator: bool = False) -> Stack:
    """Get the engine, the running tenant and the stack ready, and say what had to be done for it.

    It signs in as the deployer, or as an `administrator` who may do everything.

    Raises EngineError or CommandError when one of them cannot be had.
    """
    environ = variables.original(os.environ)
    engine = install(console)
    for line in engine.lines():
        console.print(line)
    tenant_id = pinned_tenant(configuration())
    tenant, started = Background(tenant_id=tenant_id).ensure(port, environ)
    console.print(f"Tenant: {tenant.url}, {'started' if started else 'running'} in the background")
    stack = _with(engine, tenant.as_administrator() if administrator else tenant)
    if not exists():
        variables.BACKEND.mkdir(parents=True, exist_ok=True)
        stack.answer("stack", "init", "local", "--non-interactive")
    return stack


def as_it_stands() -> Stack:
    """The stack with nothing started for it, to be read. Raises CommandError when there is none."""
    if not exists():
        raise CommandError("The stack `local` does not exist yet: `make up` makes it.")
    return _with(find(), Background().running())


def tenant() -> Tenant:
    """The tenant that the stack's own is, running. Raises CommandError."""
    running = Background().running()
    if running is None:
        raise CommandError("The local tenant does not run: `make up` starts it.")
    return running


def elsewhere(name: str) -> Stack:
    """Another stack than `local`, with the user's own CLI and login.

    Raises CommandError in a shell that has chosen the stack `local`, and where there is no CLI.
    """
    if variables.SAVED in os.environ:
        raise CommandError(
            'This shell has chosen the stack `local`: run eval "$(make -s env OFF=1)" first.'
        )
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        raise CommandError(
            f"The stack {name} needs the Pulumi CLI: https://www.pulumi.com/docs/install/"
        )
    return Stack(Path(pulumi), {**os.environ, "PULUMI_STACK": name})


def changes_for_a_shell(
    environ: Mapping[str, str], *, administrator: bool = False
) -> variables.Changes:
    """What makes a shell work on the stack, as the deployer or as a client that may do everything.

    Raises CommandError when it is not up.
    """
    tenant = Background().running()
    if tenant is None or not exists():
        raise CommandError("The stack `local` is not up: run `make up` first.")
    if administrator:
        tenant = tenant.as_administrator()
    return variables.changes(find(), tenant, variables.original(environ))


def _with(engine: Engine, tenant: Tenant | None) -> Stack:
    environ = variables.original(os.environ)
    changed = variables.changes(engine, tenant, environ)
    return Stack(engine.pulumi, variables.applied(changed, environ))


def pinned_tenant(configuration: str) -> str | None:
    """The tenant ID that the YAML of a stack names: the tenant on this machine is to have it."""
    named = re.search(
        r"^\s*azuread:tenantId:\s*[\"']?([0-9a-fA-F-]{36})", configuration, re.MULTILINE
    )
    return named.group(1) if named else None
