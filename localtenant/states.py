"""Taking a tenant back: to how it was when it was new, or to one of its snapshots.

Either way it stays the tenant that it is: its ID, its signing key and the credentials of its
clients are as before, so tokens and environments that are in use go on working. Each is one
transaction: whenever the process dies, the tenant is afterwards as it was before, or as wanted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from localtenant.seed import SEEDED, seed
from localtenant.seed_clients import CLIENT
from localtenant.snapshots import SnapshotError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from localtenant.snapshots import Snapshot, Snapshots
    from localtenant.tenant import Tenant


@dataclass(frozen=True)
class States:
    """What a tenant has been and can become again. One thread at a time may ask.

    ``clients`` are the applications that the tenant was started with: names to permissions. They
    are there in whatever state the tenant is taken back to.
    """

    tenant: Tenant
    snapshots: Snapshots
    clients: Mapping[str, Iterable[str]] = field(default_factory=dict[str, "Iterable[str]"])

    def take(self, name: str) -> Snapshot:
        """Keep the state of this moment under a name."""
        return self.snapshots.take(self.tenant.store, name)

    def reset(self) -> None:
        """Have a new tenant in the place of this one, with the same names and IDs."""
        store = self.tenant.store
        with store.write() as tx:
            settings = tx.settings()
        with store.rewrite() as tx:
            for name, value in settings.items():
                if name != SEEDED:
                    tx.keep_setting(name, value)
            seed(self.tenant, tx, self.clients)

    def restore(self, name: str) -> None:
        """Have the state that a snapshot holds."""
        file = self.snapshots.find(name)
        store = self.tenant.store
        with store.write() as tx:
            settings = tx.settings()
        with store.rewrite(file) as tx:
            kept = tx.settings()
            if kept.get("tenant-id") != self.tenant.tenant_id:
                message = f"The snapshot '{name}' is of another tenant ({kept.get('tenant-id')})."
                raise SnapshotError(message)
            for setting, value in settings.items():
                # A client that the snapshot knows signs in with the secret that it had there.
                if not (setting.startswith(CLIENT) and setting in kept):
                    tx.keep_setting(setting, value)
            seed(self.tenant, tx, self.clients)
