"""Grants for users by clients that prove who they are by a certificate or a workload's token."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from client_certificates import ClientCertificate, base64url
from joserfc.jwk import KeySet, RSAKey
from signing_browser import Browser, returned
from signing_in import consent, graph_principal
from token_issuer import AUDIENCE, SUBJECT, TokenIssuer
from token_requests import JWT_BEARER

from localtenant.signin.issuers import Issuers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph_in_process import Answered
    from signing_in import Application, SignIns

pytestmark = pytest.mark.local_only

ISSUER = "https://ci.example"


@dataclass(frozen=True)
class Means:
    """Makes assertions that prove who an application is, and ones that prove nothing.

    ``number`` is Entra's of what is said of the latter.
    """

    right: Callable[[Application], str]
    wrong: Callable[[Application], str]
    number: int


def by_certificate(signing: SignIns) -> Means:
    """Have the web application and the API hold a certificate; the wrong one is another's."""
    held, other = ClientCertificate.made(), ClientCertificate.made()
    for app in (signing.web, signing.api):
        body = {"keyCredentials": [held.credential()]}
        signing.changed(f"/applications/{app.id}", body)

    def signed(app: Application, by: ClientCertificate) -> str:
        now, tenant = int(time.time()), signing.caller.tenant
        claims = {
            "aud": f"{tenant.url}/{tenant.tenant_id}/oauth2/v2.0/token",
            "iss": app.client_id,
            "sub": app.client_id,
            "jti": str(uuid4()),
            "nbf": now,
            "exp": now + 600,
        }
        header = {"alg": "PS256", "typ": "JWT", "x5t#S256": base64url(by.sha256)}
        return by.signed(header, claims)

    return Means(lambda app: signed(app, held), lambda app: signed(app, other), 700027)


def by_issuer(signing: SignIns) -> Means:
    """Have both trust a workload's tokens; the wrong one is signed by who is not its issuer."""
    key = RSAKey.generate_key(2048, auto_kid=True)
    issuer, impostor = (TokenIssuer(ISSUER, k) for k in (key, RSAKey.generate_key(2048)))
    record = {"name": "ci", "issuer": ISSUER, "audiences": [AUDIENCE], "subject": SUBJECT}
    for app in (signing.web, signing.api):
        signing.made(f"/applications/{app.id}/federatedIdentityCredentials", record)
    keys = KeySet.import_key_set({"keys": [key.as_dict(private=False)]})
    trusted = replace(signing.caller.tenant, issuers=Issuers(given={ISSUER: keys}))
    signing.caller.app.state.tenant = trusted
    named = {"kid": key.kid}
    return Means(lambda _: issuer.token(), lambda _: impostor.token(named), 700027)


@pytest.fixture(scope="module", params=[by_certificate, by_issuer])
def means(request: pytest.FixtureRequest, signing: SignIns) -> Iterator[Means]:
    """Prove by a certificate, and by another issuer's token."""
    tenant = signing.caller.tenant
    yield request.param(signing)
    signing.caller.app.state.tenant = tenant


def asserted(assertion: str) -> dict[str, str]:
    """What a form has in the place of a secret."""
    return {
        "client_secret": "",
        "client_assertion": assertion,
        "client_assertion_type": JWT_BEARER,
    }


def check(signing: SignIns, means: Means, ask: Callable[[str], Answered], app: Application) -> str:
    """Check that a wrong assertion is refused and spends nothing, and the right one does."""
    refusal = ask(means.wrong(app))
    answer = ask(means.right(app))

    assert (refusal.status, refusal.body["error"]) == (401, "invalid_client")
    assert refusal.body["error_codes"] == [means.number]
    assert answer.status == 200, answer.body
    claims = signing.claims(answer.body["access_token"])
    assert claims["oid"] == signing.user["id"]
    assert claims.get("azpacr", claims.get("appidacr")) == "2"
    assert claims.get("azp", claims.get("appid")) == app.client_id
    return answer.body["access_token"]


def test_code(signing: SignIns, means: Means) -> None:
    """It is redeemed once, and by who can prove who he is."""
    code = signing.code(signing.web)

    def ask(assertion: str) -> Answered:
        return signing.redeem(signing.web, code, **asserted(assertion))

    check(signing, means, ask, signing.web)
    again = ask(means.right(signing.web))
    assert again.body["error_codes"] == [54005]


def test_refresh_token(signing: SignIns, means: Means) -> None:
    """One that was given for a secret is used with an assertion."""
    token = signing.tokens(signing.web)["refresh_token"]

    def ask(assertion: str) -> Answered:
        return signing.refreshed(signing.web, token, **asserted(assertion))

    check(signing, means, ask, signing.web)


def on_behalf_of(signing: SignIns, users: str, assertion: str) -> Answered:
    """Ask, as the API, for a token for Graph on behalf of a user."""
    return signing.token(
        grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer",
        client_id=signing.api.client_id,
        assertion=users,
        requested_token_use="on_behalf_of",
        scope="https://graph.microsoft.com/openid",
        **asserted(assertion),
    )


def test_on_behalf_of(signing: SignIns, means: Means) -> None:
    """Here the form has two assertions: one of the user, and one of the API itself."""
    users = signing.tokens(signing.web)["access_token"]
    granted = consent(signing, signing.api, graph_principal(signing), "openid")

    def ask(assertion: str) -> Answered:
        return on_behalf_of(signing, users, assertion)

    check(signing, means, ask, signing.api)
    signing.caller.ask("DELETE", f"/v1.0/oauth2PermissionGrants/{granted['id']}")


def test_assertion_of_another_application(signing: SignIns) -> None:
    """A certificate proves who one is, not who one would like to be."""
    by = by_certificate(signing)
    code = signing.code(signing.web)

    answer = signing.redeem(signing.web, code, **asserted(by.right(signing.api)))

    assert (answer.status, answer.body["error_codes"]) == (401, [700021])


def test_public_client_has_no_assertion(signing: SignIns) -> None:
    """What a native application or a page could prove, everybody could."""
    by = by_certificate(signing)
    code = signing.code(signing.native)

    answer = signing.redeem(signing.native, code, **asserted(by.right(signing.native)))

    assert (answer.status, answer.body["error_codes"]) == (401, [700025])


def test_identity_provider_is_handed_on(signing: SignIns, means: Means) -> None:
    """Whoever acts for a user says by which provider he came."""
    browser = Browser(signing)
    answer = browser.complete(browser.authorize(signing.web), idp="google.com")
    users = signing.redeem(signing.web, returned(answer)["code"]).body["access_token"]
    granted = consent(signing, signing.api, graph_principal(signing), "openid")

    body = on_behalf_of(signing, users, means.right(signing.api)).body
    signing.caller.ask("DELETE", f"/v1.0/oauth2PermissionGrants/{granted['id']}")

    assert signing.claims(body["access_token"])["idp"] == "google.com"
