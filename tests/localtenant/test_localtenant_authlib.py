"""Authlib, unmodified, signs customers in: an OpenID Connect client of another family than MSAL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import pytest
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749.errors import MismatchingStateException
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from customer_browser import PASSWORD, App, address, application, customer
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidClaimError
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from customer_browser import Browse

    from localtenant.testing import Ready
    from localtenant.testing_client import Graph

pytestmark = [pytest.mark.local_only, pytest.mark.usefixtures("shell")]


@dataclass
class SignIn:
    """A sign-in that Authlib began, and what came of it."""

    client: Any
    provider: Any
    nonce: str
    verifier: str
    answer: str
    email: str

    def redeemed(self, **more: str) -> dict[str, Any]:
        """Have Authlib redeem the code."""
        return self.client.fetch_token(
            self.provider["token_endpoint"],
            authorization_response=self.answer,
            code_verifier=self.verifier,
            **more,
        )

    def id_token(self, token: str, nonce: str | None) -> Any:
        """Have Authlib check an ID token, with the keys that discovery names."""
        keys = self.client.get(self.provider["jwks_uri"], withhold_token=True).json()
        decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=["RS256"])
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.provider["issuer"]},
                "aud": {"essential": True, "value": self.client.client_id},
            },
            {"nonce": nonce} if nonce else {},
        )
        claims.validate()
        return claims


@pytest.fixture(scope="module")
def shop(graph: Graph) -> App:
    """Make a web application."""
    return application(graph)


@pytest.fixture
def signed_in(ready: Ready, graph: Graph, shop: App, browse: Browse) -> SignIn:
    """Have Authlib begin a sign-in, from discovery on, and a customer go through with it."""
    client = cast("Any", OAuth2Session)(
        shop.client_id,
        shop.secret,
        scope="openid profile email offline_access",
        redirect_uri=shop.redirect_uri,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post",
    )
    issuer = f"{ready.url}/{ready.tenantId}/v2.0"
    document = client.get(get_well_known_url(issuer, external=True), withhold_token=True)
    provider = OpenIDProviderMetadata(document.json())
    # Not all of it: Entra, too, leaves the algorithms of assertions out, which Authlib wants.
    provider.validate_issuer()
    provider.validate_jwks_uri()
    nonce, verifier = uuid4().hex, generate_token(48)
    url, _ = client.create_authorization_url(
        provider["authorization_endpoint"], nonce=nonce, code_verifier=verifier
    )
    email = address()
    customer(graph, email)
    browser = browse(shop).open(url.removeprefix(graph.url))
    browser.send(email=email).send(password=PASSWORD).send(keep="no")
    return SignIn(client, provider, nonce, verifier, browser.answer.headers["location"], email)


def test_customer_signs_in(signed_in: SignIn) -> None:
    """Discovery, code, proof key, ID token with nonce, userinfo, and a renewal."""
    token = signed_in.redeemed()
    claims = signed_in.id_token(token["id_token"], signed_in.nonce)

    renewed = signed_in.client.refresh_token(signed_in.provider["token_endpoint"])
    told = signed_in.client.get(signed_in.provider["userinfo_endpoint"]).json()

    assert claims["email"] == signed_in.email
    assert told["sub"]
    assert told["email"] == signed_in.email
    assert signed_in.id_token(renewed["id_token"], None)["sub"] == claims["sub"]


def test_answer_to_another_sign_in(signed_in: SignIn) -> None:
    """Authlib refuses a state or a nonce that it has not made."""
    token = signed_in.redeemed()

    with pytest.raises(InvalidClaimError, match="nonce"):
        signed_in.id_token(token["id_token"], "another")
    with pytest.raises(MismatchingStateException):
        signed_in.redeemed(state="another")


def test_token_that_somebody_changed(signed_in: SignIn) -> None:
    """The signature is checked with the published keys."""
    header, payload, signature = signed_in.redeemed()["id_token"].split(".")

    with pytest.raises(BadSignatureError):
        signed_in.id_token(f"{header}.{payload}.{signature[::-1]}", signed_in.nonce)


def test_refusal_reaches_the_application(signed_in: SignIn) -> None:
    """Authlib hands on what Entra says."""
    signed_in.verifier = generate_token(48)

    with pytest.raises(OAuthError, match="AADSTS501481"):
        signed_in.redeemed()
