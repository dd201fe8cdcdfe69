"""For tests: a tenant that nobody has touched, again and again, and clients of it.

``localtenant.pytest_plugin`` makes fixtures of it; other test runners use it as it is. It needs
httpx, which the tenant itself does not.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from localtenant.entities import MODEL
from localtenant.ready import Client, Ready
from localtenant.testing import TenantFailedError, running_tenant
from localtenant.testing_client import FaultKnobs, Graph, StateKnobs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

EVERYTHING = "everything"
"""The name of the client that :attr:`LocalTenant.graph` is signed in as."""


@dataclass(frozen=True)
class LocalTenantOptions:
    """How tenants are started.

    ``clients`` are applications that can sign in, names to Graph application permissions;
    ``faults`` are lines as ``serve --help`` explains them; ``extra_args`` are options of ``serve``.
    """

    clients: Mapping[str, Sequence[str]] = field(default_factory=dict[str, "Sequence[str]"])
    faults: Sequence[str] = ()
    extra_args: Sequence[str] = ()


class LocalTenant:
    """A running tenant, as a test sees it.

    ``ready`` says where it is and how to sign in. ``graph`` is a client that may do everything.
    ``faults`` make bad days, ``states`` takes snapshots, goes back to them, and resets.
    """

    def __init__(self, ready: Ready) -> None:
        """Have nothing but what a new tenant has, at ``ready``, and sign in to it."""
        self.ready = ready
        self.faults = FaultKnobs(ready)
        self.states = StateKnobs(ready)
        self._opened: list[Graph | FaultKnobs | StateKnobs] = [self.faults, self.states]
        self.faults.clear()
        self.states.reset()
        for name in self.states.names():
            self.states.delete(name)
        self.graph = self.client(EVERYTHING)

    def client(self, who: str | Client = "") -> Graph:
        """Sign in as a client that ``local_tenant_options`` names, without one as the deployer.

        Raises :class:`~localtenant.testing.TenantFailedError` for a name that is not there.
        """
        env = self.ready.env
        if isinstance(who, str):
            deployer = Client(env["AZURE_CLIENT_ID"], env["AZURE_CLIENT_SECRET"], "")
            known = {"": deployer, **self.ready.clients}
            if who not in known:
                names = ", ".join(sorted(self.ready.clients)) or "none"
                message = f"No client '{who}' was asked for in local_tenant_options, but {names}."
                raise TenantFailedError(message)
            who = known[who]
        graph = Graph(self.ready, who)
        self._opened.append(graph)
        return graph

    def close(self) -> None:
        """Close the connections of its clients."""
        for one in self._opened:
            one.close()


def every_permission() -> tuple[str, ...]:
    """The application permissions that any of the tenant's operations asks for, sorted."""
    operations = (o for methods in MODEL.operations.values() for o in methods.values())
    alternatives = (a for operation in operations for a in operation.accepted.application)
    return tuple(sorted({p for alternative in alternatives for p in alternative.split("+")}))


class TenantProcess:
    """A tenant's process, started when it is first needed and again if it is gone."""

    def __init__(self, folder: Path, options: LocalTenantOptions) -> None:
        """Keep the tenant in ``folder``."""
        self._folder = folder
        self._options = options
        self._running = ExitStack()
        self._ready: Ready | None = None

    def fresh(self) -> LocalTenant:
        """A tenant that nobody has touched."""
        try:
            tenant = LocalTenant(self._ready or self._start())
        except httpx.TransportError:
            self.stop()  # A test has stopped it, or made it fail.
            tenant = LocalTenant(self._start())
        tenant.faults.set(*self._options.faults)
        return tenant

    def _start(self) -> Ready:
        options = self._options
        running = running_tenant(
            self._folder,
            clients={EVERYTHING: every_permission(), **options.clients},
            extra_args=options.extra_args,
        )
        self._ready = self._running.enter_context(running)
        return self._ready

    def stop(self) -> None:
        """End the process."""
        self._ready = None
        self._running.close()
