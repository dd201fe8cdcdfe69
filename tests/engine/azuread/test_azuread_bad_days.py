"""Bad days, on the azuread stand-in's side: what the engine gets to show."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import grpc
import pytest
from bad_days import DAYS, changed
from tenant_fixture import Tenant, tenant_in

from tests.engine.azuread.plugin_client import Plugin, Properties, error_text, plugin_process

SOME = str(uuid.UUID(int=7))


@pytest.mark.parametrize("name", DAYS)
def test_a_day_without_a_sign_in_is_told_in_one_line(tenant: Tenant, name: str) -> None:
    """The first operation says all of it, the others that they fail for the same reason."""
    day = DAYS[name]
    variables = dict.fromkeys(tenant.ready.env, "") | changed(day, tenant)
    with plugin_process(variables) as (_, port):
        plugin = Plugin(port)
        plugin.configure()
        told, again = (
            _refusal(plugin, "Application", f"/applications/{SOME}"),
            _refusal(plugin, "ServicePrincipal", f"/servicePrincipals/{SOME}"),
        )
    for expected in day.plugin_said or day.said:
        assert re.search(expected, told), told
    assert again == (
        "no connection to the tenant, for the reason that is told at azuread:index:Application "
        "(one)"
    )
    assert "\n" not in told
    assert (variables["ARM_CLIENT_SECRET"] or "no secret") not in told


FORBIDDEN: list[tuple[str, Properties, str]] = [
    ("Application", {"displayName": "one"}, "Application.ReadWrite.OwnedBy"),
    ("ServicePrincipal", {"clientId": SOME}, "Application.ReadWrite.OwnedBy"),
    (
        "ApplicationPassword",
        {"applicationId": f"/applications/{SOME}"},
        "Application.ReadWrite.OwnedBy",
    ),
    (
        "ApplicationIdentifierUri",
        {"applicationId": f"/applications/{SOME}", "identifierUri": "api://one"},
        "Application.ReadWrite.OwnedBy",
    ),
    (
        "ServicePrincipalDelegatedPermissionGrant",
        {
            "servicePrincipalObjectId": SOME,
            "resourceServicePrincipalObjectId": SOME,
            "claimValues": ["Read"],
        },
        "DelegatedPermissionGrant.ReadWrite.All",
    ),
    (
        "AppRoleAssignment",
        {"appRoleId": SOME, "principalObjectId": SOME, "resourceObjectId": SOME},
        "AppRoleAssignment.ReadWrite.All and Application.Read.All",
    ),
]


@pytest.mark.parametrize(
    ("token", "inputs", "permission"), FORBIDDEN, ids=lambda one: str(one)[:40]
)
def test_without_its_permission_every_resource_type_names_it(
    poor_plugin: Plugin, token: str, inputs: Properties, permission: str
) -> None:
    """Graph only says that privileges are insufficient; the advice says which."""
    with pytest.raises(grpc.RpcError) as failure:
        poor_plugin.create(token, inputs)
    told = error_text(failure.value)
    assert "403 Authorization_RequestDenied" in told
    assert re.search(r"request ID [0-9a-f-]{36}", told)
    assert re.findall(r"Graph permission (.*), with admin consent", told) == [permission]
    assert ("grantApiRoles: false" in told) is (token == "AppRoleAssignment")


@pytest.fixture(scope="module")
def poor_plugin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plugin]:
    """A plugin that signs in as a client without any permission."""
    with tenant_in(tmp_path_factory.mktemp("poor"), "--client", "nobody=") as tenant:
        client = tenant.ready.clients["nobody"]
        with plugin_process(tenant.ready.env) as (_, port):
            plugin = Plugin(port)
            plugin.configure(clientId=client.clientId, clientSecret=client.clientSecret)
            yield plugin


def _refusal(plugin: Plugin, token: str, identifier: str) -> str:
    with pytest.raises(grpc.RpcError) as failure:
        plugin.read(token, identifier, {}, {})
    return error_text(failure.value)
