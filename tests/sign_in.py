"""The sign-in of a local tenant, for tests that make their own Graph session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tenant_fixture import Tenant


def lookup(tenant: Tenant) -> Callable[[str], str | None]:
    """The tenant's sign-in as keys of ``azuread:`` in a stack's configuration."""
    env = tenant.ready.env
    keys = {
        "tenantId": env["ARM_TENANT_ID"],
        "clientId": env["ARM_CLIENT_ID"],
        "clientSecret": env["ARM_CLIENT_SECRET"],
        "metadataHost": env["ARM_METADATA_HOSTNAME"],
    }
    return keys.get


def trust(patch: pytest.MonkeyPatch, tenant: Tenant) -> None:
    """Let this process trust the tenant, as a user's shell does after ``make env``."""
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        patch.setenv(name, tenant.ready.env[name])
