"""A map tells what the tenant has, which need not be what the stack has made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from client_certificates import ClientCertificate
from sign_in import lookup, trust
from tenant_fixture import Tenant

from commands.tenant_map.model import MAP, Access, Map, Permission
from commands.tenant_map.tenant import read
from localtenant.testing_client import FLOWS
from providers.graph.session import Session

GRAPH = "00000003-0000-0000-c000-000000000000"
END = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


class Made:
    """An API with two scopes and an app role, a client that asks for all of it, and a flow."""

    def __init__(self, tenant: Tenant) -> None:
        """Make them, without any consent."""
        self.tenant, admin = tenant, tenant.admin
        self.ids = {name: str(uuid4()) for name in ("Read", "Write", "Read.All")}
        scopes = [
            {
                "id": self.ids[value],
                "value": value,
                "type": "Admin",
                "isEnabled": value == "Read",
                "adminConsentDisplayName": value,
                "adminConsentDescription": value,
            }
            for value in ("Read", "Write")
        ]
        role = {
            "id": self.ids["Read.All"],
            "value": "Read.All",
            "displayName": "Read.All",
            "description": "Read.All",
            "allowedMemberTypes": ["Application"],
            "isEnabled": True,
        }
        self.api = admin.application(
            displayName="the API", api={"oauth2PermissionScopes": scopes}, appRoles=[role]
        )
        self.api_principal = admin.made("/servicePrincipals", {"appId": self.api["appId"]})
        access = [
            {"id": self.ids[name], "type": "Role" if name == "Read.All" else "Scope"}
            for name in self.ids
        ]
        self.client = admin.application(
            displayName="the client",
            web={"redirectUris": ["https://b.example/x", "https://a.example/x"]},
            requiredResourceAccess=[{"resourceAppId": self.api["appId"], "resourceAccess": access}],
        )
        self.principal = admin.made("/servicePrincipals", {"appId": self.client["appId"]})
        self.flow = admin.flow(displayName=f"flow {uuid4()}")

    def consent(self, resource_id: str, scope: str, **more: str) -> None:
        """Consent to scopes of a resource, for everybody unless said otherwise."""
        body = {"clientId": self.principal["id"], "resourceId": resource_id, "scope": scope}
        grant = {**body, "consentType": "AllPrincipals", **more}
        self.tenant.admin.made("/oauth2PermissionGrants", grant)

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs of a stack that has made them."""
        return {
            "tenant": {"subdomain": "contoso"},
            "apis": {"api": self._identity(self.api, self.api_principal)},
            "clients": {
                "web": {
                    **self._identity(self.client, self.principal),
                    "kind": "webApp",
                    "redirectUris": ["https://b.example/x", "https://gone.example/x"],
                }
            },
            "clientSecrets": {"web": "[secret]"},
            "userFlows": {
                "flow": {"id": self.flow["id"], "displayName": "as it was", "applications": []}
            },
        }

    def read(self) -> Map:
        """The map, read as the deployer."""
        session = Session(lookup(self.tenant))
        return session.operate("read", lambda graph: read(graph, self.outputs))

    @staticmethod
    def _identity(application: dict[str, Any], principal: dict[str, Any]) -> dict[str, Any]:
        return {
            "clientId": application["appId"],
            "objectId": application["id"],
            "servicePrincipalId": principal["id"],
        }


@pytest.fixture
def made(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The objects of a stack, in the tenant."""
    trust(monkeypatch, tenant)
    return Made(tenant)


def test_names_contents_and_secrets_are_the_tenants(made: Made) -> None:
    """Of a secret its end, of a scope whether it is off; of redirect URIs the stack's order."""
    body = {"passwordCredential": {"displayName": "x", "endDateTime": END.isoformat()}}
    secret = made.tenant.admin.made(f"/applications/{made.client['id']}/addPassword", body)

    shown = made.read()

    (api,), (client,), (flow,) = shown.apis, shown.clients, shown.flows
    assert (shown.tenant, api.name, client.name) == ("contoso", "the API", "the client")
    assert api.scopes == (Permission("Read"), Permission("Write", enabled=False))
    assert api.roles == (Permission("Read.All"),)
    assert client.redirect_uris == ("https://b.example/x", "https://a.example/x")
    assert client.secret_ends == (END,)
    assert flow.name == made.flow["displayName"]
    assert flow.identity_providers == ("EmailPassword-OAUTH",)
    assert flow.attributes == ("city",)
    text = MAP.dump_json(shown).decode()
    assert MAP.validate_json(text) == shown
    assert secret["secretText"] not in text


def test_a_client_without_a_secret_is_told_by_what_it_signs_in(made: Made) -> None:
    """Certificates by their ends, and how many issuers' tokens stand for it."""
    path = f"/applications/{made.client['id']}"
    one = {"issuer": "https://ci.example", "subject": "main", "audiences": ["x"], "name": "ci"}
    made.tenant.admin.made(f"{path}/federatedIdentityCredentials", one)
    (federated,) = made.read().clients
    assert (federated.certificate_ends, federated.federated) == ((), 1)

    certificate = ClientCertificate.made(elliptic=True)
    end = certificate.certificate.not_valid_after_utc
    body = {"keyCredentials": [certificate.credential()]}
    made.tenant.admin.patch(path, body).raise_for_status()
    (client,) = made.read().clients
    assert [one.year for one in client.certificate_ends] == [end.year]


def test_consent_is_granted_or_missing_scope_by_scope(made: Made) -> None:
    """What a registration asks for is not what it may use."""
    wanted = ("Read", "Read.All (app role)", "Write")
    assert made.read().accesses == (Access("web", "api", (), wanted),)

    made.consent(made.api_principal["id"], "Write")
    made.tenant.admin.made(
        f"/servicePrincipals/{made.principal['id']}/appRoleAssignments",
        {
            "principalId": made.principal["id"],
            "resourceId": made.api_principal["id"],
            "appRoleId": made.ids["Read.All"],
        },
    )

    (access,) = made.read().accesses
    assert access == Access("web", "api", ("Read.All (app role)", "Write"), ("Read",))


def test_consent_of_one_person_is_no_consent_for_everybody(made: Made) -> None:
    """Customers would still be refused."""
    # The local tenant has no users; whose consent it is plays no part.
    one = made.principal["id"]
    made.consent(made.api_principal["id"], "Read", consentType="Principal", principalId=one)

    (access,) = made.read().accesses
    assert access.granted == ()


def test_another_api_is_shown_with_what_is_used_of_it(made: Made) -> None:
    """Microsoft Graph has hundreds of scopes."""
    made.consent(made.tenant.admin.graph_principal()["id"], "openid offline_access")

    shown = made.read()

    (_own, graph) = shown.apis
    assert (graph.key, graph.name, graph.own) == (GRAPH, "Microsoft Graph", False)
    assert [one.value for one in graph.scopes] == ["offline_access", "openid"]
    assert shown.accesses[-1] == Access("web", GRAPH, ("offline_access", "openid"))


def test_a_scope_that_the_api_has_no_longer_is_missing(made: Made) -> None:
    """The registration still asks for it, by an id that means nothing."""
    made.tenant.admin.patch(
        f"/applications/{made.client['id']}",
        {
            "requiredResourceAccess": [
                {
                    "resourceAppId": made.api["appId"],
                    "resourceAccess": [{"id": str(uuid4()), "type": "Scope"}],
                }
            ]
        },
    ).raise_for_status()

    assert made.read().accesses == (Access("web", "api", (), ("a permission that is gone",)),)


def test_a_flow_knows_the_stacks_clients_and_counts_others(made: Made) -> None:
    """Whom the administrator has put into it is none of the stack's."""
    path = f"{FLOWS}/{made.flow['id']}/conditions/applications/includeApplications"
    for client_id in (made.client["appId"], made.tenant.admin.principal()["appId"]):
        kind = "#microsoft.graph.authenticationConditionApplication"
        made.tenant.admin.made(path, {"@odata.type": kind, "appId": client_id})

    (flow,) = made.read().flows
    assert (flow.clients, flow.others) == (("web",), 1)


def test_what_was_deleted_is_marked(made: Made) -> None:
    """By its name in the stack; the rest of the map is there."""
    for path in (
        f"/applications/{made.client['id']}",
        f"/applications/{made.api['id']}",
        f"{FLOWS}/{made.flow['id']}",
    ):
        made.tenant.admin.delete(path).raise_for_status()

    shown = made.read()

    named = [(one.name, one.exists) for one in (*shown.flows, *shown.clients, *shown.apis)]
    assert named == [("as it was", False), ("web", False), ("api", False)]
    assert shown.accesses == ()
