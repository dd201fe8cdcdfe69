"""`DaemonApp`: an application that calls APIs as itself, without any user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pulumi

from components.client import ApiRolesArgs, Client, ClientArgs
from components.credentials import CredentialsArgs, credentials
from components.registration import Platform
from components.settings.daemon_app import DaemonAppSettings


@dataclass(kw_only=True)
class DaemonAppArgs(CredentialsArgs, ApiRolesArgs, ClientArgs):
    """What a daemon is."""

    settings = DaemonAppSettings
    kind: ClassVar[str] = "daemonApp"


class DaemonApp(Client):
    """An application that calls APIs as itself, without any user."""

    kind: ClassVar[str] = DaemonAppArgs.kind

    def __init__(
        self, name: str, args: DaemonAppArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Register the daemon `name`; ArgsError when its Args cannot be used."""
        args = self.begin(name, args, opts)
        registration = self.register(name, args, Platform())
        self.keep(credentials(name, self, registration.application, args))
        self.end()
