"""How the tenant shows an identity provider that it is the client that is registered there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from customer_browser import address, asking
from federated_errors import CONTACT, nobody
from federating import PROVIDERS, REQUIRED_EMAIL, SECRET, Provider, coming_by, shop_with, social
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from customer_browser import Browse
    from federating import Coming
    from provider_fixture import Offer

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

WITH_SECRET = {
    "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication",
    "clientSecret": SECRET,
}
WITH_KEY = {"@odata.type": "#microsoft.graph.oidcPrivateJwtKeyClientAuthentication"}
NO_SECRET = (
    "There is no client secret of {name}. One that was set in an earlier version of the local "
    "tenant was not kept: set it anew. The method private_key_jwt is not supported."
)


@pytest.fixture
def authenticating(graph: Graph, provider: Provider) -> Iterator[Provider]:
    """Give the provider back the secret that it had."""
    yield provider
    _change(graph, provider, WITH_SECRET)


def _change(graph: Graph, provider: Provider, authentication: Json) -> None:
    """Have the tenant authenticate in another way."""
    body = {
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "clientAuthentication": authentication,
    }
    answer = graph.patch(f"{PROVIDERS}/{provider.key}", body)
    assert answer.status_code == 204, answer.text


def test_secret_that_is_signed_with(coming: Coming) -> None:
    """A provider that wants it gets a token that the secret signs (client_secret_jwt)."""
    coming.provider.publish(token_endpoint_auth_methods_supported=["client_secret_jwt"])

    coming.vouched(email=address())

    form = coming.provider.form
    key = OctKey.import_key(SECRET.encode())
    claims = jwt.decode(form["client_assertion"], key, algorithms=["HS256"]).claims
    assert (claims["iss"], claims["sub"]) == ("shop", "shop")
    assert claims["aud"] == f"{coming.provider.issuer.url}/token"
    assert form["client_assertion_type"].endswith(":jwt-bearer")
    assert "client_secret" not in form


def test_provider_that_takes_what_is_not_safe(coming: Coming) -> None:
    """Entra shows no secret in a header."""
    coming.provider.publish(token_endpoint_auth_methods_supported=["client_secret_basic"])

    browser = coming.vouched(email=address())

    takes = "It takes client_secret_basic, and neither client_secret_post nor client_secret_jwt."
    nobody(browser, 40015, f"{CONTACT} {takes}")
    assert coming.provider.issuer.forms == []


def test_secret_that_is_changed(graph: Graph, authenticating: Provider, coming: Coming) -> None:
    """The new one is shown from then on; Graph gives back neither."""
    _change(graph, authenticating, {**WITH_SECRET, "clientSecret": "newer"})
    assert graph.patch(f"{PROVIDERS}/{authenticating.key}", _named("Contoso 2")).status_code == 204

    coming.vouched(email=address())

    assert coming.provider.form["client_secret"] == "newer"
    assert "newer" not in graph.get(f"{PROVIDERS}/{authenticating.key}").text


def test_provider_without_a_secret(graph: Graph, authenticating: Provider, coming: Coming) -> None:
    """A private key is what the service does not support yet; it takes the secret away."""
    _change(graph, authenticating, WITH_KEY)

    browser = coming.vouched(email=address())

    name = graph.read(f"{PROVIDERS}/{authenticating.key}")["displayName"]
    nobody(browser, 40015, f"{CONTACT} {NO_SECRET.format(name=name)}")


def _named(name: str) -> Json:
    return {"@odata.type": "#microsoft.graph.oidcIdentityProvider", "displayName": name}


StandIn = Callable[[str], None]


@pytest.fixture(scope="module")
def stand_in(graph: Graph, known_provider: Provider, stood_in: list[str]) -> StandIn:
    """Have the provider stand in for others."""

    def put(name: str) -> None:
        stood_in.append(name)
        body = {"name": name, "issuer": known_provider.issuer.url}
        graph.http.put("/-/stand-ins", json=body).raise_for_status()

    return put


@pytest.fixture(scope="module")
def key() -> ECKey:
    """Make a private key as Apple hands it out."""
    return ECKey.generate_key("P-256")


@pytest.fixture(scope="module")
def apple(offer: Offer, stand_in: StandIn, known_provider: Provider, key: ECKey) -> Provider:
    """Know Apple, in whose place the provider stands."""
    body = {
        "@odata.type": "#microsoft.graph.appleManagedIdentityProvider",
        "displayName": "Apple",
        "developerId": "TEAM",
        "serviceId": "com.contoso.shop",
        "keyId": "KEY",
        "certificateData": key.as_pem(private=True).decode(),
    }
    stand_in("apple")
    return Provider(known_provider.issuer, offer(body))


@pytest.fixture
def from_apple(graph: Graph, apple: Provider, browse: Browse) -> Coming:
    """Come, as a customer, to where Apple is asked."""
    apple.publish(response_modes_supported=["query"])
    app = shop_with(graph, apple.key, **asking(REQUIRED_EMAIL))
    return coming_by(browse(app).begin(), apple)


def test_apple_is_shown_a_token_that_its_key_signs(
    graph: Graph, from_apple: Coming, key: ECKey
) -> None:
    """Its first answer says what the customer is called, and no later one does."""
    apple = from_apple.provider
    apple.vouch(from_apple.asked, email=address(), email_verified="true")

    browser = from_apple.back(user='{"name": {"firstName": "Ada", "lastName": "Lovelace"}}')

    claims = browser.who()
    assert graph.read(f"/users/{claims['oid']}")["displayName"] == "Ada Lovelace"
    assert claims["idp"] == "apple.com"
    assert from_apple.asked["response_mode"] == "form_post"
    signed = jwt.decode(apple.form["client_secret"], key, algorithms=["ES256"])
    assert signed.header["kid"] == "KEY"
    assert {n: signed.claims[n] for n in ("iss", "sub", "aud")} == {
        "iss": "TEAM",
        "sub": "com.contoso.shop",
        "aud": "https://appleid.apple.com",
    }


@pytest.mark.parametrize("told", ["", "[]", "{", '{"name": 7}', '{"name": {"firstName": 7}}'])
def test_apple_says_no_name(from_apple: Coming, told: str) -> None:
    """The customer goes without."""
    from_apple.provider.vouch(from_apple.asked, email=address())

    assert from_apple.back(user=told).returned


def test_key_of_apple_that_is_none(graph: Graph, from_apple: Coming, key: ECKey) -> None:
    """It is told what it has to look like."""
    path = f"{PROVIDERS}/{from_apple.provider.key}"
    body = {"@odata.type": "#microsoft.graph.appleManagedIdentityProvider"}
    assert graph.patch(path, {**body, "certificateData": "none"}).status_code == 204

    browser = from_apple.back()

    why = "The private key of Apple is none: a PEM text as in Apple's .p8 file."
    nobody(browser, 40015, f"{CONTACT} {why}")
    graph.patch(path, {**body, "certificateData": key.as_pem(private=True).decode()})


def test_facebook_by_a_stand_in(
    graph: Graph, offer: Offer, stand_in: StandIn, provider: Provider, browse: Browse
) -> None:
    """An address counts as verified without a word of it, and the account is Facebook's."""
    facebook = Provider(provider.issuer, offer(social("Facebook", "4711")))
    stand_in("facebook")
    app = shop_with(graph, facebook.key, **asking(REQUIRED_EMAIL))
    coming = coming_by(browse(app).begin(domain_hint="other"), facebook)

    claims = coming.vouched(sub="1001", email=address(), email_verified=None).who()

    user = graph.read(f"/users/{claims['oid']}?$select=identities")
    assert (claims["idp"], user["identities"][0]["issuer"]) == ("facebook.com", "facebook.com")
    assert coming.asked["client_id"] == "4711"
