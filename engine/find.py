"""Comes by an engine: looks for one, and installs or builds it when there is none."""

from __future__ import annotations

import fcntl
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console

from engine import azuread_plugin, build, found, installer, stand_ins
from engine.errors import EngineError
from engine.model import Cli, Engine, Provider
from engine.places import ENGINE, HOME


def find() -> Engine:
    """The engine this machine has; EngineError when it has none. Nothing is installed."""
    cli = _present()
    azuread = azuread_plugin.present()
    if cli is None or azuread is None:
        raise EngineError(
            "There is no Pulumi engine here yet: `make up` gets one, `make doctor` shows more."
        )
    return Engine(cli, HOME, azuread)


def install(console: Console) -> Engine:
    """The engine this machine has, or else gets now: installed, or built from source.

    Repeating it changes nothing and takes a moment. What it does is told on `console`. Raises
    EngineError when there is no way to an engine.
    """
    with _alone(console):
        cli = _present() or installer.install(console) or build.build(console)
        if cli.hosts is Provider.STAND_IN:
            stand_ins.write_hosts(cli.pulumi.parent)
        return Engine(cli, HOME, azuread_plugin.provide(cli, console))


def _present() -> Cli | None:
    return found.on_path()[0] or installer.installed() or build.built()


@contextmanager
def _alone(console: Console) -> Generator[None]:
    """Let one process at a time change the engine; the others wait and find it done."""
    ENGINE.mkdir(parents=True, exist_ok=True)
    with (ENGINE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("Another process is getting the engine: waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
