"""Browsers that sign in to a tenant inside the test's own process, and what comes of it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from error_texts import check_body, described

from localtenant.signin import completion, interactions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_in_process import Answered
    from signing_in import Application, SignIns
    from starlette.responses import Response

    from localtenant.odata.types import Json

VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)


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
        self,
        answer: Answered,
        user: Json | None = None,
        *,
        keep: bool = False,
        idp: str | None = None,
        methods: Sequence[str] = ("pwd",),
    ) -> Response:
        """Have the user, by default the customer, sign in in the interaction that was begun."""
        tenant = self.signing.caller.tenant
        name = interaction_id(answer)
        with tenant.store.write() as tx:
            found = interactions.load(tx, name, self.cookies)
            key = (user or self.signing.user)["id"]
            made = completion.complete(tenant, tx, found, key, methods=methods, keep=keep, idp=idp)
        self._keep(made.headers.get("set-cookie"))
        return made

    def signed_in(
        self, app: Application, user: Json | None = None, /, **parameters: str | None
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
    said = described(told["error_description"])[0]
    assert (told["error"], said) == (error, f"AADSTS{number}: {text}")
    assert told["error_uri"] == f"https://login.microsoftonline.com/error?code={number}"
    assert told["state"] == "kept"


def refused(answer: Answered, status: int, error: str, number: int, text: str) -> None:
    """Check that the token endpoint's answer is Entra's error."""
    body = answer.body
    assert (answer.status, body["error"]) == (status, error), body
    check_body(body, number, text)
    assert answer.headers["x-ms-request-id"] == body["trace_id"]
