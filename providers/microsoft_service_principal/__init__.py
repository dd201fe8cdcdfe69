"""The service principal of an application of Microsoft's, as a Pulumi resource.

azuread can take over one that exists, but then writes to it: one that is Microsoft's is not to be
touched.
Source: https://learn.microsoft.com/graph/api/resources/serviceprincipal
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from providers.hosting import GraphResource, LifecycleProvider

__all__ = [
    "MicrosoftServicePrincipal",
    "MicrosoftServicePrincipalArgs",
    "MicrosoftServicePrincipalProvider",
]


class MicrosoftServicePrincipalProvider(LifecycleProvider):
    """Hosts the lifecycle of such a service principal. Recorded in every state: frozen."""

    lifecycle_path = (
        "providers.microsoft_service_principal.lifecycle:MicrosoftServicePrincipalLifecycle"
    )


@dataclass(frozen=True, kw_only=True)
class MicrosoftServicePrincipalArgs:
    """Of which application; its ``client_id`` is the same in every tenant."""

    client_id: pulumi.Input[str]


class MicrosoftServicePrincipal(GraphResource, module="ciam", name="MicrosoftServicePrincipal"):
    """The service principal of an application of Microsoft's; its ``id`` is the object ID.

    It is made where the tenant has none, and never changed or deleted. Needs the Graph permission
    ``Application.ReadWrite.All``.
    """

    client_id: pulumi.Output[str]
    tenant_id: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        args: MicrosoftServicePrincipalArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare that the tenant has it, as ``name``."""
        super().__init__(MicrosoftServicePrincipalProvider(), name, args, opts)
