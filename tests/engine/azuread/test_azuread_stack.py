"""The stand-in under the real CLI, with a program of the real SDK against a local tenant."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_fixture import Project
from tenant_fixture import Tenant, tenant_in

from engine import stand_ins
from engine.azuread import VERSION

_PROGRAM = """\
    import uuid
    import pulumi
    import pulumi_azuread as azuread

    config = pulumi.Config()
    me = azuread.get_client_config().object_id

    def identifier(value):
        return str(uuid.uuid5(uuid.NAMESPACE_URL, value))

    def scope(value):
        return {
            "id": identifier(value),
            "value": value,
            "type": "Admin",
            "admin_consent_description": f"Allow {value}",
            "admin_consent_display_name": value,
        }

    scopes = config.require_object("scopes")
    api = azuread.Application(
        "api",
        display_name="api",
        owners=[me],
        prevent_duplicate_names=True,
        api={
            "requested_access_token_version": 2,
            "oauth2_permission_scopes": [scope(value) for value in scopes],
        },
        app_roles=[{
            "id": identifier("role"),
            "value": "Read.All",
            "display_name": "Read.All",
            "description": "Allow everything",
            "allowed_member_types": ["Application"],
        }],
        optional_claims={"access_tokens": [{"name": "idtyp"}]},
        opts=pulumi.ResourceOptions(ignore_changes=["owners", "identifierUris"]),
    )
    azuread.ApplicationIdentifierUri(
        "uri",
        application_id=api.id,
        identifier_uri=api.client_id.apply(lambda client_id: f"api://{client_id}"),
    )
    api_principal = azuread.ServicePrincipal("api", client_id=api.client_id, owners=[me])
    web = azuread.Application(
        "web",
        display_name="web",
        owners=[me],
        web={"redirect_uris": config.require_object("redirectUris")},
        required_resource_accesses=[{
            "resource_app_id": api.client_id,
            "resource_accesses": [
                {"id": api.oauth2_permission_scope_ids[value], "type": "Scope"}
                for value in scopes
            ],
        }],
    )
    web_principal = azuread.ServicePrincipal("web", client_id=web.client_id, owners=[me])
    secret = azuread.ApplicationPassword(
        "secret",
        application_id=web.id,
        display_name="web app client secret",
        end_date="2027-01-02T03:04:05Z",
        rotate_when_changed={"rotation": config.require("rotation")},
    )
    azuread.ServicePrincipalDelegatedPermissionGrant(
        "consent",
        service_principal_object_id=web_principal.object_id,
        resource_service_principal_object_id=api_principal.object_id,
        claim_values=scopes,
    )
    azuread.AppRoleAssignment(
        "assignment",
        app_role_id=api.app_role_ids["Read.All"],
        principal_object_id=web_principal.object_id,
        resource_object_id=api_principal.object_id,
    )
    graph = azuread.get_service_principal(client_id="00000003-0000-0000-c000-000000000000")
    pulumi.export("secret", secret.value)
    pulumi.export("tenantId", api_principal.application_tenant_id)
    pulumi.export("openid", graph.oauth2_permission_scope_ids["openid"])
    """


_OPERATOR = (
    "operator=Application.Read.All,Application.ReadWrite.OwnedBy,AppRoleAssignment.ReadWrite.All,"
    "DelegatedPermissionGrant.ReadWrite.All"
)
"""Whom the stack signs in as: a deployer that may also assign roles and read what others own."""


@pytest.fixture
def operated_tenant(tmp_path: Path) -> Iterator[Tenant]:
    """A tenant of one's own with an operator."""
    with tenant_in(tmp_path / "tenant", "--client", _OPERATOR) as tenant:
        yield tenant


@pytest.fixture
def stack(project: Project, operated_tenant: Tenant, tmp_path: Path) -> Project:
    """A project with a home of its own, where the stand-in is the azuread plugin."""
    home = tmp_path / "pulumi-home"
    stand_ins.write_azuread(home / "plugins" / f"resource-azuread-v{VERSION}")
    ready = operated_tenant.ready
    operator = ready.clients["operator"]
    environment = {
        **project.environment,
        **ready.env,
        "PULUMI_HOME": str(home),
        "ARM_CLIENT_ID": operator.clientId,
        "ARM_CLIENT_SECRET": operator.clientSecret,
    }
    made = replace(project, environment=environment)
    made.write("__main__.py", _PROGRAM)
    _configure(made, scopes=["Read"], redirectUris=["http://localhost/"], rotation="1")
    return made


def test_a_stack_goes_through_its_life(stack: Project, operated_tenant: Tenant) -> None:
    """Up, no change, drift, update, replacement and destroy of every resource type."""
    tenant = operated_tenant
    said = stack.pulumi("up", "--yes", "--skip-preview")
    assert "9 created" in said
    assert "Diagnostics" not in said
    outputs = stack.outputs()
    assert outputs["secret"] == "[secret]"
    assert outputs["tenantId"] == tenant.ready.tenantId
    assert uuid.UUID(outputs["openid"])
    (credential,) = _application(tenant, "web")["passwordCredentials"]
    # All that Graph ever shows of a secret again are its first characters.
    assert _secret_of(stack).startswith(credential["hint"])

    stack.pulumi("preview", "--expect-no-changes")

    web = _application(tenant, "web")
    drift = {"web": {"redirectUris": ["http://localhost/", "https://example.com/"]}}
    assert tenant.admin.patch(f"/applications/{web['id']}", drift).is_success
    said = stack.pulumi("refresh", "--yes", "--skip-preview")
    assert "1 updated" in said
    assert "8 unchanged" in said

    _configure(stack, scopes=["Write"], rotation="2")
    said = stack.pulumi("up", "--yes", "--diff")
    assert "https://example.com/" in said
    assert "3 updated" in said
    assert "1 replaced" in said
    web = _application(tenant, "web")
    assert web["web"]["redirectUris"] == ["http://localhost/"]
    assert len(web["passwordCredentials"]) == 1
    scopes = _application(tenant, "api")["api"]["oauth2PermissionScopes"]
    assert [one["value"] for one in scopes] == ["Write"]
    principal = _principal(tenant, "web")
    grants = tenant.all("/oauth2PermissionGrants")
    assert [one["scope"] for one in grants if one["clientId"] == principal] == ["Write"]
    stack.pulumi("preview", "--refresh", "--expect-no-changes")

    stack.pulumi("destroy", "--yes", "--skip-preview")
    assert not {"api", "web"} & {one["displayName"] for one in tenant.all("/applications")}


def test_an_application_can_be_imported(stack: Project, operated_tenant: Tenant) -> None:
    """`pulumi import` takes over an object by the real plugin's id, without changing anything."""
    tenant = operated_tenant
    made = tenant.admin.made("/applications", {"displayName": "by hand"})
    stack.write("__main__.py", "")
    with tenant.wire() as wire:
        said = stack.pulumi(
            "import",
            "--yes",
            "--protect=false",
            "--generate-code=false",
            "azuread:index/application:Application",
            "byHand",
            f"/applications/{made['id']}",
        )
    assert "1 imported" in said
    assert wire.writes() == []


def _configure(stack: Project, **values: Any) -> None:
    pairs = [
        f"{name}={value if isinstance(value, str) else json.dumps(value)}"
        for name, value in values.items()
    ]
    stack.pulumi("config", "set-all", *(part for pair in pairs for part in ("--plaintext", pair)))


def _application(tenant: Tenant, name: str) -> dict[str, Any]:
    (found,) = [one for one in tenant.all("/applications") if one["displayName"] == name]
    return found


def _principal(tenant: Tenant, name: str) -> str:
    (found,) = [one for one in tenant.all("/servicePrincipals") if one["displayName"] == name]
    return found["id"]


def _secret_of(stack: Project) -> str:
    return json.loads(stack.pulumi("stack", "output", "--json", "--show-secrets"))["secret"]
