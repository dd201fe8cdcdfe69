"""The kinds of clients, in one place: a further kind is one more line of `_KINDS`."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import pulumi

from components.application import application_args
from components.client import Client
from components.credentials import credentials_args
from components.daemon_app import DaemonApp, DaemonAppArgs
from components.native_app import NativeApp, NativeAppArgs
from components.settings.clients import AnyClientSettings
from components.settings.credentials import CredentialsSettings
from components.single_page_app import SinglePageApp, SinglePageAppArgs
from components.web_app import WebApp, WebAppArgs

AnyClientArgs: TypeAlias = WebAppArgs | SinglePageAppArgs | NativeAppArgs | DaemonAppArgs

_KINDS: Final[dict[type[Any], type[Any]]] = {
    WebAppArgs: WebApp,
    SinglePageAppArgs: SinglePageApp,
    NativeAppArgs: NativeApp,
    DaemonAppArgs: DaemonApp,
}
"""The component of each kind, by the class of its Args."""

_BY_NAME: Final[dict[str, type[Any]]] = {args.kind: args for args in _KINDS}


def client_args(settings: AnyClientSettings) -> AnyClientArgs:
    """The client that the stack's configuration describes."""
    given = {name: getattr(settings, name) for name in type(settings).model_fields}
    kind = given.pop("kind")
    given |= application_args(settings)
    if isinstance(settings, CredentialsSettings):
        given |= credentials_args(settings)
    return _BY_NAME[kind](**given)


def make_client(name: str, args: AnyClientArgs, opts: pulumi.ResourceOptions) -> Client:
    """The component for the kind of client that `args` is."""
    return _KINDS[type(args)](name, args, opts)
