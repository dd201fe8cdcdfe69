"""The options of the command line, and what its help says."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from localtenant import help_texts
from localtenant.identity import DEFAULT_SUBDOMAIN, TENANT_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_PORT = 8443
_LAST_PORT = 65535


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; ``command`` is what it is to do."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m localtenant",
        description=help_texts.ABOUT,
        epilog=help_texts.EXAMPLES,
        formatter_class=raw,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _add_serve_options(
        commands.add_parser(
            "serve",
            help="serve a tenant until stopped",
            description=help_texts.SERVE,
            epilog=help_texts.SERVE_EXAMPLES,
            formatter_class=raw,
        )
    )
    snapshot = commands.add_parser(
        "snapshot",
        help="keep the tenant as it is under a name, and go back to it",
        description=help_texts.SNAPSHOT,
        epilog=help_texts.SNAPSHOT_EXAMPLES,
        formatter_class=raw,
    )
    _add_state_option(snapshot, "folder that the tenant lives in")
    snapshot.add_argument(
        "action", choices=("take", "list", "restore", "delete"), help="what to do"
    )
    snapshot.add_argument("name", nargs="?", metavar="NAME", help="of the snapshot")
    _add_users_command(commands.add_parser)
    _add_stand_in_command(commands.add_parser)
    reset = commands.add_parser(
        "reset",
        help="have a new tenant in the place of the one that is there",
        description=help_texts.RESET,
        epilog=help_texts.RESET_EXAMPLES,
        formatter_class=raw,
    )
    _add_state_option(reset, "folder that the tenant lives in")
    return parser


def _add_users_command(add: Callable[..., argparse.ArgumentParser]) -> None:
    users = add(
        "users",
        help="list, add and remove customers, who sign in to applications",
        description=help_texts.USERS,
        epilog=help_texts.USERS_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_state_option(users, "folder that the tenant lives in")
    users.add_argument("action", choices=("list", "add", "remove"), help="what to do")
    users.add_argument("email", nargs="?", metavar="EMAIL", help="address of the customer")
    users.add_argument(
        "--password", metavar="TEXT", help="of a new customer; without it, passcodes are mailed"
    )
    users.add_argument("--name", metavar="TEXT", help="display name of a new customer")


def _add_stand_in_command(add: Callable[..., argparse.ArgumentParser]) -> None:
    stand_in = add(
        "stand-in",
        help="say which issuer on this machine stands in for Google, Facebook, Apple or another",
        description=help_texts.STAND_IN,
        epilog=help_texts.STAND_IN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_state_option(stand_in, "folder that the tenant lives in")
    stand_in.add_argument("action", choices=("list", "set", "remove"), help="what to do")
    stand_in.add_argument(
        "name", nargs="?", metavar="NAME", help="google, facebook, apple, or the URL of an issuer"
    )
    stand_in.add_argument(
        "issuer",
        nargs="?",
        metavar="ISSUER",
        help="URL of the OpenID issuer on this machine (default: NAME, to say whom to trust)",
    )
    stand_in.add_argument(
        "--tenant",
        type=Path,
        metavar="DIR",
        help="state folder of another local tenant that runs: it is the issuer, and has this one "
        "registered",
    )
    stand_in.add_argument(
        "--trust",
        type=Path,
        metavar="CA_FILE",
        help="PEM file of the authority of the issuer's certificate, such as its ca.pem",
    )
    stand_in.add_argument(
        "--client-id", metavar="ID", help="registered at ISSUER (default: that of the provider)"
    )
    stand_in.add_argument("--client-secret", metavar="TEXT", help="of that client")


def _add_state_option(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--state", type=Path, required=True, metavar="DIR", help=words)


def _add_serve_options(serve: argparse.ArgumentParser) -> None:
    _add_state_option(serve, "folder that the tenant lives in; made if it does not exist")
    serve.add_argument(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        metavar="N",
        help=f"port to listen on, 0 for any that is free (default {DEFAULT_PORT})",
    )
    serve.add_argument(
        "--alias-host",
        action="append",
        default=[],
        metavar="NAME",
        help="answer to this host name, too, and have a certificate for it (see below); may be "
        "repeated",
    )
    serve.add_argument(
        "--log",
        type=Path,
        metavar="FILE",
        help="append one JSON line for each request: time, method, path, status, ms, clientAppId, "
        "userAgent",
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
        help="have an application NAME with these Microsoft Graph application permissions, or with "
        "NAME=* all that are of any use here, and a secret; may be repeated",
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


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LAST_PORT:
        message = f"a port is a number from 0 to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return port
