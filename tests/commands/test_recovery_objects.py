"""What an interrupted creation has made is found in the tenant, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tenant_fixture import Tenant

from localtenant.testing_client import FLOWS
from providers.user_flow.lifecycle import UserFlowLifecycle
from tests.commands.interrupted_run import Interrupted

END = "2027-05-22T22:54:46Z"


def test_registrations_are_found_where_their_owners_are_as_wanted(
    own_tenant: Tenant, run: Interrupted
) -> None:
    """One of the same name that somebody else has made is left alone."""
    own = run.deployer.application(displayName="it's ours")
    principal = run.deployer.made("/servicePrincipals", {"appId": own["appId"]})
    foreign = own_tenant.admin.principal(displayName="theirs")
    owners = {"owners": [run.object_id]}

    assert run.found("Application", displayName="it's ours", **owners) == (
        f"/applications/{own['id']}"
    )
    assert run.found("ServicePrincipal", clientId=own["appId"], **owners) == (
        f"/servicePrincipals/{principal['id']}"
    )
    assert run.found("Application", displayName="it's ours") is None
    assert run.found("Application", displayName="theirs", **owners) is None
    assert run.found("ServicePrincipal", clientId=foreign["appId"], **owners) is None


def test_an_application_from_before_the_run_is_left_alone(run: Interrupted) -> None:
    """Another stack of the same deployer may have made it."""
    run.deployer.application(displayName="older")
    later = replace(run, since=run.since + timedelta(hours=1))

    assert run.found("Application", displayName="older", owners=[run.object_id]) is not None
    assert later.found("Application", displayName="older", owners=[run.object_id]) is None


def test_what_the_state_knows_is_not_found_again(run: Interrupted) -> None:
    """An object with a record was not made by the interrupted creation."""
    path = f"/applications/{run.deployer.application(displayName='known')['id']}"
    inputs = {"displayName": "known", "owners": [run.object_id]}

    assert run.found("Application", **inputs) == path
    assert run.found("Application", path, **inputs) is None


def test_of_several_none_is_taken(run: Interrupted) -> None:
    """Nobody can say which of two applications of one name it is."""
    for _ in range(2):
        run.deployer.application(displayName="twice")

    assert run.found("Application", displayName="twice", owners=[run.object_id]) is None


def test_a_grant_is_found_with_its_scopes(own_tenant: Tenant, run: Interrupted) -> None:
    """A consent to other scopes was given by somebody else."""
    client = run.deployer.principal()["id"]
    resource = own_tenant.admin.graph_principal()["id"]
    body = {"clientId": client, "resourceId": resource, "consentType": "AllPrincipals"}
    grant = run.deployer.made("/oauth2PermissionGrants", {**body, "scope": "openid offline_access"})
    kind = "ServicePrincipalDelegatedPermissionGrant"
    inputs = {"servicePrincipalObjectId": client, "resourceServicePrincipalObjectId": resource}

    wanted = run.found(kind, **inputs, claimValues=["offline_access", "openid"])

    assert wanted == f"/oauth2PermissionGrants/{grant['id']}"
    assert run.found(kind, **inputs, claimValues=["openid"]) is None


def test_the_parts_of_an_application_are_found(run: Interrupted) -> None:
    """An identifier URI by its text, a secret by its name and the second at which it ends."""
    application = run.deployer.application()
    path, uri = f"/applications/{application['id']}", f"api://{application['appId']}"
    assert run.deployer.patch(path, {"identifierUris": [uri]}).is_success
    credential = {"displayName": "ours", "endDateTime": END}
    secret = run.deployer.made(f"{path}/addPassword", {"passwordCredential": credential})

    secret_inputs = {"displayName": "ours", "endDate": END}
    has_uri = run.found("ApplicationIdentifierUri", applicationId=path, identifierUri=uri)
    has_secret = run.found("ApplicationPassword", **secret_inputs, applicationId=path)

    assert has_uri is not None
    assert has_uri.startswith(f"{path}/identifierUris/")
    assert has_secret == f"{application['id']}/password/{secret['keyId']}"
    later = {**secret_inputs, "endDate": END.replace("46Z", "47Z")}
    assert not run.found("ApplicationPassword", **later, applicationId=path)
    gone = path[:-12] + "000000000000"
    assert not run.found("ApplicationPassword", **secret_inputs, applicationId=gone)


def test_a_flow_is_found_where_it_is_as_wanted(run: Interrupted) -> None:
    """A flow of that name that differs is for the next run to refuse."""
    inputs: dict[str, object] = {
        "displayName": "ours",
        "identityProviders": ["EmailPassword-OAUTH"],
        "attributes": [{"attribute": "city"}],
        "isSignUpAllowed": True,
    }
    made = run.session.operate("make", lambda graph: UserFlowLifecycle().create(graph, inputs))
    recorded = {**inputs, "__provider": "gASV…"}

    assert run.found("UserFlow", **recorded) == made.id
    assert run.found("UserFlow", **{**recorded, "attributes": [{"attribute": "state"}]}) is None
    assert run.found("UserFlow", **{**recorded, "isSignUpAllowed": False}) is None
    assert run.found("UserFlow", **{**recorded, "displayName": "none"}) is None
    body = {
        "@odata.type": "#microsoft.graph.authenticationConditionApplication",
        "appId": run.deployer.principal()["appId"],
    }
    run.deployer.made(f"{FLOWS}/{made.id}/conditions/applications/includeApplications", body)
    # Somebody's customers sign in by it.
    assert run.found("UserFlow", **recorded) is None
    assert run.found("UserFlow", **recorded, adopt=True) == made.id


def test_an_application_in_a_flow_is_found(run: Interrupted) -> None:
    """By the flow and the client ID; its flow is the one that has it."""
    flow, client = run.deployer.flow()["id"], run.deployer.principal()["appId"]
    included = f"{FLOWS}/{flow}/conditions/applications/includeApplications"
    assert run.found("UserFlowApplication", userFlowId=flow, clientId=client) is None

    body = {"@odata.type": "#microsoft.graph.authenticationConditionApplication", "appId": client}
    assert run.deployer.post(included, body).is_success

    assert run.found("UserFlowApplication", userFlowId=flow, clientId=client) == f"{flow}/{client}"
