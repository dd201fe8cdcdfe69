"""The command line: ``python -m localtenant serve``."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.middleware import Middleware

from localtenant import certificates, server
from localtenant.app import make_app
from localtenant.faults.plan import Faults, read_faults
from localtenant.faults.spec import FaultSpecError
from localtenant.faults.wire import FaultyWire
from localtenant.options import DEFAULT_SUBDOMAIN, TENANT_TYPES, parser
from localtenant.ready import Client, Ready
from localtenant.requestlog import RequestLog
from localtenant.seed import DEPLOYER, UnknownPermissionError, seed
from localtenant.signin.issuers import IssuerError, Issuers, given_keys
from localtenant.signin.keys import SigningKey
from localtenant.statefolder import StateFolder, StateFolderError
from localtenant.store import Store
from localtenant.tenant import Tenant

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

    from localtenant.transaction import Transaction


class _UsageError(Exception):
    """Something the caller has to change; the text says what."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    options = parser().parse_args(arguments)
    try:
        _serve(options)
    except (
        _UsageError,
        StateFolderError,
        server.PortTakenError,
        UnknownPermissionError,
        FaultSpecError,
        IssuerError,
    ) as error:
        print(f"localtenant: {error}", file=sys.stderr)  # noqa: T201 - the command's own output
        return 1
    return 0


def _log(path: Path | None) -> list[Middleware]:
    """The log of requests as middleware, its file opened; nothing without a path."""
    if path is None:
        return []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        message = f"The log {path} cannot be written: {error.strerror}."
        raise _UsageError(message) from error
    return [Middleware(RequestLog, file=file)]


def _serve(options: argparse.Namespace) -> None:
    clients = dict(_client(text) for text in options.client)
    faults = Faults(read_faults(options.fault), options.seed)
    given = given_keys(options.issuer)
    log = _log(options.log)
    folder = StateFolder(options.state.resolve())
    sockets = server.listen(options.port)
    url = f"https://localhost:{sockets[0].getsockname()[1]}"
    files = certificates.prepare(folder.path)
    store = Store(folder.database)
    with store.write(settled=True) as tx:
        tenant = Tenant(
            tenant_id=_kept("tenant-id", tx, options.tenant_id, str(uuid4())),
            subdomain=_kept("subdomain", tx, options.subdomain, DEFAULT_SUBDOMAIN),
            url=url,
            store=store,
            key=SigningKey.of(tx),
            tenant_type=_kept("tenant-type", tx, options.tenant_type, TENANT_TYPES[0]).upper(),
            flows_expanded=options.flow_reads == "expanded",
            faults=faults,
            issuers=Issuers(files.bundle, given),
        )
        tx.keep_setting("tenant-id", tenant.tenant_id)
        tx.keep_setting("subdomain", tenant.subdomain)
        tx.keep_setting("tenant-type", tenant.tenant_type.lower())
        seeded = seed(tenant, tx, clients)
    folder.database.chmod(0o600)
    ready = _ready(tenant, files, seeded.pop(DEPLOYER), seeded)
    server.serve(
        make_app(tenant, [*log, Middleware(FaultyWire, tenant=tenant)]),
        sockets,
        files.server,
        lambda: print(ready.line(), flush=True),  # noqa: T201 - the command's own output
    )


def _client(text: str) -> tuple[str, list[str]]:
    name, equals, roles = text.partition("=")
    if not name.strip() or not equals or name.strip() == DEPLOYER:
        message = f"--client wants NAME=ROLE,ROLE with a name of its own, not '{text}'."
        raise _UsageError(message)
    return name.strip(), [r.strip() for r in roles.split(",") if r.strip()]


_WANTED: Mapping[str, tuple[str, str]] = {
    "tenant-id": (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a GUID"),
    "subdomain": (r"[a-z0-9]{1,26}", "1 to 26 letters and digits"),
    "tenant-type": ("|".join(TENANT_TYPES).lower(), " or ".join(TENANT_TYPES)),
}
"""What the options that make a tenant what it is have to look like, in lower case."""


def _kept(name: str, tx: Transaction, wanted: str | None, default: str) -> str:
    """What the state holds, or what a new tenant is to hold; an error if the two differ."""
    form, words = _WANTED[name]
    if wanted is not None and re.fullmatch(form, wanted.lower()) is None:
        message = f"--{name} wants {words}, not '{wanted}'."
        raise _UsageError(message)
    kept = tx.setting(name)
    if kept is not None and wanted is not None and kept != wanted.lower():
        message = (
            f"The tenant in this state folder has the {name} '{kept}', not '{wanted}'. Name "
            "another folder with --state to make another tenant."
        )
        raise _UsageError(message)
    return kept or (wanted or default).lower()


def _ready(
    tenant: Tenant, files: certificates.Certificates, deployer: Client, clients: dict[str, Client]
) -> Ready:
    host = tenant.url.removeprefix("https://")
    bundle, authority = str(files.bundle), str(files.authority)
    env = {
        "ARM_METADATA_HOSTNAME": host,
        "ARM_TENANT_ID": tenant.tenant_id,
        "ARM_CLIENT_ID": deployer.clientId,
        "ARM_CLIENT_SECRET": deployer.clientSecret,
        "AZURE_TENANT_ID": tenant.tenant_id,
        "AZURE_CLIENT_ID": deployer.clientId,
        "AZURE_CLIENT_SECRET": deployer.clientSecret,
        "AZURE_AUTHORITY_HOST": tenant.url,
        # DefaultAzureCredential is never to fall back on the user's own 'az login'.
        "AZURE_TOKEN_CREDENTIALS": "prod",
        "SSL_CERT_FILE": bundle,
        "REQUESTS_CA_BUNDLE": bundle,
        "NODE_EXTRA_CA_CERTS": authority,
    }
    return Ready(
        tenant.url, host, tenant.tenant_id, tenant.subdomain, authority, bundle, env, clients
    )
