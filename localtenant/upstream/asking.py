"""Asking a provider itself: what it is, and for the ID token behind a code.

Every request is made beside the event loop, and outside of any transaction.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, TypeVar

from localtenant.signin import outbound
from localtenant.signin.json_objects import json_object
from localtenant.signin.outbound import ElsewhereError
from localtenant.upstream import client_secrets, errors, id_tokens, metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from joserfc.jwk import KeySet

    from localtenant.odata.types import Json
    from localtenant.signin.issuers import Issuers
    from localtenant.upstream.metadata import Metadata
    from localtenant.upstream.providers import Provider
    from localtenant.upstream.requests import Asked

_SECONDS = 15
_T = TypeVar("_T")


async def found(provider: Provider, issuers: Issuers) -> Metadata:
    """What a provider says of itself. Raises SignInError, and ElsewhereError."""
    return await _answer(provider, lambda: metadata.read(provider, issuers))


async def identified(provider: Provider, issuers: Issuers, asked: Asked, code: str) -> Json:
    """The claims about who has signed in at a provider. Raises SignInError, and ElsewhereError."""

    def redeem() -> tuple[str, KeySet]:
        known = metadata.read(provider, issuers)
        return _redeemed(provider, known, issuers, asked, code), metadata.keys(
            provider, known, issuers
        )

    token, keys = await _answer(provider, redeem)
    return id_tokens.checked(token, keys, provider, asked.nonce)


async def _answer(provider: Provider, ask: Callable[[], _T]) -> _T:
    try:
        return await asyncio.wait_for(asyncio.to_thread(ask), _SECONDS)
    except TimeoutError as error:
        raise errors.unreachable(f"{provider.signer} took too long to answer.") from error
    except ElsewhereError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise errors.unreachable(f"{provider.signer}: {error}.") from error


def _redeemed(
    provider: Provider, known: Metadata, issuers: Issuers, asked: Asked, code: str
) -> str:
    """The ID token for a code (OpenID Connect Core, 3.1.3)."""
    form = {
        **client_secrets.fields(provider, known),
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.redirect_uri,
    }
    if known.hashes_verifier:
        form["code_verifier"] = asked.verifier
    trust = metadata.trust_of(provider, issuers)
    status, raw = outbound.post(known.token_endpoint, form, trust, metadata.SECONDS_A_REQUEST)
    try:
        answer = json_object(raw)
    except ValueError as error:
        why = f"Its token endpoint answered with status {status}: {error}."
        raise errors.code_refused(why) from error
    if status != HTTPStatus.OK:
        said = f"{answer.get('error')}: {answer.get('error_description')}"
        raise errors.code_refused(f"Its token endpoint answered with status {status}: {said}")
    token: object = answer.get("id_token")
    if not isinstance(token, str):
        raise errors.code_refused("Its token endpoint answered without an ID token.")
    return token
