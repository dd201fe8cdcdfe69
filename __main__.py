"""The Pulumi program: the stack's configuration -> CustomerTenant -> stack outputs."""

from __future__ import annotations

from functools import partial

import pulumi

from components import CustomerTenant, customer_tenant_args
from components.attribute_values import warn_of_values
from components.settings import read_settings
from providers.graph.errors import ProviderError
from providers.organization import Organization, read_organization
from providers.user_flow_attribute.values import users_with_values

NAME = "tenant"
"""What the tenant is called in the state."""


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
    args = customer_tenant_args(settings, organization())
    warn_of_values(NAME, args.attributes, partial(users_with_values, pulumi.Config("azuread").get))
    tenant = CustomerTenant(NAME, args)
    for name, value in tenant.outputs.items():
        pulumi.export(name, value)


main()
