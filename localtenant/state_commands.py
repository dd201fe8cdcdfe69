"""``python -m localtenant snapshot`` and ``reset``, whether or not the tenant runs.

A tenant that runs is asked to do it itself, since a state folder is one process's at a time. One
that does not run is taken in hand by the command, which holds the folder's lock meanwhile.
"""

from __future__ import annotations

import json
import ssl
from contextlib import closing
from dataclasses import asdict
from http.client import HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from localtenant.addresses import Addresses
from localtenant.certificates import Certificates
from localtenant.errors import LocalTenantError
from localtenant.identity import Identity, kept_identity
from localtenant.signin.keys import SigningKey
from localtenant.snapshots import Snapshots
from localtenant.statefolder import (
    StateFolder,
    StateFolderError,
    StateFolderInUseError,
    database,
)
from localtenant.states import States
from localtenant.store import Store
from localtenant.tenant import Tenant

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

_SECONDS = 120
_REFUSED = 400


class StateCommandError(LocalTenantError):
    """Something that could not be done; the text says why."""


def reset(options: argparse.Namespace) -> str:
    """Take the tenant back to how it was when it was new; what to tell the caller."""
    _, how = _do(options.state.resolve(), "POST", "/-/reset", _reset)
    return f"The tenant is as it was when it was new ({how})."


def snapshot(options: argparse.Namespace) -> str:
    """Take, list, restore or delete snapshots; what to tell the caller."""
    name: str = options.name or ""
    if (options.action == "list") == bool(name):
        message = f"'snapshot {options.action}' wants {'no' if name else 'a'} name."
        raise StateCommandError(message)
    method, act = _ACTIONS[options.action]
    path = f"/-/snapshots/{quote(name, safe='')}" if name else "/-/snapshots"
    body, how = _do(options.state.resolve(), method, path, lambda states: act(states, name))
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


def _do(
    folder: Path, method: str, path: str, act: Callable[[States], dict[str, Any] | None]
) -> tuple[dict[str, Any], str]:
    """Have it done by the tenant that runs, or do it; what came of it, and by whom it was done."""
    if not database(folder).exists():
        message = f"There is no tenant in {folder}. 'serve --state {folder}' makes one."
        raise StateCommandError(message)
    try:
        locked = StateFolder(folder)
    except StateFolderInUseError as error:
        if error.url is None:
            raise
        return _ask(folder, error.url, method, path), f"by the tenant that runs at {error.url}"
    with closing(locked), closing(Store(locked.database)) as store:
        return act(_states(locked, store)) or {}, "it is not running"


def _states(folder: StateFolder, store: Store) -> States:
    """The states of a tenant that does not run."""
    addresses = Addresses(443)
    with store.write() as tx:
        tenant_id, subdomain, tenant_type = kept_identity(tx, Identity())
        key = SigningKey.of(tx)
    tenant = Tenant(tenant_id, subdomain, addresses.url, addresses, store, key, tenant_type)
    return States(tenant, Snapshots(folder.path))


def _ask(folder: Path, url: str, method: str, path: str) -> dict[str, Any]:
    """Ask the tenant that runs; the JSON that it answers, empty if it answers none."""
    trust = ssl.create_default_context(cafile=Certificates.of(folder).authority)
    port = urlsplit(url).port or 443
    with closing(HTTPSConnection("127.0.0.1", port, timeout=_SECONDS, context=trust)) as connection:
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            raw = answer.read()
        except (OSError, HTTPException) as error:
            message = f"The tenant that runs at {url} did not answer ({error})."
            raise StateFolderError(message) from error
    body = json.loads(raw or b"{}")
    if answer.status >= _REFUSED:
        raise StateCommandError(body["error"]["message"])
    return body
