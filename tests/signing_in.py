"""Customers of a tenant inside the test's own process, who sign in without any page.

What a page would find out, a test says: who is there, and how he proved it. Everything else of the
protocol is the real application's.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

from graph_in_process import Answered, InProcess, in_process

from localtenant.signin import completion, interactions
from localtenant.testing_bodies import user_body

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from starlette.responses import Response

    from localtenant.odata.types import Json

VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)
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

    def token(self, headers: dict[str, str] | None = None, **form: str) -> Answered:
        """Ask the token endpoint."""
        return self.caller.ask(
            "POST",
            f"{self.place}/oauth2/v2.0/token",
            headers={"authorization": "", **(headers or {})},
            raw=urlencode(form).encode(),
        )

    def redeem(
        self, app: Application, code: str, headers: dict[str, str] | None = None, **more: str
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

    def changed(self, path: str, body: object) -> None:
        """PATCH in Graph."""
        answer = self.caller.json("PATCH", f"/v1.0{path}", body)
        assert answer.status == 204, answer.body


@dataclass
class Browser:
    """A browser with its cookies."""

    signing: SignIns
    cookies: dict[str, str] = field(default_factory=dict[str, str])

    def ask(
        self, path: str, method: str = "GET", query: str = "", form: dict[str, str] | None = None
    ) -> Answered:
        """Ask the tenant with the cookies that it set."""
        cookie = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        answer = self.signing.caller.ask(
            method,
            path,
            query=query,
            headers={"authorization": "", "cookie": cookie},
            raw=urlencode(form or {}).encode(),
        )
        self._keep(answer.headers.get("set-cookie"))
        return answer

    def authorize(self, app: Application, **parameters: str | None) -> Answered:
        """Go where an application sends a browser to sign in, with PKCE unless it is left out."""
        asked: dict[str, str | None] = {
            "client_id": app.client_id,
            "redirect_uri": app.redirect_uri,
            "response_type": "code",
            "scope": self.signing.scope,
            "state": "kept",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **parameters,
        }
        query = urlencode({n: v for n, v in asked.items() if v is not None})
        return self.ask(f"{self.signing.place}/oauth2/v2.0/authorize", query=query)

    def complete(
        self, answer: Answered, user: Json | None = None, *, keep: bool = False
    ) -> Response:
        """Have the user, by default the customer, sign in in the interaction that was begun."""
        tenant = self.signing.caller.tenant
        name = interaction_id(answer)
        with tenant.store.write() as tx:
            found = interactions.load(tx, name, self.cookies)
            key = (user or self.signing.user)["id"]
            made = completion.complete(tenant, tx, found, key, methods=["pwd"], keep=keep)
        self._keep(made.headers.get("set-cookie"))
        return made

    def signed_in(
        self, app: Application, user: Json | None = None, **parameters: str | None
    ) -> Response:
        """Sign somebody in to an application; the answer that goes to its redirect URI."""
        return self.complete(self.authorize(app, **parameters), user)

    def _keep(self, header: str | None) -> None:
        if header:
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')


def interaction_id(answer: Answered) -> str:
    """The interaction to whose page a browser was sent."""
    assert answer.status == 303, answer.content
    return answer.headers["location"].rpartition("/")[2]


def returned(answer: Response | Answered) -> dict[str, str]:
    """What an answer takes to the application, in the query or in the fragment."""
    parts = urlsplit(answer.headers["location"])
    return dict(parse_qsl(parts.fragment or parts.query))


def redirect_refused(answer: Response | Answered, error: str, number: int, text: str) -> None:
    """Check that an application is told of Entra's error, with its state."""
    told = returned(answer)
    said = told["error_description"].partition(" Trace ID: ")[0]
    assert (told["error"], said) == (error, f"AADSTS{number}: {text}")
    assert told["state"] == "kept"


def refused(answer: Answered, status: int, error: str, number: int, text: str) -> None:
    """Check that the token endpoint's answer is Entra's error."""
    body = answer.body
    said = body["error_description"].partition(" Trace ID: ")[0]
    assert (answer.status, body["error"]) == (status, error), body
    assert (body["error_codes"], said) == ([number], f"AADSTS{number}: {text}")


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
