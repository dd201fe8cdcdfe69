"""An application that signs customers up and in on pages of its own, by plain requests."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
from customer_browser import App, in_flow
from error_texts import check_body

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

TYPES = "oob password redirect"
SCOPE = "openid profile offline_access"
START = "signup/v1.0/start"
INITIATE = "oauth2/v2.0/initiate"
RESET = "resetpassword/v1.0/start"
CREDENTIAL_REQUIRED = ("credential_required", 55103, "Credential required.")
ENABLED = {"isFallbackPublicClient": True, "nativeAuthenticationApisEnabled": "all"}


@dataclass
class Native:
    """The application; ``http`` sends its requests, none of which is signed in."""

    graph: Graph
    http: httpx.Client
    client_id: str

    def ask(self, path: str, /, **form: str) -> httpx.Response:
        """Post a form to an endpoint; a parameter that is empty is left out."""
        asked = {"client_id": self.client_id, **form}
        place = f"/{self.graph.tenant_id}/{path}"
        return self.http.post(place, data={n: v for n, v in asked.items() if v})

    def told(self, path: str, /, **form: str) -> Json:
        """What an endpoint says, which has to be no error."""
        answer = self.ask(path, **form)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def token(self, path: str, /, **form: str) -> str:
        """The continuation token of an answer that has to be no error."""
        return str(self.told(path, **form)["continuation_token"])

    def begun(self, path: str, username: str, **form: str) -> str:
        """Begin; the continuation token."""
        return self.token(path, **{"username": username, "challenge_type": TYPES, **form})

    def challenged(self, path: str, username: str, **form: str) -> str:
        """Begin at ``/start`` or ``/initiate``, and be challenged; the continuation token."""
        begun = self.begun(path, username, **form)
        place = path.rpartition("/")[0]
        return self.token(f"{place}/challenge", continuation_token=begun, challenge_type=TYPES)

    def mails(self, email: str) -> list[Json]:
        """The mails to an address, the newest first."""
        return self.http.get("/-/mails", params={"to": email}).json()["mails"]

    def code(self, email: str) -> str:
        """The passcode in the newest mail to an address."""
        return str(self.mails(email)[0]["code"])

    def proved(self, email: str, **form: str) -> httpx.Response:
        """Begin a sign-up and prove the address; the answer to the passcode."""
        token = self.challenged("signup/v1.0/start", email, **form)
        return self.continued(token, "oob", oob=self.code(email))

    def continued(self, token: str, grant_type: str, **form: str) -> httpx.Response:
        """Go on with a sign-up."""
        return self.ask(
            "signup/v1.0/continue", continuation_token=token, grant_type=grant_type, **form
        )

    def redeemed(self, token: str, grant_type: str, **form: str) -> httpx.Response:
        """Ask for tokens."""
        return self.ask(
            "oauth2/v2.0/token",
            **{
                "continuation_token": token,
                "grant_type": grant_type,
                "scope": SCOPE,
                "client_info": "1",
                **form,
            },
        )


def native_client(graph: Graph, http: httpx.Client, **properties: object) -> Native:
    """Register an application for native authentication, to which consent is given."""
    made = graph.application(**{**ENABLED, **properties})
    principal = graph.made("/servicePrincipals", {"appId": made["appId"]})
    graph.made(
        "/oauth2PermissionGrants",
        {
            "clientId": principal["id"],
            "consentType": "AllPrincipals",
            "resourceId": graph.graph_principal()["id"],
            "scope": SCOPE,
        },
    )
    return Native(graph, http, made["appId"])


def flowing(app: Native, **properties: object) -> Native:
    """Put an application into a new user flow, by default with email, password and the city."""
    in_flow(app.graph, App(app.client_id, ""), **properties)
    return app


def claims(answer: httpx.Response) -> Json:
    """What the ID token of an answer says, which has to be no error."""
    assert answer.status_code == 200, answer.text
    payload = answer.json()["id_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=="))


def native_refused(
    answer: httpx.Response,
    error: str,
    number: int,
    text: str,
    suberror: str = "",
    *,
    status: int = 400,
) -> Json:
    """Check that an answer is Entra's error with this OAuth error, number, text and suberror."""
    body = answer.json()
    found = (answer.status_code, body.get("error"), body.get("suberror", ""))
    assert found == (status, error, suberror), body
    check_body(body, number, text)
    assert answer.headers["x-ms-request-id"] == body["trace_id"]
    return body


def unknown(graph: Graph) -> tuple[str, int, str]:
    """What is said of a username that nobody has."""
    text = (
        f"The user account {{EmailHidden}} does not exist in the {graph.tenant_id} directory. To "
        "sign into this application, the account must be added to the directory."
    )
    return ("user_not_found", 50034, text)


def masked(email: str) -> str:
    """What is told of an address of :func:`customer_browser.address` that a passcode went to."""
    name, _, domain = email.partition("@")
    return f"{name[0]}***{name[-1]}@{domain}"
