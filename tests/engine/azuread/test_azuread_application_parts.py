"""Certificates, federated credentials, access to APIs, pre-authorised clients and logos."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import grpc
import pytest
from client_certificates import ClientCertificate
from tenant_fixture import Tenant

from tests.engine.azuread.api_inputs import api_inputs, scope
from tests.engine.azuread.plugin_client import Plugin, error_text

FEDERATED = "ApplicationFederatedIdentityCredential"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()


@dataclass(frozen=True)
class App:
    """An application with the scope `Read`: its outputs."""

    outputs: dict[str, Any]

    @property
    def id(self) -> str:
        """Its object ID."""
        return self.outputs["objectId"]

    @property
    def path(self) -> str:
        """Its resource id."""
        return f"/applications/{self.id}"

    @property
    def client_id(self) -> str:
        """Its client ID."""
        return self.outputs["clientId"]


@pytest.fixture
def app(plugin: Plugin, deployer: str) -> App:
    """An application."""
    return App(plugin.create("Application", api_inputs(deployer))[1])


@pytest.fixture
def other(plugin: Plugin, deployer: str) -> App:
    """Another application."""
    return App(plugin.create("Application", api_inputs(deployer))[1])


def gone(plugin: Plugin, token: str, identifier: str, outputs: dict[str, Any]) -> bool:
    """Delete it twice; whether a refresh finds it gone."""
    for _ in range(2):
        plugin.delete(token, identifier, outputs)
    return plugin.read(token, identifier, outputs, outputs)[0] == ""


@pytest.mark.parametrize("encoding", ["pem", "base64", "hex"])
def test_certificates_share_one_list(
    plugin: Plugin, tenant: Tenant, app: App, encoding: str
) -> None:
    """Each is a resource of its own, dated by itself; adding and removing leaves others alone."""
    first, second = ClientCertificate.made(), ClientCertificate.made()
    pem = second.public_pem
    der = base64.b64decode("".join(pem.splitlines()[1:-1]))
    value = {"pem": pem, "base64": base64.b64encode(der).decode(), "hex": der.hex()}[encoding]
    inputs = {"applicationId": app.path, "type": "AsymmetricX509Cert"}
    plugin.create("ApplicationCertificate", {**inputs, "value": first.public_pem})
    wanted = {**inputs, "value": value, "encoding": encoding, "keyId": str(uuid4())}
    identifier, outputs = plugin.create("ApplicationCertificate", wanted)

    live = {one["keyId"]: one for one in tenant.one(app.path)["keyCredentials"]}
    assert len(live) == 2
    assert identifier == f"{app.id}/certificate/{wanted['keyId']}"
    assert outputs["endDate"] == live[wanted["keyId"]]["endDateTime"]
    assert "4dabf18193072939515e22adb298388d" in outputs["value"]
    recorded = {**outputs, "value": value}
    assert plugin.diff("ApplicationCertificate", recorded, wanted).changes == {}
    found = plugin.read("ApplicationCertificate", identifier, recorded, wanted)
    assert found == (identifier, outputs, wanted)
    assert gone(plugin, "ApplicationCertificate", identifier, recorded)
    assert len(tenant.one(app.path)["keyCredentials"]) == 1


def test_another_certificate_is_another_object(plugin: Plugin) -> None:
    """Nothing of a certificate changes in place."""
    inputs = {"applicationId": f"/applications/{uuid4()}", "value": "a", "encoding": "pem"}
    diff = plugin.diff("ApplicationCertificate", inputs, {**inputs, "value": "b"})
    assert diff.changes == {"value": "UPDATE_REPLACE"}


def test_a_certificate_is_read_by_its_encoding(plugin: Plugin, app: App) -> None:
    """What is not in the encoding that is named is refused before it is sent."""
    with pytest.raises(grpc.RpcError) as failure:
        plugin.create(
            "ApplicationCertificate",
            {"applicationId": app.path, "value": "no hex", "encoding": "hex"},
        )
    assert "the value of the certificate is not hex" in error_text(failure.value)


def test_federated_credential_changes_in_place(plugin: Plugin, tenant: Tenant, app: App) -> None:
    """Whom it trusts changes; another name is another credential; drift shows at a refresh."""
    inputs = {
        "applicationId": app.path,
        "displayName": "main",
        "issuer": "https://ci.example",
        "subject": "main",
        "audiences": ["api://AzureADTokenExchange"],
    }
    identifier, outputs = plugin.create(FEDERATED, inputs)
    path = f"{app.path}/federatedIdentityCredentials/{outputs['credentialId']}"
    assert identifier == f"{app.id}/federatedIdentityCredential/{outputs['credentialId']}"
    assert plugin.diff(FEDERATED, outputs, inputs).changes == {}
    assert plugin.diff(FEDERATED, outputs, {**inputs, "displayName": "x"}).replaces
    with tenant.wire() as wire:
        updated = plugin.update(FEDERATED, identifier, outputs, {**inputs, "subject": "tag"})
    assert wire.graph() == [f"PATCH {path}"]
    assert (tenant.one(path)["subject"], updated["subject"]) == ("tag", "tag")

    tenant.admin.patch(path, {"subject": "theirs"}).raise_for_status()
    _, drifted, after = plugin.read(FEDERATED, identifier, updated, inputs)
    assert (drifted["subject"], after["subject"]) == ("theirs", "theirs")
    imported = plugin.read(FEDERATED, identifier, {}, {})
    assert imported == (identifier, drifted, {**inputs, "subject": "theirs"})
    assert gone(plugin, FEDERATED, identifier, drifted)


def test_a_federated_credential_has_one_audience(plugin: Plugin) -> None:
    """Graph takes one, and so does the real plugin."""
    inputs = {"issuer": "i", "subject": "s", "displayName": "n", "audiences": ["a", "b"]}
    inputs["applicationId"] = f"/applications/{uuid4()}"
    assert plugin.check(FEDERATED, inputs)[1] == {"audiences": "must have one item"}


def test_access_to_an_api_changes_in_place(
    plugin: Plugin, tenant: Tenant, app: App, other: App
) -> None:
    """Scopes and roles of one API; those of another API stay."""
    theirs = {
        "resourceAppId": str(uuid4()),
        "resourceAccess": [{"id": str(uuid4()), "type": "Role"}],
    }
    tenant.admin.patch(app.path, {"requiredResourceAccess": [theirs]}).raise_for_status()
    read, everything = str(scope("Read")["id"]), str(uuid4())
    inputs = {"applicationId": app.path, "apiClientId": other.client_id, "scopeIds": [read]}
    identifier, outputs = plugin.create("ApplicationApiAccess", inputs)
    assert identifier == f"{app.path}/apiAccess/{other.client_id}"

    more = {**inputs, "roleIds": [everything]}
    assert plugin.diff("ApplicationApiAccess", outputs, inputs).changes == {}
    updated = plugin.update("ApplicationApiAccess", identifier, outputs, more)
    live = {one["resourceAppId"]: one for one in tenant.one(app.path)["requiredResourceAccess"]}
    assert live.keys() == {str(theirs["resourceAppId"]), other.client_id}
    of_other: list[dict[str, str]] = live[other.client_id]["resourceAccess"]
    used = {f"{one['type']} {one['id']}" for one in of_other}
    assert used == {f"Scope {read}", f"Role {everything}"}
    assert plugin.read("ApplicationApiAccess", identifier, {}, {})[2] == more
    with pytest.raises(grpc.RpcError) as failure:
        plugin.create("ApplicationApiAccess", inputs)
    assert f"Import it with `pulumi import` (id {identifier})" in error_text(failure.value)
    assert gone(plugin, "ApplicationApiAccess", identifier, updated)
    assert tenant.one(app.path)["requiredResourceAccess"] == [theirs]


def test_access_to_nothing_is_refused(plugin: Plugin) -> None:
    """The real plugin wants one of both."""
    inputs = {"applicationId": f"/applications/{uuid4()}", "apiClientId": str(uuid4())}
    assert "scopeIds" in plugin.check("ApplicationApiAccess", inputs)[1]


def test_pre_authorised_clients_share_one_list(
    plugin: Plugin, tenant: Tenant, app: App, other: App, deployer: str
) -> None:
    """Each client is a resource of its own; a change of the application leaves it alone."""
    read = scope("Read")["id"]
    inputs = {
        "applicationId": app.path,
        "authorizedClientId": other.client_id,
        "permissionIds": [read],
    }
    identifier, outputs = plugin.create("ApplicationPreAuthorized", inputs)
    assert identifier == f"{app.id}/preAuthorizedApplication/{other.client_id}"
    wanted = {**api_inputs(deployer), **_named(app.outputs), "notes": "changed"}
    plugin.update("Application", app.path, app.outputs, wanted)
    (live,) = tenant.one(app.path)["api"]["preAuthorizedApplications"]
    assert live == {"appId": other.client_id, "delegatedPermissionIds": [read]}
    assert plugin.read("ApplicationPreAuthorized", identifier, {}, {}) == (
        identifier,
        outputs,
        inputs,
    )
    assert gone(plugin, "ApplicationPreAuthorized", identifier, outputs)


def test_a_logo_is_uploaded_once(plugin: Plugin, tenant: Tenant, deployer: str) -> None:
    """At the creation, and when it changes; taking it out of a program leaves it there."""
    inputs = {**api_inputs(deployer), "logoImage": PNG}
    with tenant.wire() as wire:
        identifier, outputs = plugin.create("Application", inputs)
    assert f"PUT {identifier}/logo" in wire.writes()
    assert outputs["logoUrl"] == tenant.one(identifier)["info"]["logoUrl"]
    assert plugin.diff("Application", outputs, inputs).changes == {}
    gif = base64.b64encode(b"GIF89a and so on").decode()
    with tenant.wire() as wire:
        plugin.update("Application", identifier, outputs, {**inputs, "logoImage": gif})
        plugin.update("Application", identifier, outputs, api_inputs(deployer) | _named(outputs))
    assert wire.writes() == [f"PUT {identifier}/logo"]
    assert tenant.one(identifier)["info"]["logoUrl"]


def _named(outputs: dict[str, Any]) -> dict[str, Any]:
    return {"displayName": outputs["displayName"]}
