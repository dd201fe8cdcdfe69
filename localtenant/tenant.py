"""The tenant as a whole: who it is, where its state lives, and how it is addressed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from localtenant.faults.plan import Faults
from localtenant.signin.issuers import Issuers

if TYPE_CHECKING:
    from localtenant.addresses import Addresses
    from localtenant.signin.keys import SigningKey
    from localtenant.store import Store

GRAPH_CLIENT_ID = "00000003-0000-0000-c000-000000000000"
MICROSOFT_TENANT_ID = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"


@dataclass(frozen=True)
class Tenant:
    """An External ID tenant.

    ``url`` is its address without a trailing slash, one of ``addresses``. ``tenant_type`` is the
    organization's: ``CIAM`` for an External ID tenant, ``AAD`` for a workforce tenant.
    ``flows_expanded`` says whether reads of user flows show applications, identity providers and
    attributes inside the handlers. ``faults`` are what goes wrong on purpose, ``issuers`` those
    whose tokens federated identity credentials trust.
    """

    tenant_id: str
    subdomain: str
    url: str
    addresses: Addresses
    store: Store
    key: SigningKey
    tenant_type: str = "CIAM"
    flows_expanded: bool = True
    faults: Faults = field(default_factory=Faults)
    issuers: Issuers = field(default_factory=Issuers)

    @property
    def initial_domain(self) -> str:
        """The tenant's initial domain, ``contoso.onmicrosoft.com``."""
        return f"{self.subdomain}.onmicrosoft.com"

    @property
    def origins(self) -> frozenset[str]:
        """Every address under which a client may reach the tenant."""
        return self.addresses.origins

    def at(self, origin: str) -> Tenant:
        """The tenant as a client sees it that has reached it at ``origin``."""
        return replace(self, url=origin)

    def is_named(self, name: str) -> bool:
        """Whether a path's tenant segment means this tenant."""
        return name.lower() in {self.tenant_id, self.initial_domain.lower()}
