"""The keys of other issuers of tokens: of those on this machine, and of those given by a file.

An issuer on this machine is asked as OpenID Connect Discovery says, anew at each sign-in. No other
is: nothing that the local tenant does leaves the machine.
"""

from __future__ import annotations

import asyncio
import ssl
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from localtenant.errors import LocalTenantError
from localtenant.signin import assertion_errors, outbound
from localtenant.signin.json_objects import json_object
from localtenant.signin.outbound import ElsewhereError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SECONDS_A_REQUEST = 2
_SECONDS = 5
_DISCOVERY = "/.well-known/openid-configuration"


class IssuerError(LocalTenantError):
    """``--issuer`` names something that is no issuer or no set of keys; the text is for a user."""


class Issuers:
    """Where the keys of an issuer come from."""

    def __init__(
        self, trust: Path | None = None, given: Mapping[str, KeySet] | None = None
    ) -> None:
        """Trust the authorities of the PEM file ``trust``; ``given`` are keys by issuer."""
        self._trust = trust
        self._given = given or {}

    async def keys(self, issuer: str) -> KeySet:
        """The public keys of an issuer. Raises SignInError."""
        if issuer in self._given:
            return self._given[issuer]
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._fetch, issuer), _SECONDS)
        except TimeoutError as error:
            why = f"{issuer} took too long to answer."
            raise assertion_errors.issuer_unreachable(why) from error
        except (OSError, HTTPException, ValueError) as error:
            raise assertion_errors.issuer_unreachable(f"{issuer}: {error}.") from error

    def _fetch(self, issuer: str) -> KeySet:
        document = json_object(self._get(issuer.rstrip("/") + _DISCOVERY))
        if document.get("issuer") != issuer:
            message = f"its discovery document is of the issuer '{document.get('issuer')}'"
            raise ValueError(message)
        return key_set(self._get(str(document.get("jwks_uri", ""))))

    def _get(self, url: str) -> bytes:
        try:
            status, body = outbound.get(url, self.context, _SECONDS_A_REQUEST)
        except ElsewhereError as error:
            message = (
                f"the local tenant asks no issuer but those on this machine, by https, and not "
                f"'{url}'. Give an issuer's public keys with --issuer URL=JWKS_FILE"
            )
            raise ValueError(message) from error
        if status != HTTPStatus.OK:
            message = f"{url} answered with status {status}"
            raise ValueError(message)
        return body

    @cached_property
    def context(self) -> ssl.SSLContext:
        """Whose certificates are believed."""
        return ssl.create_default_context(cafile=self._trust)


def given_keys(texts: Iterable[str]) -> dict[str, KeySet]:
    """What the options ``--issuer URL=JWKS_FILE`` say. Raises IssuerError."""
    given: dict[str, KeySet] = {}
    for text in texts:
        issuer, _, name = text.rpartition("=")
        if not issuer.startswith("https://") or not name:
            message = f"--issuer wants URL=JWKS_FILE with an https URL, not '{text}'."
            raise IssuerError(message)
        try:
            given[issuer] = key_set(Path(name).read_bytes())
        except OSError as error:
            message = f"The keys {name} of --issuer cannot be read: {error.strerror}."
            raise IssuerError(message) from error
        except ValueError as error:
            message = f"The file {name} of --issuer is wrong: {error}."
            raise IssuerError(message) from error
    return given


def key_set(raw: bytes) -> KeySet:
    """A JSON Web Key Set (RFC 7517), parsed. Raises ValueError."""
    try:
        return KeySet.import_key_set(json_object(raw))  # type: ignore[arg-type] - checked by the import
    except (JoseError, KeyError, TypeError, AttributeError) as error:
        message = "it holds no JSON Web Key Set"
        raise ValueError(message) from error
