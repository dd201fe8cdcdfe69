"""The keys that sign tokens: how they are published, and how they change."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from localtenant.signin.keys import SigningKey

if TYPE_CHECKING:
    from signing_in import SignIns

    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only


def published(signing: SignIns) -> list[Json]:
    """Read the keys as discovery names them."""
    configuration = signing.caller.ask(
        "GET",
        f"{signing.place}/v2.0/.well-known/openid-configuration",
        query=f"appid={signing.web.client_id}",
    ).body
    path, _, query = configuration["jwks_uri"].removeprefix("https://localhost").partition("?")
    assert query == f"appid={signing.web.client_id}"
    keys = signing.caller.ask("GET", path, query=query).body["keys"]
    assert all(key["issuer"] == configuration["issuer"] for key in keys)
    return keys


def test_key_is_named_by_its_certificate(signing: SignIns) -> None:
    """As in Entra's, ``kid`` is ``x5t`` is the thumbprint of the certificate in ``x5c``."""
    (key,) = published(signing)

    der = base64.b64decode(key["x5c"][0])
    public = x509.load_der_x509_certificate(der).public_key()
    thumbprint = base64.urlsafe_b64encode(hashlib.sha1(der).digest()).decode().rstrip("=")  # noqa: S324 - as RFC 7517 wants
    modulus = int.from_bytes(base64.urlsafe_b64decode(key["n"] + "=="))
    assert key["kid"] == key["x5t"] == thumbprint
    assert isinstance(public, RSAPublicKey)
    assert public.public_numbers().n == modulus
    assert not key.keys() & {"alg", "d", "p", "q", "dp", "dq", "qi"}


def test_keys_rotate(signing: SignIns) -> None:
    """New tokens name a new key; those in use stay valid, for as long as theirs is published."""
    old = signing.tokens(signing.web)["access_token"]
    (first,) = published(signing)

    answer = signing.caller.ask("POST", "/-/keys", headers={"authorization": ""})
    new = signing.tokens(signing.web)["access_token"]

    assert answer.status == 204
    keys = [key["kid"] for key in published(signing)]
    assert [_kid(new), _kid(old)] == keys
    assert keys[1] == first["kid"]
    assert signing.claims(old)["oid"] == signing.claims(new)["oid"]
    with signing.caller.tenant.store.read() as tx:
        assert SigningKey.of(tx).claims(old)
    for _ in range(3):
        signing.caller.ask("POST", "/-/keys", headers={"authorization": ""})
    assert len(published(signing)) == 3
    assert signing.caller.tenant.key.claims(old) is None


def _kid(token: str) -> str:
    header = token.partition(".")[0]
    return json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]
