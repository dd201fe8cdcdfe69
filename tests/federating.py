"""Customers who come by another identity provider: what is registered where, and the way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from customer_browser import App, application, in_flow
from token_issuer import DISCOVERY

from localtenant.testing_bodies import flow_body

if TYPE_CHECKING:
    from customer_browser import Customer
    from token_issuer import TokenIssuer

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

PROVIDERS = "/identity/identityProviders"
EMAIL = "EmailPassword-OAUTH"
SECRET = "shared-by-both-of-them"
REQUIRED_EMAIL = {
    "attribute": "email",
    "label": "Email",
    "inputType": "text",
    "hidden": True,
    "required": True,
}
"""The input of the address as the admin center makes it."""
CITY = {"attribute": "city", "label": "City", "inputType": "text"}


def redirect_uri(graph: Graph) -> str:
    """What every provider is given as the tenant's redirect URI."""
    return f"{graph.url}/{graph.tenant_id}/federation/oauth2"


def issuer_of(other: Graph) -> str:
    """Another tenant as an issuer, under a name whose cookies are not those of ``localhost``."""
    return f"{other.url.replace('localhost', '127.0.0.1')}/{other.tenant_id}/v2.0"


def registered(graph: Graph, other: Graph) -> App:
    """Register the tenant at the other one, whose tokens tell it names and a verified address."""
    app = application(other, redirect_uri(graph))
    (found,) = other.read("/applications", {"$filter": f"appId eq '{app.client_id}'"})["value"]
    names = ("email", "family_name", "given_name", "xms_edov")
    claims = {"optionalClaims": {"idToken": [{"name": name} for name in names]}}
    assert other.patch(f"/applications/{found['id']}", claims).status_code == 204
    return app


def openid(issuer: str, **properties: object) -> Json:
    """Build the body that makes an OpenID Connect provider."""
    return {
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "displayName": f"Contoso {uuid4().hex[:6]}",
        "clientId": "shop",
        "issuer": issuer,
        "wellKnownEndpoint": f"{issuer}{DISCOVERY}",
        "responseType": "code",
        "scope": "openid profile email",
        "clientAuthentication": {
            "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication",
            "clientSecret": SECRET,
        },
        "inboundClaimMapping": {"sub": "sub"},
        **properties,
    }


def social(kind: str, client_id: str = "shop", secret: str = SECRET) -> Json:
    """Build the body that makes Google or Facebook a provider."""
    return {
        "@odata.type": "#microsoft.graph.socialIdentityProvider",
        "displayName": kind,
        "identityProviderType": kind,
        "clientId": client_id,
        "clientSecret": secret,
    }


def offering(*providers: str) -> dict[str, Any]:
    """What makes a flow offer providers."""
    start = flow_body()["onAuthenticationMethodLoadStart"]
    offered = [{"id": key} for key in providers]
    return {"onAuthenticationMethodLoadStart": {**start, "identityProviders": offered}}


def shop_with(graph: Graph, *providers: str, callback: str = "", **flow: object) -> App:
    """Make an application whose user flow offers providers."""
    app = application(graph, callback) if callback else application(graph)
    return in_flow(graph, app, **offering(*providers), **flow)


def go(browser: Customer, provider: str) -> dict[str, str]:
    """Press the button of a provider; what it is asked, as it stands in the address."""
    answer = browser.http.get(f"{browser.place}/by/{provider}")
    assert answer.status_code == 303, answer.text
    parts = urlsplit(answer.headers["location"])
    place = parts._replace(query="").geturl()
    return {**dict(parse_qsl(parts.query)), "place": place}


def come_back(browser: Customer, asked: dict[str, str], **answer: str) -> Customer:
    """Bring the provider's answer, and go where it leads."""
    fields = {"code": "a-code", "state": asked["state"], **answer}
    path = urlsplit(asked["redirect_uri"]).path
    return browser.open(path, {n: v for n, v in fields.items() if v})


@dataclass
class Provider:
    """A provider that says whatever a test wants, and its ID in the tenant."""

    issuer: TokenIssuer
    key: str

    def publish(self, **metadata: object) -> None:
        """Publish a right discovery document, with something changed, and the key."""
        url = self.issuer.url
        self.issuer.publish()
        self.issuer.publishes[DISCOVERY] = {
            "issuer": url,
            "jwks_uri": f"{url}/keys",
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "response_modes_supported": ["query", "form_post"],
            **metadata,
        }

    def vouch(
        self, asked: dict[str, str], header: dict[str, Any] | None = None, **claims: object
    ) -> None:
        """Answer the next form with an ID token for a request, with claims changed."""
        whole = {
            "aud": asked["client_id"],
            "nonce": asked["nonce"],
            "sub": str(uuid4()),
            "email_verified": True,
            **claims,
        }
        token = self.issuer.token(header, **whole)
        self.issuer.publishes["/token"] = {"id_token": token, "token_type": "Bearer"}

    @property
    def form(self) -> dict[str, str]:
        """The form that the tenant sent last."""
        return self.issuer.forms[-1]


@dataclass
class Coming:
    """A customer whom a provider has been asked about, and what it was asked."""

    browser: Customer
    provider: Provider
    asked: dict[str, str]

    def vouched(self, header: dict[str, Any] | None = None, /, **claims: object) -> Customer:
        """Come back with the provider's word for somebody, with claims changed."""
        self.provider.vouch(self.asked, header, **claims)
        return self.back()

    def back(self, **answer: str) -> Customer:
        """Come back with an answer."""
        return come_back(self.browser, self.asked, **answer)


def coming_by(browser: Customer, provider: Provider) -> Coming:
    """Press the button of a provider on a sign-in page."""
    return Coming(browser, provider, go(browser, provider.key))


def said(browser: Customer) -> str:
    """Say what the alert of a page says."""
    _, _, rest = browser.text.partition('role="alert">')
    return rest.partition("</p>")[0]
