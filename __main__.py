"""The Pulumi program: the stack's configuration -> CustomerTenant -> stack outputs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from importlib import import_module

import pulumi

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


def start_azuread() -> Exception | None:
    """Let the engine start the azuread plugin; why that cannot be used, if so."""
    import pulumi_azuread  # noqa: PLC0415 -- slow to import, see main

    try:
        pulumi_azuread.get_client_config()
    except Exception as error:  # noqa: BLE001 -- the SDK raises nothing more precise
        return error
    return None


def main() -> None:
    """Declare the tenant; nothing is declared before settings and tenant are known to be right."""
    with ThreadPoolExecutor() as threads:
        # What takes long goes on at once: the tenant answers, Python imports, a plugin starts.
        asked = threads.submit(copy_context().run, organization)
        imported = threads.submit(import_module, "components")
        failed = start_azuread()
        imported.result()
        from components import CustomerTenant, customer_tenant_args  # noqa: PLC0415 -- see above
        from components.attribute_values import warn_of_values  # noqa: PLC0415
        from components.lookups import said  # noqa: PLC0415
        from components.settings import read_settings  # noqa: PLC0415

        settings = read_settings(pulumi.Config())
        found = asked.result()
    if failed is not None:
        raise pulumi.RunError(said(failed)) from failed
    args = customer_tenant_args(settings, found)
    warn_of_values(NAME, args.attributes, partial(users_with_values, pulumi.Config("azuread").get))
    tenant = CustomerTenant(NAME, args)
    for name, value in tenant.outputs.items():
        pulumi.export(name, value)


main()
