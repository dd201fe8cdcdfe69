"""Each kind of client as its component declares it, and what APIs say of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulumi
import pytest

from components import (
    ApiReferenceArgs,
    CustomerTenant,
    DaemonApp,
    DaemonAppArgs,
    NativeApp,
    NativeAppArgs,
    SinglePageApp,
    SinglePageAppArgs,
    customer_tenant_args,
)
from components.settings import SettingsError, parse_settings
from tests.components.program import ORGANIZATION, Deployment, Secret, deploy

ORDERS = ApiReferenceArgs(
    client_id="orders-client",
    service_principal_id="orders-sp",
    identifier_uri="api://orders",
    scope_ids={"Read": "id-of-read"},
    role_ids={"Read.All": "id-of-read-all"},
)


def scope(value: str) -> dict[str, str]:
    """A scope of the configuration."""
    return {"value": value, "adminConsentDisplayName": "x", "adminConsentDescription": "x"}


def tenant(configuration: dict[str, Any]) -> Deployment:
    """The tenant of a configuration; its outputs are the stack's."""
    args = customer_tenant_args(parse_settings(configuration), ORGANIZATION)
    return deploy(lambda: CustomerTenant("tenant", args).outputs)


def test_a_single_page_app_has_no_secret() -> None:
    """Its redirect URIs are of the platform that Entra answers in the browser."""

    def program() -> object:
        spa = SinglePageApp(
            "spa",
            SinglePageAppArgs(
                display_name="Spa",
                redirect_uris=["https://spa.contoso.com/back"],
                apis={"orders": ORDERS},
                api_permissions={"orders": ["Read"]},
            ),
        )
        return [spa.client_secret, spa.post_logout_redirect_uri, spa.redirect_uris]

    made = deploy(program)
    inputs = made["Application", "spa"].inputs

    assert made.outputs == [None, "https://spa.contoso.com", ["https://spa.contoso.com/back"]]
    uris = ["https://spa.contoso.com/back"]
    assert inputs["singlePageApplication"] == {"redirectUris": uris}
    assert "web" not in inputs
    assert made.names("ApplicationPassword") == []
    grants = made.names("ServicePrincipalDelegatedPermissionGrant")
    assert set(grants) == {"spa.Microsoft.Graph", "spa.orders"}


def test_a_native_apps_redirect_uris_may_hold_its_client_id() -> None:
    """They are set once the application is there, and looked at again whenever it changes."""

    def program(name: str) -> Deployment:
        def run() -> object:
            args = NativeAppArgs(
                display_name=name,
                redirect_uris=["msal{clientId}://auth", "http://localhost"],
                native_authentication=True,
            )
            return NativeApp("phone", args).redirect_uris

        return deploy(run)

    made, renamed = program("Phone"), program("Telephone")
    properties = made["ApplicationProperties", "phone"].inputs

    uris = ["msalclient-id-of-phone://auth", "http://localhost"]
    assert made.outputs == properties["redirectUris"] == uris
    assert properties["nativeAuthentication"] == "all"
    assert made["Application", "phone"].inputs["fallbackPublicClientEnabled"] is True
    assert "publicClient" in made["Application", "phone"].ignore_changes
    versions = [one["ApplicationProperties", "phone"].inputs["version"] for one in (made, renamed)]
    assert versions[0] != versions[1]


def test_a_daemon_has_roles_and_no_redirect_uri() -> None:
    """Its app roles are declared and assigned, one by one; where that is not wanted, declared."""

    def program(*, granted: bool) -> Deployment:
        args = DaemonAppArgs(
            display_name="Jobs",
            apis={"orders": ORDERS},
            api_roles={"orders": ["Read.All"]},
            grant_api_roles=granted,
        )
        return deploy(lambda: DaemonApp("jobs", args).client_secret)

    made = program(granted=True)
    (access,) = made["Application", "jobs"].inputs["requiredResourceAccesses"]

    assert access["resourceAccesses"] == [{"id": "id-of-read-all", "type": "Role"}]
    assert made["AppRoleAssignment", "jobs.orders.Read.All"].inputs == {
        "appRoleId": "id-of-read-all",
        "principalObjectId": "sp-jobs",
        "resourceObjectId": "orders-sp",
    }
    assert made.outputs == Secret("value-of-jobs-secret-1")
    assert made.tenant.invokes[0][0].endswith("getClientConfig")
    assert len(made.tenant.invokes) == 1, "a daemon has no use for Microsoft Graph"
    assert program(granted=False).names("AppRoleAssignment") == []


def test_a_role_that_the_api_does_not_have_is_an_error_to_read() -> None:
    """The nearest one is named."""
    args = DaemonAppArgs(
        display_name="Jobs", apis={"orders": ORDERS}, api_roles={"orders": ["Reed.All"]}
    )
    with pytest.raises(pulumi.RunError, match=r"orders has no app role Reed\.All; nearest: Read"):
        deploy(lambda: DaemonApp("jobs", args).client_id)


def test_a_logo_that_is_too_large_is_a_mistake(tmp_path: Path) -> None:
    """Graph takes 100 kB; what is larger would be refused after all else was made."""
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100 * 1024))
    client = {"kind": "daemonApp", "displayName": "Jobs", "logo": str(logo)}
    with pytest.raises(SettingsError) as error:
        parse_settings({"clients": {"jobs": client}})

    assert "allowed: an image of at most 102400 bytes (this one has 102408)" in str(error.value)


def test_apis_may_call_each_other_in_a_circle() -> None:
    """Neither application waits for the other; what waits for both is declared beside them."""
    made = tenant(
        {
            "apis": {
                "a": {"displayName": "A", "scopes": [scope("A")], "apiPermissions": {"b": ["B"]}},
                "b": {
                    "displayName": "B",
                    "scopes": [scope("B")],
                    "apiPermissions": {"a": ["A"]},
                    "knownClients": ["web"],
                    "preAuthorizedClients": {"web": ["B"]},
                },
            },
            "clients": {
                "web": {
                    "kind": "webApp",
                    "displayName": "Web",
                    "redirectUris": ["https://contoso.com/back"],
                    "apiPermissions": {"b": ["B"]},
                }
            },
        }
    )
    b = made["Application", "tenant-b"]

    access = made["ApplicationApiAccess", "tenant-a.b"]
    assert access.inputs["apiClientId"] == "client-id-of-tenant-b"
    assert access.dependencies == {made["Application", f"tenant-{one}"].urn for one in "ab"}
    assert "requiredResourceAccesses" not in b.inputs
    assert {"requiredResourceAccesses", "api.knownClientApplications"} <= set(b.ignore_changes)
    assert "requiredResourceAccesses" in made["Application", "tenant-a"].ignore_changes
    known = made["ApplicationProperties", "tenant-b"].inputs
    assert known["knownClients"] == ["client-id-of-tenant-web"]
    assert "redirectUris" not in known
    authorized = made["ApplicationPreAuthorized", "tenant-b.web"].inputs
    assert authorized["authorizedClientId"] == "client-id-of-tenant-web"
    assert set(made.outputs["apiSecrets"]) == {"a", "b"}
    grants = made.names("ServicePrincipalDelegatedPermissionGrant")
    assert {"tenant-a.b", "tenant-a.Microsoft.Graph", "tenant-b.a"} <= set(grants)
