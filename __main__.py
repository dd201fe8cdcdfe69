"""The Pulumi program: the stack's configuration -> CustomerTenant -> stack outputs."""

from __future__ import annotations

import pulumi

from components import CustomerTenant, customer_tenant_args
from components.settings import read_settings
from providers.graph.errors import ProviderError
from providers.organization import Organization, read_organization


def organization() -> Organization:
    """The tenant that the stack's credentials lead to, known to be the configured one."""
    try:
        return read_organization(pulumi.Config("azuread").get)
    except ProviderError as error:
        # Pulumi shows a RunError as its message alone, anything else as a traceback.
        raise pulumi.RunError(str(error)) from error


def main() -> None:
    """Declare the tenant; nothing is declared before settings and tenant are known to be right."""
    settings = read_settings(pulumi.Config())
    tenant = CustomerTenant("tenant", customer_tenant_args(settings, organization()))
    for name, value in tenant.outputs.items():
        pulumi.export(name, value)


main()
