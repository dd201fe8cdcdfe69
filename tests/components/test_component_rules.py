"""What holds for everything that the components declare, shown on the seed's tenant."""

from __future__ import annotations

import pytest

from components import CustomerTenant, customer_tenant_args
from components.settings import parse_settings
from tests.components.program import DEPLOYER, ORGANIZATION, Deployment, deploy

API, CLIENT, FLOW = "tenant-todolist", "tenant-web", "tenant-SignInSignUpSample"


@pytest.fixture(scope="module")
def seed() -> Deployment:
    """The seed's tenant."""
    args = customer_tenant_args(parse_settings({}), ORGANIZATION)
    return deploy(lambda: CustomerTenant("tenant", args).outputs)


def urn(seed: Deployment, kind: str, name: str) -> str:
    """The URN of a declared resource."""
    return seed[kind, name].urn


def test_both_service_principals_come_before_a_grant(seed: Deployment) -> None:
    """Admin consent waits for the client's and the API's service principals."""
    grant = seed["ServicePrincipalDelegatedPermissionGrant", f"{CLIENT}.todolist"]

    assert {
        urn(seed, "ServicePrincipal", API),
        urn(seed, "ServicePrincipal", CLIENT),
    } <= grant.dependencies


def test_a_client_waits_for_the_application_of_the_api_that_it_names(seed: Deployment) -> None:
    """It declares that it needs the API; only consent waits for the API's service principal."""
    client = seed["Application", CLIENT]
    grant = seed["ServicePrincipalDelegatedPermissionGrant", f"{CLIENT}.todolist"]
    principals = {urn(seed, "ServicePrincipal", one) for one in (API, CLIENT)}

    assert client.dependencies == {urn(seed, "Application", API)}
    assert principals <= grant.dependencies


def test_the_service_principal_comes_before_the_flow(seed: Deployment) -> None:
    """A client is put into the flow once it has its service principal."""
    attached = seed["UserFlowApplication", CLIENT]

    assert attached.dependencies == {
        urn(seed, "UserFlow", FLOW),
        urn(seed, "ServicePrincipal", CLIENT),
    }


def test_the_deployer_is_the_owner_and_others_stay(seed: Deployment) -> None:
    """The deployer owns what it made; owners are set once, whoever runs the next preview."""
    for kind in ("Application", "ServicePrincipal"):
        for name in (API, CLIENT):
            assert seed[kind, name].inputs["owners"] == [DEPLOYER]
            assert "owners" in seed[kind, name].ignore_changes


def test_each_property_has_one_owner(seed: Deployment) -> None:
    """The identifier URI has a resource of its own, so that the application leaves it alone."""
    assert "identifierUris" not in seed["Application", API].inputs
    assert "identifierUris" in seed["Application", API].ignore_changes
    assert "identifierUris" not in seed["Application", CLIENT].ignore_changes


def test_a_later_run_never_replaces_a_secret(seed: Deployment) -> None:
    """The end is counted from now and the name may be edited; neither may cost the secret."""
    secret = seed["ApplicationPassword", f"{CLIENT}-secret-1"]

    assert set(secret.ignore_changes) == {"endDate", "displayName"}


def test_a_second_application_of_the_name_is_never_made(seed: Deployment) -> None:
    """An application whose name is taken is an error instead of a double."""
    for name in (API, CLIENT):
        assert seed["Application", name].inputs["preventDuplicateNames"] is True


def test_service_principals_show_as_enterprise_applications(seed: Deployment) -> None:
    """They carry the tag by which the admin center lists them."""
    for name in (API, CLIENT):
        assert seed["ServicePrincipal", name].inputs["tags"] == [
            "WindowsAzureActiveDirectoryIntegratedApp"
        ]


def test_the_tenant_is_asked_once(seed: Deployment) -> None:
    """The deployer and Microsoft Graph are looked up once, and Graph is never declared."""
    assert sorted(token.rpartition(":")[2] for token, _, _ in seed.tenant.invokes) == [
        "getClientConfig",
        "getServicePrincipal",
    ]
