"""The sign-in of a local tenant, for tests that make their own Graph session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tenant_fixture import Tenant


def lookup(tenant: Tenant, client: str | None = None) -> Callable[[str], str | None]:
    """A sign-in as keys of ``azuread:`` in a stack's configuration; by default the deployer's."""
    env = tenant.ready.env
    named = tenant.ready.clients[client] if client else None
    keys = {
        "tenantId": env["ARM_TENANT_ID"],
        "clientId": named.clientId if named else env["ARM_CLIENT_ID"],
        "clientSecret": named.clientSecret if named else env["ARM_CLIENT_SECRET"],
        "metadataHost": env["ARM_METADATA_HOSTNAME"],
    }
    return keys.get


def trust(patch: pytest.MonkeyPatch, tenant: Tenant) -> None:
    """Let this process trust the tenant, as a user's shell does after ``make env``."""
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        patch.setenv(name, tenant.ready.env[name])
