"""A customer without a browser: an HTTPS client that keeps cookies and sends the pages' forms."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

from localtenant.testing_bodies import collection_body, flow_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

PASSWORD = "Correct-horse-7"
CALLBACK = "https://app.example/callback"
_OWN = "ExternalUsersSelfServiceSignUp"


@dataclass
class App:
    """An application that customers sign in to."""

    client_id: str
    secret: str
    redirect_uri: str = CALLBACK


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.actions: list[str] = []
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {n: v or "" for n, v in attrs}
        if tag == "form":
            self.actions.append(named["action"])
        if tag == "input" and named.get("type") == "hidden":
            self.hidden[named["name"]] = named["value"]


@dataclass
class Customer:
    """A browser of a customer: where it is, and what it sees there."""

    graph: Graph
    app: App
    http: httpx.Client = field(init=False)
    answer: httpx.Response = field(init=False)

    def __post_init__(self) -> None:
        """Open a browser without cookies."""
        self.http = httpx.Client(base_url=self.graph.url, verify=self.graph.trust)

    def begin(self, **parameters: str) -> Customer:
        """Go where the application sends the browser to sign in."""
        asked = {
            "client_id": self.app.client_id,
            "redirect_uri": self.app.redirect_uri,
            "response_type": "code",
            "scope": "openid",
            "state": "kept",
            **parameters,
        }
        return self.open(f"/{self.graph.tenant_id}/oauth2/v2.0/authorize", asked)

    def open(self, path: str, parameters: dict[str, str] | None = None) -> Customer:
        """Go to an address, and on to where it leads within the tenant."""
        self.answer = self.http.get(path, params=parameters)
        self._follow()
        return self

    def send(
        self,
        step: str = "",
        more: Mapping[str, str | list[str]] | None = None,
        *,
        forged: bool = False,
        **fields: str,
    ) -> Customer:
        """Send the page's form, to another step of the same sign-in if one is named.

        ``more`` are fields whose names are no names of Python's, or that are there several times.
        """
        found = _Forms()
        found.feed(self.text)
        hidden = {} if forged else found.hidden
        action = f"{self.place}/{step}" if step else found.actions[0]
        self.answer = self.http.post(action, data={**hidden, **fields, **(more or {})})
        self._follow()
        return self

    def _follow(self) -> None:
        while self.answer.is_redirect and not self.returned:
            self.answer = self.http.get(self.answer.headers["location"])

    @property
    def place(self) -> str:
        """The path of the sign-in."""
        return "/".join(self.answer.url.path.split("/")[:4])

    @property
    def step(self) -> str:
        """The step that the browser is at."""
        return self.answer.url.path.removeprefix(self.place).strip("/")

    @property
    def text(self) -> str:
        """What the page says, as HTML."""
        return unescape(self.answer.text)

    @property
    def returned(self) -> dict[str, str]:
        """What the application was told, empty as long as it was told nothing."""
        location = str(self.answer.headers.get("location", ""))
        if not location.startswith(self.app.redirect_uri):
            return {}
        return {n: v[0] for n, v in parse_qs(urlsplit(location).query).items()}

    def code(self, email: str) -> str:
        """The passcode in the newest mail to an address."""
        return self.mails(email)[0]["code"]

    def mails(self, email: str) -> list[Json]:
        """The mails to an address, the newest first."""
        return self.http.get("/-/mails", params={"to": email}).json()["mails"]

    def who(self, code: str = "") -> Json:
        """What the application learns of the user, by redeeming the code: the ID token's claims.

        Without ``code``, one that another browser came back with, it is this browser's.
        """
        answer = self.http.post(
            f"/{self.graph.tenant_id}/oauth2/v2.0/token",
            data={
                "grant_type": "authorization_code",
                "client_id": self.app.client_id,
                "client_secret": self.app.secret,
                "code": code or self.returned["code"],
                "redirect_uri": self.app.redirect_uri,
            },
        )
        assert answer.status_code == 200, answer.text
        payload = answer.json()["id_token"].split(".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + "=="))


Browse = Callable[[App], Customer]
"""Opens a browser of a customer of an application."""


def email_on(browser: Customer) -> str:
    """The address whose password or code the page asks for."""
    return browser.text.partition('name="username" value="')[2].partition('"')[0]


def address() -> str:
    """An email address that nobody has."""
    return f"{uuid4().hex[:12]}@customer.example"


def application(graph: Graph, redirect_uri: str = CALLBACK) -> App:
    """Make a web application with a secret, which every user may sign in to."""
    made = graph.application(displayName="Todo list", web={"redirectUris": [redirect_uri]})
    principal = graph.made("/servicePrincipals", {"appId": made["appId"]})
    secret = graph.made(f"/applications/{made['id']}/addPassword", {"passwordCredential": {}})
    graph.made(
        "/oauth2PermissionGrants",
        {
            "clientId": principal["id"],
            "consentType": "AllPrincipals",
            "resourceId": graph.graph_principal()["id"],
            "scope": "openid profile offline_access",
        },
    )
    return App(made["appId"], secret["secretText"], redirect_uri)


def in_flow(graph: Graph, app: App, **properties: object) -> App:
    """Put an application into a new user flow, by default with email, password and the city."""
    condition = {"applications": {"includeApplications": [{"appId": app.client_id}]}}
    graph.flow(conditions=condition, **properties)
    return app


def asking(*inputs: Json) -> Json:
    """What makes a flow ask for attributes by these inputs."""
    body: Json = {**collection_body(), "attributes": [{"id": i["attribute"]} for i in inputs]}
    body["attributeCollectionPage"] = {"views": [{"inputs": list(inputs)}]}
    return {"onAttributeCollection": body}


def attribute(graph: Graph, data_type: str) -> str:
    """Define a custom attribute; its ID."""
    body = {"displayName": f"A{uuid4().hex[:8]}", "description": "x", "dataType": data_type}
    return graph.made("/identity/userFlowAttributes", body)["id"]


def by_passcode() -> Json:
    """What makes a flow sign customers in by passcode."""
    start = flow_body()["onAuthenticationMethodLoadStart"]
    return {
        "onAuthenticationMethodLoadStart": {
            **start,
            "identityProviders": [{"id": "EmailOtpSignup-OAUTH"}],
        }
    }


def without_sign_up() -> Json:
    """What makes a flow sign nobody up."""
    return {
        "onInteractiveAuthFlowStart": {
            "@odata.type": f"#microsoft.graph.onInteractiveAuthFlowStart{_OWN}",
            "isSignUpAllowed": False,
        }
    }


def customer(graph: Graph, email: str, **properties: object) -> Json:
    """Make a customer who signs in with an email address and :data:`PASSWORD`."""
    identity = {
        "signInType": "emailAddress",
        "issuer": graph.domain,
        "issuerAssignedId": email,
    }
    profile = {"password": PASSWORD, "forceChangePasswordNextSignIn": False}
    body = {
        "displayName": "Ada",
        "identities": [identity],
        "passwordProfile": profile,
        **properties,
    }
    return graph.made("/users", body)
