"""What a command does to a tenant in its state folder, whether or not the tenant runs.

A tenant that runs is asked to do it itself, since a state folder is one process's at a time. One
that does not run is taken in hand by the command, which holds the folder's lock meanwhile.
"""

from __future__ import annotations

import json
import ssl
from contextlib import closing
from http.client import HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

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
    from collections.abc import Callable
    from pathlib import Path

_SECONDS = 120
_REFUSED = 400


class StateCommandError(LocalTenantError):
    """Something that could not be done; the text says why."""


def have_done(
    folder: Path,
    method: str,
    path: str,
    act: Callable[[States], dict[str, Any] | None],
    body: dict[str, Any] | None = None,
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
        return _ask(
            folder, error.url, method, path, body
        ), f"by the tenant that runs at {error.url}"
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


def _ask(
    folder: Path, url: str, method: str, path: str, body: dict[str, Any] | None
) -> dict[str, Any]:
    """Ask the tenant that runs; the JSON that it answers, empty if it answers none."""
    trust = ssl.create_default_context(cafile=Certificates.of(folder).authority)
    port = urlsplit(url).port or 443
    with closing(HTTPSConnection("127.0.0.1", port, timeout=_SECONDS, context=trust)) as connection:
        try:
            connection.request(method, path, json.dumps(body) if body else None)
            answer = connection.getresponse()
            raw = answer.read()
        except (OSError, HTTPException) as error:
            message = f"The tenant that runs at {url} did not answer ({error})."
            raise StateFolderError(message) from error
    told = json.loads(raw or b"{}")
    if answer.status >= _REFUSED:
        raise StateCommandError(told["error"]["message"])
    return told
