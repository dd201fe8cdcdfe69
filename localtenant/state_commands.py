"""``python -m localtenant snapshot`` and ``reset``, whether or not the tenant runs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from localtenant.folder_commands import StateCommandError, have_done

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from localtenant.states import States


def reset(options: argparse.Namespace) -> str:
    """Take the tenant back to how it was when it was new; what to tell the caller."""
    _, how = have_done(options.state.resolve(), "POST", "/-/reset", _reset)
    return f"The tenant is as it was when it was new ({how})."


def snapshot(options: argparse.Namespace) -> str:
    """Take, list, restore or delete snapshots; what to tell the caller."""
    name: str = options.name or ""
    if (options.action == "list") == bool(name):
        message = f"'snapshot {options.action}' wants {'no' if name else 'a'} name."
        raise StateCommandError(message)
    method, act = _ACTIONS[options.action]
    path = f"/-/snapshots/{quote(name, safe='')}" if name else "/-/snapshots"
    body, how = have_done(options.state.resolve(), method, path, lambda states: act(states, name))
    match options.action:
        case "list":
            rows = [f"{s['name']}  {s['takenAt']}  {s['bytes']}" for s in body["snapshots"]]
            return "\n".join(rows or ["There are no snapshots."])
        case "take":
            return f"Took the snapshot '{name}', {body['bytes']} bytes ({how})."
        case "restore":
            return f"The tenant is as it was in the snapshot '{name}' ({how})."
        case _:
            return f"Deleted the snapshot '{name}' ({how})."


def _reset(states: States) -> None:
    states.reset()


_ACTIONS: dict[str, tuple[str, Callable[[States, str], dict[str, Any] | None]]] = {
    "take": ("PUT", lambda states, name: asdict(states.take(name))),
    "list": (
        "GET",
        lambda states, _: {"snapshots": [asdict(one) for one in states.snapshots.all()]},
    ),
    "restore": ("POST", lambda states, name: states.restore(name)),
    "delete": ("DELETE", lambda states, name: states.snapshots.delete(name)),
}
"""What can be done with snapshots: the method by which a running tenant is asked, and the act."""
