"""The Pulumi program: the stack's configuration -> CustomerTenant -> stack outputs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING

import pulumi

from providers.starting import importing, start_plugins

if TYPE_CHECKING:
    from providers.organization import Organization

NAME = "tenant"
"""What the tenant is called in the state."""


def organization() -> Organization:
    """The tenant that the stack's credentials lead to, known to be the configured one."""
    from providers.graph.errors import ProviderError  # noqa: PLC0415 -- slow to import, see main
    from providers.organization import read_organization  # noqa: PLC0415

    try:
        return read_organization(pulumi.Config("azuread").get)
    except ProviderError as error:
        # Pulumi shows a RunError as its message alone, anything else as a traceback.
        raise pulumi.RunError(str(error)) from error


def main() -> None:
    """Declare the tenant; nothing is declared before settings and tenant are known to be right."""
    # What takes long goes on at once: plugins start, the tenant answers, Python imports.
    start_plugins()
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(copy_context().run, organization)
        with importing():
            from components import CustomerTenant, customer_tenant_args  # noqa: PLC0415
            from components.attribute_values import warn_of_values  # noqa: PLC0415
            from components.settings import read_settings  # noqa: PLC0415
            from providers.user_flow_attribute.values import users_with_values  # noqa: PLC0415

        args = customer_tenant_args(read_settings(pulumi.Config()), asked.result())
    tenant = CustomerTenant(NAME, args)
    for name, value in tenant.outputs.items():
        pulumi.export(name, value)
    warn_of_values(NAME, args.attributes, partial(users_with_values, pulumi.Config("azuread").get))


main()
