"""The kinds of clients, in one place: a further kind is one more name in each line here."""

from __future__ import annotations

from typing import TypeAlias

import pulumi

from components.settings.clients import ClientSettings
from components.web_app import WebApp, WebAppArgs, web_app_args

Client: TypeAlias = WebApp
ClientArgs: TypeAlias = WebAppArgs


def client_args(settings: ClientSettings) -> ClientArgs:
    """The client that the stack's configuration describes."""
    return web_app_args(settings)


def make_client(name: str, args: ClientArgs, opts: pulumi.ResourceOptions) -> Client:
    """The component for the kind of client that `args` is."""
    return WebApp(name, args, opts)
