"""Customers of a tenant inside the test's own process, who sign in without any page.

What a page would find out, a test says: who is there, and how he proved it. Everything else of the
protocol is the real application's.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

from graph_in_process import Answered, InProcess, in_process
from signing_browser import VERIFIER, Browser, returned

from localtenant.testing_bodies import user_body

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from localtenant.odata.types import Json

ORIGIN = {"origin": "https://spa.example"}
GRAPH = "00000003-0000-0000-c000-000000000000"


@dataclass
class Application:
    """An application: client ID, redirect URI, secret if it has one, and its objects' IDs."""

    client_id: str
    redirect_uri: str
    id: str
    principal: str
    name: str
    secret: str = ""

    @property
    def credential(self) -> dict[str, str]:
        """What it adds to a token request."""
        return {"client_secret": self.secret} if self.secret else {}


@dataclass
class SignIns:
    """A tenant with an API, and the applications and the customer that use it."""

    caller: InProcess
    api: Application
    web: Application
    spa: Application
    native: Application
    user: Json
    scope: str = field(init=False)

    def __post_init__(self) -> None:
        """Name what clients ask for: the API's scope, and OpenID Connect's own."""
        self.scope = f"api://{self.api.client_id}/Todo.Read openid profile email offline_access"

    @property
    def place(self) -> str:
        """The path of the tenant."""
        return f"/{self.caller.tenant.tenant_id}"

    def token(self, headers: dict[str, str] | None = None, /, **form: str) -> Answered:
        """Ask the token endpoint."""
        return self.token_at("token", headers, **form)

    def token_at(
        self, place: str, headers: dict[str, str] | None = None, /, **form: str
    ) -> Answered:
        """Ask one of the endpoints that take a form."""
        return self.caller.ask(
            "POST",
            f"{self.place}/oauth2/v2.0/{place}",
            headers={"authorization": "", **(headers or {})},
            raw=urlencode(form).encode(),
        )

    def redeem(
        self, app: Application, code: str, headers: dict[str, str] | None = None, /, **more: str
    ) -> Answered:
        """Redeem a code as an application."""
        form = {
            "grant_type": "authorization_code",
            "client_id": app.client_id,
            "code": code,
            "redirect_uri": app.redirect_uri,
            "code_verifier": VERIFIER,
            **app.credential,
            **more,
        }
        return self.token(headers, **{n: v for n, v in form.items() if v})

    def refreshed(
        self, app: Application, token: str, headers: dict[str, str] | None = None, /, **more: str
    ) -> Answered:
        """Use a refresh token as an application."""
        form = {
            "grant_type": "refresh_token",
            "client_id": app.client_id,
            "refresh_token": token,
            **app.credential,
            **more,
        }
        return self.token(headers, **form)

    def code(self, app: Application, **parameters: str | None) -> str:
        """Sign the customer in to an application in a new browser; the code that it is given."""
        return returned(Browser(self).signed_in(app, **parameters))["code"]

    def tokens(self, app: Application, **parameters: str | None) -> dict[str, Any]:
        """Sign the customer in to an application; the tokens that it is given."""
        headers = ORIGIN if app is self.spa else None
        answer = self.redeem(app, self.code(app, **parameters), headers)
        assert answer.status == 200, answer.body
        return answer.body

    def claims(self, token: str) -> dict[str, Any]:
        """What a token of the tenant says."""
        found = self.caller.tenant.key.claims(token)
        assert found is not None
        return found

    def made(self, path: str, body: object) -> Json:
        """POST to Graph."""
        answer = self.caller.json("POST", f"/v1.0{path}", body)
        assert answer.status in {200, 201}, answer.body
        return answer.body

    def person(self) -> Json:
        """Make a further user."""
        return self.made("/users", user_body(self.caller.tenant.initial_domain))

    def changed(self, path: str, body: object) -> None:
        """PATCH in Graph."""
        answer = self.caller.json("PATCH", f"/v1.0{path}", body)
        assert answer.status == 204, answer.body


@contextmanager
def signing_in(folder: Path) -> Generator[SignIns]:
    """A new tenant with an API, a web, a single-page and a native application, and a customer."""
    with in_process(folder) as caller:
        api = _application(caller, "api", {})
        read, write, role = str(uuid4()), str(uuid4()), str(uuid4())
        body = {
            "identifierUris": [f"api://{api.client_id}"],
            "api": {
                "requestedAccessTokenVersion": 2,
                "oauth2PermissionScopes": [
                    _scope(read, "Todo.Read"),
                    _scope(write, "Todo.ReadWrite"),
                ],
            },
            "appRoles": [
                {
                    "id": role,
                    "value": "Todo.Admin",
                    "displayName": "Admin",
                    "description": "Admin",
                    "isEnabled": True,
                    "allowedMemberTypes": ["User", "Application"],
                }
            ],
        }
        assert caller.json("PATCH", f"/v1.0/applications/{api.id}", body).status == 204
        redirect = "https://app.example/callback"
        web = _application(caller, "web", {"web": {"redirectUris": [redirect]}}, redirect)
        answer = caller.json(
            "POST", f"/v1.0/applications/{web.id}/addPassword", {"passwordCredential": {}}
        )
        web.secret = answer.body["secretText"]
        redirect = "https://spa.example/"
        spa = _application(caller, "spa", {"spa": {"redirectUris": [redirect]}}, redirect)
        redirect = "http://localhost/native"
        native = _application(
            caller, "native", {"publicClient": {"redirectUris": [redirect]}}, redirect
        )
        identity = {
            "signInType": "emailAddress",
            "issuer": caller.tenant.initial_domain,
            "issuerAssignedId": "ada@customer.example",
        }
        person = user_body(
            caller.tenant.initial_domain,
            displayName="Ada Lovelace",
            givenName="Ada",
            surname="Lovelace",
            identities=[identity],
        )
        user = caller.json("POST", "/v1.0/users", person).body
        made = SignIns(caller, api, web, spa, native, user)
        for app in (web, spa, native):
            consent(made, app, api.principal, "Todo.Read")
            consent(made, app, graph_principal(made), "openid offline_access")
        yield made


def graph_principal(signing: SignIns) -> str:
    """The object ID of Graph's service principal."""
    answer = signing.caller.ask("GET", f"/v1.0/servicePrincipals(appId='{GRAPH}')")
    return str(answer.body["id"])


def consent(signing: SignIns, app: Application, resource: str, scope: str) -> Json:
    """Consent, for everybody, to an application's use of a resource."""
    return signing.made(
        "/oauth2PermissionGrants",
        {
            "clientId": app.principal,
            "consentType": "AllPrincipals",
            "resourceId": resource,
            "scope": scope,
        },
    )


def application(
    signing: SignIns, properties: Json, redirect: str = "https://other.example/cb"
) -> Application:
    """A further application, to which nobody consents."""
    return _application(signing.caller, f"app {uuid4()}", properties, redirect)


def _application(caller: InProcess, name: str, properties: Json, redirect: str = "") -> Application:
    body = {"displayName": name, "signInAudience": "AzureADMyOrg", **properties}
    made = caller.json("POST", "/v1.0/applications", body).body
    principal = caller.json("POST", "/v1.0/servicePrincipals", {"appId": made["appId"]}).body
    return Application(made["appId"], redirect, made["id"], principal["id"], name)


def _scope(key: str, value: str) -> Json:
    return {
        "id": key,
        "value": value,
        "type": "User",
        "isEnabled": True,
        "adminConsentDisplayName": value,
        "adminConsentDescription": value,
    }
