"""Customers of the seed's tenant, who sign in and sign up by its user flow at its web application.

Both end with what the application has in the end: the tokens, for which it has redeemed the code
with its secret and the verifier of PKCE.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import httpx

from bench import script
from bench.browser import Browser
from bench.calls import send
from bench.connection import FailedRequestError

if TYPE_CHECKING:
    from bench.connection import Connection
    from localtenant.testing_client import Graph

PASSWORD: Final = "Correct-horse-7"  # noqa: S105 - of nobody
KNOWN: Final = "ada@customer.example"
"""Who has an account from the beginning, with :data:`PASSWORD`."""
_SIGNED_IN: Final = "/signed-in"


@dataclass(frozen=True)
class Application:
    """The seed's web application: its client ID and secret, where its customers return to.

    ``place`` is the path of the tenant, ``api`` the identifier URI of the seed's API.
    """

    place: str
    client_id: str
    secret: str = field(repr=False)
    redirect_uri: str
    api: str

    def sign_in(self, connection: Connection, email: str) -> tuple[Any, int]:
        """Sign a customer in, in a new browser; the tokens (JSON), and how many requests it took.

        Raises FailedRequestError.
        """
        browser, verifier = self._begun(connection)
        browser.submit(email=email)
        browser.submit(password=PASSWORD)
        browser.submit(keep="no")
        return self._redeemed(browser, verifier), browser.requests + 1

    def sign_up(self, connection: Connection, email: str) -> tuple[Any, int]:
        """Sign a new customer up, likewise; the passcode is read in the tenant's mailbox."""
        browser, verifier = self._begun(connection)
        browser.follow("/create")
        browser.submit(email=email)
        (mail,) = connection.ask("GET", f"/-/mails?{urlencode({'to': email})}")["mails"]
        browser.submit(code=mail["code"])
        browser.submit(password=PASSWORD, confirmation=PASSWORD)
        return self._redeemed(browser, verifier), browser.requests + 2

    def address(self, verifier: str) -> str:
        """Where the application sends the browser to sign in; ``verifier`` is that of PKCE."""
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": f"openid offline_access {self.api}/ToDoList.Read",
            "state": _state(verifier),
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{self.place}/oauth2/v2.0/authorize?{urlencode(asked)}"

    def token(self, connection: Connection, grant: str, **form: str) -> Any:  # noqa: ANN401 - JSON
        """What the token endpoint answers to the application. Raises FailedRequestError."""
        credential = {"client_id": self.client_id, "client_secret": self.secret}
        return connection.post(
            f"{self.place}/oauth2/v2.0/token", {"grant_type": grant, **credential, **form}
        )

    def _begun(self, connection: Connection) -> tuple[Browser, str]:
        browser, verifier = Browser(connection, self.redirect_uri), new_verifier()
        browser.open(self.address(verifier))
        return browser, verifier

    def _redeemed(self, browser: Browser, verifier: str) -> Any:  # noqa: ANN401 - JSON
        told = browser.returned
        if told.get("state") != _state(verifier) or "code" not in told:
            raise FailedRequestError(f"The customer came back with {told}.")
        return self.token(
            browser.connection,
            "authorization_code",
            code=told["code"],
            redirect_uri=self.redirect_uri,
            code_verifier=verifier,
        )


def new_verifier() -> str:
    """A new verifier of PKCE."""
    return secrets.token_urlsafe(32)


def _state(verifier: str) -> str:
    return hashlib.sha256(f"state {verifier}".encode()).hexdigest()


def prepared(graph: Graph) -> Application:
    """Make the seed's tenant, and in it the customer :data:`KNOWN`.

    Customers return to an address of the tenant itself, behind which nothing is.
    """
    redirect_uri = f"{graph.url}{_SIGNED_IN}"
    headers = {"Authorization": f"Bearer {graph.token}"}
    with httpx.Client(
        base_url=f"{graph.url}/v1.0", verify=graph.trust, headers=headers, timeout=60
    ) as http:
        send(http, script.make())
        (web,) = graph.named("ciam-client-app")
        send(http, script.change({"web": web["id"]}, redirect_uri))
    (api,) = graph.named("ciam-ToDoList-api")
    secret = graph.made(f"/applications/{web['id']}/addPassword", {"passwordCredential": {}})
    identity = {"signInType": "emailAddress", "issuer": graph.domain, "issuerAssignedId": KNOWN}
    profile = {"password": PASSWORD, "forceChangePasswordNextSignIn": False}
    graph.made(
        "/users", {"displayName": "Ada", "identities": [identity], "passwordProfile": profile}
    )
    (uri,) = api["identifierUris"]
    return Application(f"/{graph.tenant_id}", web["appId"], secret["secretText"], redirect_uri, uri)
