"""What a provider says of itself, and the keys it signs with (OpenID Connect Discovery)."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from localtenant.odata.types import is_array
from localtenant.signin import outbound
from localtenant.signin.issuers import key_set
from localtenant.signin.json_objects import json_object

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

    from localtenant.odata.types import Json
    from localtenant.signin.issuers import Issuers
    from localtenant.upstream.providers import Provider

SECONDS_A_REQUEST = 5


@dataclass(frozen=True)
class Metadata:
    """A provider's addresses and abilities; every address is on this machine."""

    authorization_endpoint: str
    token_endpoint: str
    keys: str
    posts_answers: bool
    hashes_verifier: bool
    authentication: tuple[str, ...]


def read(provider: Provider, issuers: Issuers) -> Metadata:
    """Ask a provider what it is. Raises OSError, HTTPException and ValueError."""
    document = json_object(_get(provider.well_known, trust_of(provider, issuers)))
    if document.get("issuer") != provider.signer:
        message = f"its discovery document is of the issuer '{document.get('issuer')}'"
        raise ValueError(message)
    methods = _texts(document, "code_challenge_methods_supported")
    return Metadata(
        authorization_endpoint=_address(document, "authorization_endpoint"),
        token_endpoint=_address(document, "token_endpoint"),
        keys=_address(document, "jwks_uri"),
        posts_answers="form_post" in _texts(document, "response_modes_supported"),
        # Entra itself takes PKCE and does not say so; who does not know it passes over it.
        hashes_verifier=not methods or "S256" in methods,
        authentication=_texts(document, "token_endpoint_auth_methods_supported"),
    )


def keys(provider: Provider, found: Metadata, issuers: Issuers) -> KeySet:
    """The keys with which a provider signs. Raises OSError, HTTPException and ValueError."""
    return key_set(_get(found.keys, trust_of(provider, issuers)))


def trust_of(provider: Provider, issuers: Issuers) -> ssl.SSLContext:
    """Whose certificates are believed to be the provider's."""
    return _believing(provider.trust) if provider.trust else issuers.context


@lru_cache(maxsize=16)
def _believing(pem: str) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=pem)


def _get(url: str, trust: ssl.SSLContext) -> bytes:
    status, body = outbound.get(url, trust, SECONDS_A_REQUEST)
    if status != HTTPStatus.OK:
        message = f"{url} answered with status {status}"
        raise ValueError(message)
    return body


def _address(document: Json, name: str) -> str:
    found: object = document.get(name)
    if not isinstance(found, str) or not found:
        message = f"its discovery document has no '{name}'"
        raise ValueError(message)
    outbound.check(found)
    return found


def _texts(document: Json, name: str) -> tuple[str, ...]:
    found: object = document.get(name)
    return tuple(str(one) for one in found) if is_array(found) else ()
