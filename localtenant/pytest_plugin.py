"""Fixtures for pytest: a tenant of Entra External ID for each test, on this machine.

In a ``conftest.py``, with this project's folder on the path::

    pytest_plugins = ["localtenant.pytest_plugin"]

and in a test::

    def test_my_automation(local_tenant):
        my_automation(env=local_tenant.ready.env)

        (application,) = local_tenant.graph.named("Shop")
        assert application["signInAudience"] == "AzureADMyOrg"

``local_tenant`` is a tenant that nobody has touched. Its process is started once for a session, and
once for each worker of pytest-xdist, and has a new tenant in it for each test, which takes less
than a tenth of a second. :class:`~localtenant.testing_tenant.LocalTenant` says what a test can do
with it. ``local_tenant_session`` is another one, for what tests share. ``local_tenant_environment``
sets, for a test, the environment variables by which azure-identity, the azuread provider and others
find ``local_tenant`` and trust it. A ``conftest.py`` that defines ``local_tenant_options`` anew has
tenants with clients, faults and options of its choice::

    @pytest.fixture(scope="session")
    def local_tenant_options():
        return LocalTenantOptions(clients={"reader": ["Application.Read.All"]})

It needs pytest and httpx, which the tenant itself does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_tenant import LocalTenant, LocalTenantOptions, TenantProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def local_tenant_options() -> LocalTenantOptions:
    """Say how to start tenants; a ``conftest.py`` defines it anew to change something."""
    return LocalTenantOptions()


@pytest.fixture(scope="session")
def _local_tenant_process(
    tmp_path_factory: pytest.TempPathFactory, local_tenant_options: LocalTenantOptions
) -> Iterator[TenantProcess]:
    process = TenantProcess(tmp_path_factory.mktemp("local-tenant"), local_tenant_options)
    yield process
    process.stop()


@pytest.fixture
def local_tenant(_local_tenant_process: TenantProcess) -> Iterator[LocalTenant]:
    """Give a test a tenant that nobody else touches; its address is the same in all tests."""
    tenant = _local_tenant_process.fresh()
    yield tenant
    tenant.close()


@pytest.fixture(scope="session")
def local_tenant_session(
    tmp_path_factory: pytest.TempPathFactory, local_tenant_options: LocalTenantOptions
) -> Iterator[LocalTenant]:
    """Give the tests of a session, or of a worker of it, one tenant that they share."""
    process = TenantProcess(tmp_path_factory.mktemp("local-tenant-session"), local_tenant_options)
    tenant = process.fresh()
    yield tenant
    tenant.close()
    process.stop()


@pytest.fixture
def local_tenant_environment(
    local_tenant: LocalTenant, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Set the environment variables by which clients find ``local_tenant``, for a test."""
    for name, value in local_tenant.ready.env.items():
        monkeypatch.setenv(name, value)
    return local_tenant.ready.env
