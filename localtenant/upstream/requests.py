"""Requests to providers that customers have gone to: whose each is, and what its answer must hold.

A request is kept under the digest of its ``state``. It names the interaction, which the answer is
to be found by and which the browser's own cookie opens: a state alone does nothing.
"""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from localtenant.issued import digest, new_value

if TYPE_CHECKING:
    from localtenant.signin.authorization import AuthorizationRequest
    from localtenant.transaction import Transaction
    from localtenant.upstream.metadata import Metadata
    from localtenant.upstream.providers import Provider

_KIND = "provider-request"
_LIFETIME = 3600
"""Seconds."""


@dataclass(frozen=True)
class Asked:
    """A request to a provider: by which interaction, and what has to come back with the answer.

    ``answer`` is the one that the provider has posted, if it has posted any.
    """

    interaction: str
    provider: str
    redirect_uri: str
    nonce: str
    verifier: str
    answer: dict[str, str] | None = None


def ask(tx: Transaction, interaction: str, provider: str, redirect_uri: str) -> tuple[str, Asked]:
    """Keep a new request; its ``state``, and the request."""
    state = new_value()
    asked = Asked(interaction, provider, redirect_uri, new_value(), new_value())
    expires = time.time() + _LIFETIME
    tx.keep_issued(_KIND, digest(state), asdict(asked), owner=digest(interaction), expires=expires)
    return state, asked


def keep_answer(tx: Transaction, state: str, answer: dict[str, str]) -> None:
    """Keep what a provider has posted until the browser comes for it; the first answer counts."""
    kept = tx.issued(_KIND, digest(state))
    if kept is None or kept.is_over or kept.doc["answer"] is not None:
        return
    doc = {**kept.doc, "answer": answer}
    owner = digest(kept.doc["interaction"])
    tx.keep_issued(_KIND, kept.key, doc, owner=owner, expires=kept.expires)


def answered(tx: Transaction, state: str) -> Asked | None:
    """The request with a ``state``, which nobody can answer again; None if there is none."""
    kept = tx.issued(_KIND, digest(state))
    if kept is None or kept.is_over:
        return None
    tx.drop_issued(_KIND, digest(state))
    return Asked(**kept.doc)


def address(
    provider: Provider,
    found: Metadata,
    state: str,
    asked: Asked,
    application: AuthorizationRequest,
) -> str:
    """Where the browser is sent to ask a provider (OpenID Connect Core, 3.1.2.1).

    What the application has said of its customer goes along: a hint, and that he is asked anew.
    Entra was seen to have answers posted; Apple posts them only.
    """
    fields = {
        "client_id": provider.client_id,
        "response_type": "code",
        "redirect_uri": asked.redirect_uri,
        "scope": provider.scope,
        "state": state,
        "nonce": asked.nonce,
    }
    if found.posts_answers or provider.kind == "apple":
        fields["response_mode"] = "form_post"
    if found.hashes_verifier:
        hashed = hashlib.sha256(asked.verifier.encode()).digest()
        fields["code_challenge"] = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
        fields["code_challenge_method"] = "S256"
    if application.login_hint:
        fields["login_hint"] = application.login_hint
    if application.prompt in {"login", "select_account"}:
        fields["prompt"] = application.prompt
    endpoint = found.authorization_endpoint
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(fields)}"
