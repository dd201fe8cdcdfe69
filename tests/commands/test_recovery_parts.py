"""What an interrupted creation has added to an application, or to an API, is found again."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from client_certificates import ClientCertificate
from tenant_fixture import Tenant

from components.settings.certificate import key_id
from tests.commands.interrupted_run import Interrupted


def test_the_credentials_of_an_application_are_found(run: Interrupted) -> None:
    """A certificate by the ID that follows from it, a federated credential just as wanted."""
    application = run.deployer.application()
    path, pem = f"/applications/{application['id']}", ClientCertificate.made().public_pem
    made = {
        "keyId": key_id(pem),
        "type": "AsymmetricX509Cert",
        "usage": "Verify",
        "key": base64.b64encode(pem.encode()).decode(),
    }
    run.deployer.patch(path, {"keyCredentials": [made]}).raise_for_status()
    trusted = {"issuer": "https://ci.example", "subject": "main", "audiences": ["api://x"]}
    federated = run.deployer.made(
        f"{path}/federatedIdentityCredentials", {"name": "main", **trusted}
    )

    certificate = run.found("ApplicationCertificate", applicationId=path, keyId=key_id(pem))
    kind = "ApplicationFederatedIdentityCredential"
    credential = run.found(kind, applicationId=path, displayName="main", **trusted)

    assert certificate == f"{application['id']}/certificate/{key_id(pem)}"
    assert credential == f"{application['id']}/federatedIdentityCredential/{federated['id']}"
    other = key_id(ClientCertificate.made().public_pem)
    assert not run.found("ApplicationCertificate", applicationId=path, keyId=other)
    assert not run.found(
        kind, applicationId=path, displayName="main", **{**trusted, "subject": "other"}
    )
    gone = path[:-12] + "000000000000"
    assert not run.found(kind, applicationId=gone, displayName="main", **trusted)


def test_what_an_application_says_of_others_is_found(run: Interrupted) -> None:
    """Access to an API and a pre-authorised client, with the very permissions that were wanted."""
    application, other = run.deployer.application(), run.deployer.application()
    path, client = f"/applications/{application['id']}", other["appId"]
    scope = {
        "id": str(uuid4()),
        "value": "Read",
        "type": "Admin",
        "isEnabled": True,
        "adminConsentDisplayName": "Read",
        "adminConsentDescription": "Read",
    }
    access = {"id": str(uuid4()), "type": "Role"}
    body = {
        "api": {"oauth2PermissionScopes": [scope]},
        "requiredResourceAccess": [{"resourceAppId": client, "resourceAccess": [access]}],
    }
    run.deployer.patch(path, body).raise_for_status()
    authorized = {"appId": client, "delegatedPermissionIds": [scope["id"]]}
    run.deployer.patch(path, {"api": {"preAuthorizedApplications": [authorized]}})

    calls = {"applicationId": path, "apiClientId": client}
    names = {"applicationId": path, "authorizedClientId": client}
    assert run.found("ApplicationApiAccess", **calls, roleIds=[access["id"]]) == (
        f"{path}/apiAccess/{client}"
    )
    assert run.found("ApplicationPreAuthorized", **names, permissionIds=[scope["id"]]) == (
        f"{application['id']}/preAuthorizedApplication/{client}"
    )
    assert not run.found("ApplicationApiAccess", **calls, scopeIds=[str(uuid4())])
    assert not run.found("ApplicationPreAuthorized", **names, permissionIds=[str(uuid4())])


def test_a_new_assignment_of_a_role_is_found(own_tenant: Tenant, run: Interrupted) -> None:
    """One that is older was somebody else's consent."""
    client, api = own_tenant.admin.principal()["id"], own_tenant.admin.graph_principal()
    role = api["appRoles"][0]["id"]
    body = {"appRoleId": role, "principalId": client, "resourceId": api["id"]}
    path = f"/servicePrincipals/{api['id']}/appRoleAssignedTo"
    made = own_tenant.admin.made(path, body)
    inputs = {"appRoleId": role, "principalObjectId": client, "resourceObjectId": api["id"]}

    assert run.found("AppRoleAssignment", **inputs) == f"{path}/{made['id']}"
    assert not run.found("AppRoleAssignment", **{**inputs, "principalObjectId": str(uuid4())})
    later = replace(run, since=run.since + timedelta(hours=1))
    assert not later.found("AppRoleAssignment", **inputs)


def test_properties_of_an_application_are_found_as_they_were_wanted(run: Interrupted) -> None:
    """Where one differs, the creation had not got so far."""
    application = run.deployer.application()
    inputs = {"applicationId": application["id"], "redirectUris": ["msauth://contoso/x"]}
    assert run.found("ApplicationProperties", **inputs) is None

    body = {"publicClient": {"redirectUris": inputs["redirectUris"]}}
    run.deployer.patch(f"/applications/{application['id']}", body).raise_for_status()

    assert run.found("ApplicationProperties", **inputs) == application["id"]
    assert run.found("ApplicationProperties", **inputs, nativeAuthentication="all") is None
