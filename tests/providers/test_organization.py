"""The check of the tenant before the first write."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sign_in import lookup, trust
from tenant_fixture import Tenant

from providers.graph.errors import ConfigurationError, TenantError
from providers.organization import (
    MICROSOFT_GRAPH,
    Organization,
    check_organization,
    read_organization,
)

CONTOSO = Organization("t-1", "Contoso", "CIAM", "contoso.onmicrosoft.com")


def test_the_tenant_is_told_in_two_requests(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ID, type and subdomain come from the organization, whoever configured them.

    Microsoft Graph is looked up beside it, for the permissions that clients have at it.
    """
    trust(monkeypatch, tenant)
    with tenant.wire() as wire:
        found = read_organization(lookup(tenant))
    assert sorted(wire.graph()) == [
        "GET /organization",
        f"GET /servicePrincipals(appId='{MICROSOFT_GRAPH}')",
    ]
    there = tenant.one(f"/servicePrincipals(appId='{MICROSOFT_GRAPH}')")
    deployer = tenant.one(f"/servicePrincipals(appId='{tenant.ready.env['ARM_CLIENT_ID']}')")
    assert found.deployer_object_id == deployer["id"]
    assert found.microsoft_graph is not None
    assert found.microsoft_graph.service_principal_id == there["id"]
    assert found.microsoft_graph.scope_ids == {
        one["value"]: one["id"] for one in there["oauth2PermissionScopes"]
    }
    assert (found.tenant_id, found.tenant_type) == (tenant.ready.tenantId, "CIAM")
    assert (found.subdomain, found.initial_domain) == ("contoso", "contoso.onmicrosoft.com")
    assert found.local_host.startswith("localhost:")


@pytest.mark.parametrize("configured", ["T-1", "contoso.onmicrosoft.com"])
def test_the_configured_tenant_may_be_named_by_id_or_domain(configured: str) -> None:
    """Both forms are Entra's, in any case."""
    check_organization(CONTOSO, configured)


def test_a_stack_that_names_no_tenant_is_refused() -> None:
    """The error names the tenant that answers, and the command that pins the stack to it."""
    with pytest.raises(TenantError, match=r"pulumi config set azuread:tenantId t-1"):
        check_organization(CONTOSO, None)


def test_another_tenant_than_the_configured_one_is_refused() -> None:
    """Where the sign-in ends in another tenant than ``azuread:tenantId``, both are named."""
    with pytest.raises(TenantError, match=r"configured tenant is t-2, .* t-1 .*azuread:tenantId"):
        check_organization(CONTOSO, "t-2")


def test_a_workforce_tenant_is_refused() -> None:
    """User flows for customers exist in External ID tenants only; the error says which this is."""
    with pytest.raises(TenantError, match=r"t-1 .*'AAD'.*External ID.*Nothing was changed"):
        check_organization(replace(CONTOSO, tenant_type="AAD"), "t-1")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("clientSecret", "wrong", "AADSTS7000215.*value, not its ID"),
        ("clientId", "99999999-9999-9999-9999-999999999999", "AADSTS700016.*clientId"),
        ("tenantId", "99999999-9999-9999-9999-999999999999", "AADSTS90002.*'99999999.*tenantId"),
    ],
)
def test_a_sign_in_that_fails_says_which_setting_is_wrong(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, key: str, value: str, expected: str
) -> None:
    """Entra's code and text, and what to do about it, in one line without the secret."""
    trust(monkeypatch, tenant)
    keys = lookup(tenant)
    with pytest.raises(ConfigurationError, match=expected) as refused:
        read_organization(lambda name: value if name == key else keys(name))
    assert "\n" not in str(refused.value)
    assert tenant.ready.env["ARM_CLIENT_SECRET"] not in str(refused.value)


def test_a_certificate_that_is_not_trusted_says_what_to_set(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual first obstacle with a private authority."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with pytest.raises(ConfigurationError, match=r"not trusted.*SSL_CERT_FILE"):
        read_organization(lookup(tenant))
