"""Each kind of client as its component declares it, and what APIs say of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pulumi
import pytest
from client_certificates import ClientCertificate

from components import (
    ApiReferenceArgs,
    CertificateArgs,
    CustomerTenant,
    DaemonApp,
    DaemonAppArgs,
    FederatedCredentialArgs,
    NativeApp,
    NativeAppArgs,
    SinglePageApp,
    SinglePageAppArgs,
    customer_tenant_args,
)
from components.args import ArgsError
from components.settings import SettingsError, parse_settings
from components.settings.certificate import key_id
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


def certificate(days: int) -> str:
    """A certificate that ends in so many days, in PEM form."""
    start = datetime.now(UTC) - timedelta(days=365 - days)
    return ClientCertificate.made(elliptic=True, start=start).public_pem


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


def test_a_secret_is_made_where_there_is_no_other_credential() -> None:
    """With a certificate or a federated credential there is none, unless it is asked for."""
    first, second = certificate(300), certificate(300)

    def program() -> object:
        args = DaemonAppArgs(
            display_name="Jobs",
            certificates={
                "first": CertificateArgs(value=first),
                "second": CertificateArgs(value=pulumi.Output.from_input(f"Next one:\n{second}")),
            },
            federated_credentials={
                "ci": FederatedCredentialArgs(issuer="https://ci.example", subject="main")
            },
        )
        return DaemonApp("jobs", args).client_secret

    made = deploy(program)
    added = made["ApplicationCertificate", "jobs-certificate-second"].inputs

    assert made.outputs is None
    assert made.names("ApplicationPassword") == []
    assert added["value"]["value"] == second
    assert added["keyId"] == key_id(second) != key_id(first)
    federated = made["ApplicationFederatedIdentityCredential", "jobs-federated-ci"].inputs
    assert federated["audiences"] == ["api://AzureADTokenExchange"]
    assert federated["displayName"] == "ci"


@pytest.mark.parametrize(
    ("days", "warned"), [((20,), True), ((40,), False), ((20, 300), False), ((20, 25), True)]
)
def test_a_certificate_that_ends_soon_is_a_warning(
    days: tuple[int, ...], *, warned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless another one lasts: that is a rotation under way."""
    said: list[str] = []

    def warn(text: str, resource: pulumi.Resource) -> None:
        del resource
        said.append(text)

    monkeypatch.setattr(pulumi.log, "warn", warn)
    certificates = {f"c{one}": CertificateArgs(value=certificate(one)) for one in days}
    args = DaemonAppArgs(display_name="Jobs", certificates=certificates)
    deploy(lambda: DaemonApp("jobs", args).client_id)

    assert bool(said) is warned
    assert all(f"certificate c{max(days)} ends on" in one for one in said)


def test_a_certificate_of_another_resource_is_held_to_the_rules() -> None:
    """As soon as it is known, and nothing of a private key is shown."""
    key = ClientCertificate.made(elliptic=True).private_pem
    given = CertificateArgs(value=pulumi.Output.from_input(key))
    args = DaemonAppArgs(display_name="Jobs", certificates={"first": given})
    with pytest.raises(ArgsError) as error:
        deploy(lambda: DaemonApp("jobs", args).client_id)

    line = (
        "certificates.first.value: given a text that is not shown; allowed: the certificate alone"
    )
    assert line in str(error.value)
    assert "BEGIN" not in str(error.value)


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
    assert made["ServicePrincipal", "tenant-b"].urn in access.dependencies
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
