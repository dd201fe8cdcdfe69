"""The options of the command line, and what its help says."""

from __future__ import annotations

import argparse
from pathlib import Path

from localtenant.faults.spec import GRAMMAR

DEFAULT_PORT = 8443
DEFAULT_SUBDOMAIN = "contoso"
TENANT_TYPES = ("CIAM", "AAD")
"""``tenantType`` of the organization; the first is the default."""
_LAST_PORT = 65535

_ABOUT = """\
A Microsoft Entra External ID tenant on this machine, in one process: Microsoft Graph
(/v1.0 and /beta) and the token endpoint over HTTPS, kept in SQLite.

It is for development and tests. It answers as the documentation and captures of the
real service say, but it has never been verified against a real tenant.
"""

_SERVE = """\
Serve a tenant until SIGINT or SIGTERM. The first start makes the tenant: its id, its
certificate authority, Microsoft Graph's service principal, and the application "Pulumi
deployer" that a client signs in as. Later starts find everything as it was left.

When the tenant is ready, one line of JSON on stdout says where it is and how to reach
it; "env" in it holds the environment variables for a client, for example:

  ARM_METADATA_HOSTNAME, ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET   azuread plugin
  AZURE_AUTHORITY_HOST, AZURE_TENANT_ID, AZURE_CLIENT_ID, …                azure-identity
  SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS                   trust in its HTTPS

Only this machine can reach it: it listens on 127.0.0.1 and ::1. What it does not
implement, it answers with status 501 and a sentence that says so. It has never been
verified against a real tenant.
"""

_FAULTS = f"""\
Faults make bad days on demand. The same requests in the same order meet the same faults;
what is left to chance follows from --seed.

{GRAMMAR}
At run time /-/faults shows the faults and what they have hit, replaces and ends them:

  curl --cacert CA https://localhost:{DEFAULT_PORT}/-/faults
  curl --cacert CA -X PUT    …/-/faults -d '{{"faults": ["throttle,every=5"], "seed": 7}}'
  curl --cacert CA -X DELETE …/-/faults
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m localtenant", description=_ABOUT, formatter_class=raw
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve a tenant until stopped",
        description=_SERVE,
        epilog=_FAULTS,
        formatter_class=raw,
    )
    serve.add_argument(
        "--state",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder that the tenant lives in; made if it does not exist",
    )
    serve.add_argument(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        metavar="N",
        help=f"port to listen on, 0 for any that is free (default {DEFAULT_PORT})",
    )
    serve.add_argument(
        "--log",
        type=Path,
        metavar="FILE",
        help="append one JSON line for each request: method, path, status, ms, clientAppId",
    )
    serve.add_argument(
        "--subdomain",
        metavar="NAME",
        help="of a new tenant: its initial domain is NAME.onmicrosoft.com "
        f"(default {DEFAULT_SUBDOMAIN})",
    )
    serve.add_argument(
        "--tenant-id",
        metavar="GUID",
        help="of a new tenant: its ID (default: a random one)",
    )
    serve.add_argument(
        "--tenant-type",
        choices=TENANT_TYPES,
        help="of a new tenant: CIAM for an External ID tenant, AAD for a workforce tenant, which "
        "differs in nothing but this word (default CIAM)",
    )
    serve.add_argument(
        "--client",
        action="append",
        default=[],
        metavar="NAME=ROLE,ROLE",
        help="have an application NAME with these Microsoft Graph application permissions "
        "and a secret; may be repeated",
    )
    serve.add_argument(
        "--issuer",
        action="append",
        default=[],
        metavar="URL=JWKS_FILE",
        help="take the public keys of an issuer of tokens, such as "
        "https://token.actions.githubusercontent.com, from a file when a federated identity "
        "credential trusts it; issuers on this machine are asked; may be repeated",
    )
    serve.add_argument(
        "--flow-reads",
        choices=("expanded", "bare"),
        default="expanded",
        help="whether reading a user flow shows its applications, identity providers and "
        "attributes; sources disagree on what Graph does (default expanded)",
    )
    serve.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="SPEC",
        help="let requests fail in this way, such as throttle,every=5 (see below); may be repeated",
    )
    serve.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="what chance in faults follows from (default 0)",
    )
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LAST_PORT:
        message = f"a port is a number from 0 to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return port
