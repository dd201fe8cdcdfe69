"""``python -m localtenant serve``: from the options to a tenant that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from localtenant import certificates, server
from localtenant.addresses import Addresses, host_name
from localtenant.app import make_app
from localtenant.errors import LocalTenantError
from localtenant.faults.plan import Faults, read_faults
from localtenant.faults.wire import FaultyWire
from localtenant.identity import Identity, kept_identity
from localtenant.ready import Client, Ready
from localtenant.requestlog import RequestLog
from localtenant.seed import seed
from localtenant.seed_clients import DEPLOYER
from localtenant.signin.issuers import Issuers, given_keys
from localtenant.signin.keys import SigningKey
from localtenant.snapshots import Snapshots
from localtenant.statefolder import StateFolder
from localtenant.states import States
from localtenant.store import Store
from localtenant.tenant import Tenant

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


class ServeOptionError(LocalTenantError):
    """An option that cannot be obeyed; the text says what to change."""


def serve(options: argparse.Namespace) -> None:
    """Serve the tenant that the options describe, until a signal ends it.

    Raises :class:`~localtenant.errors.LocalTenantError` if it cannot be served.
    """
    clients = dict(_client(text) for text in options.client)
    faults = Faults(read_faults(options.fault), options.seed)
    aliases = tuple(dict.fromkeys(host_name(text) for text in options.alias_host))
    given = given_keys(options.issuer)
    log = _log(options.log)
    folder = StateFolder(options.state.resolve())
    sockets = server.listen(options.port)
    addresses = Addresses(sockets[0].getsockname()[1], aliases)
    files = certificates.prepare(folder.path, addresses.aliases)
    folder.served_at(addresses.url)
    store = Store(folder.database)
    wanted = Identity(options.tenant_id, options.subdomain, options.tenant_type)
    with store.write(settled=True) as tx:
        tenant_id, subdomain, tenant_type = kept_identity(tx, wanted)
        tenant = Tenant(
            tenant_id=tenant_id,
            subdomain=subdomain,
            url=addresses.url,
            addresses=addresses,
            store=store,
            key=SigningKey.of(tx),
            tenant_type=tenant_type,
            flows_expanded=options.flow_reads == "expanded",
            faults=faults,
            issuers=Issuers(files.bundle, given),
        )
        seeded = seed(tenant, tx, clients)
    folder.database.chmod(0o600)
    ready = _ready(tenant, files, seeded.pop(DEPLOYER), seeded)
    states = States(tenant, Snapshots(folder.path), clients)
    server.serve(
        make_app(tenant, states, [*log, Middleware(FaultyWire, tenant=tenant)]),
        sockets,
        files.server,
        lambda: print(ready.line(), flush=True),  # noqa: T201 - the command's own output
    )


def _log(path: Path | None) -> list[Middleware]:
    """The log of requests as middleware, its file opened; nothing without a path."""
    if path is None:
        return []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        message = f"The log {path} cannot be written: {error.strerror}."
        raise ServeOptionError(message) from error
    return [Middleware(RequestLog, file=file)]


def _client(text: str) -> tuple[str, list[str]]:
    name, equals, roles = text.partition("=")
    if not name.strip() or not equals or name.strip() == DEPLOYER:
        message = f"--client wants NAME=ROLE,ROLE with a name of its own, not '{text}'."
        raise ServeOptionError(message)
    return name.strip(), [r.strip() for r in roles.split(",") if r.strip()]


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
        "CURL_CA_BUNDLE": bundle,
        "NODE_EXTRA_CA_CERTS": authority,
    }
    return Ready(
        tenant.url, host, tenant.tenant_id, tenant.subdomain, authority, bundle, env, clients
    )
