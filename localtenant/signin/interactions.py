"""Interactions: one conversation of one browser with the pages, from authorize to its end.

The ID in the address names an interaction; that it is this browser's says a cookie whose digest the
interaction keeps. So an address that was passed on, or a form of another site, does nothing.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from localtenant.issued import digest, new_value
from localtenant.signin.authorization import AuthorizationRequest
from localtenant.signin.sessions import SESSION_COOKIE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

INTERACTION_COOKIE = "__Host-interaction"
LIFETIME = 3600
"""Seconds."""

_KIND = "interaction"


class InteractionError(Exception):
    """There is no such interaction of this browser, or its time is over."""


@dataclass(frozen=True)
class Interaction:
    """What an application asks, and in ``data`` what the pages have learned so far.

    ``browser`` is the value of the browser's interaction cookie, ``session`` that of its session
    cookie, empty if it has none; neither is kept.
    """

    id: str
    request: AuthorizationRequest
    expires: float
    data: Json = field(default_factory=dict[str, object])
    browser: str = field(default="", repr=False)
    session: str = field(default="", repr=False)

    def set_cookie(self, answer: Response) -> None:
        """Have an answer tie the interaction to the browser."""
        answer.set_cookie(
            INTERACTION_COOKIE, self.browser, secure=True, httponly=True, samesite="lax"
        )


def begin(
    tx: Transaction,
    request: AuthorizationRequest,
    cookies: Mapping[str, str],
    known: Json | None = None,
) -> Interaction:
    """Begin an interaction, of which ``known`` is what the pages need not learn any more.

    Its cookie has yet to be set on the answer. A browser that is in another interaction, in another
    tab, keeps the value of its cookie.
    """
    browser = cookies.get(INTERACTION_COOKIE, "")
    made = Interaction(
        id=new_value(),
        request=request,
        expires=time.time() + LIFETIME,
        data=known or {},
        browser=browser if len(browser) == len(new_value()) else new_value(),
        session=cookies.get(SESSION_COOKIE, ""),
    )
    update(tx, made)
    return made


def load(tx: Transaction, interaction_id: str, cookies: Mapping[str, str]) -> Interaction:
    """The interaction with an ID, if the browser with these cookies began it.

    Raises InteractionError.
    """
    kept = tx.issued(_KIND, digest(interaction_id))
    browser = cookies.get(INTERACTION_COOKIE, "")
    if kept is None or kept.is_over:
        raise InteractionError
    if not hmac.compare_digest(kept.doc["browser"], digest(browser)):
        raise InteractionError
    return Interaction(
        id=interaction_id,
        request=AuthorizationRequest.of(kept.doc["request"]),
        expires=kept.expires,
        data=kept.doc["data"],
        browser=browser,
        session=cookies.get(SESSION_COOKIE, ""),
    )


def update(tx: Transaction, interaction: Interaction) -> None:
    """Keep what an interaction's ``data`` has become."""
    browser = digest(interaction.browser)
    doc = {
        "request": interaction.request.json,
        "data": interaction.data,
        "browser": browser,
    }
    key = digest(interaction.id)
    tx.keep_issued(_KIND, key, doc, owner=browser, expires=interaction.expires)


def end(tx: Transaction, interaction_id: str) -> None:
    """End an interaction: its address does nothing from now on."""
    tx.drop_issued(_KIND, digest(interaction_id))
