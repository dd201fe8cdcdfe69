"""Continuation tokens: what a client has come to, and which endpoints lead on from there.

Source: "Native authentication API reference", "Continuation token". A token says nothing; what is
kept of it is its digest. It belongs to one client, leads to named endpoints, lives ten minutes, and
is used up by the step that it leads to. A step that fails leaves it, so that it can be tried again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from localtenant.issued import digest, new_value
from localtenant.native import errors

if TYPE_CHECKING:
    from localtenant.native.steps import Turn
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

LIFETIME = 600
"""Seconds, the most that the reference allows."""

_KIND = "continuation token"


class Place(StrEnum):
    """Where a continuation token may be used."""

    SIGN_UP_CHALLENGE = "signup/challenge"
    SIGN_UP_CONTINUE = "signup/continue"
    SIGN_IN_CHALLENGE = "signin/challenge"
    INTROSPECT = "signin/introspect"
    SIGN_IN_TOKEN = "signin/token"  # noqa: S105 - the name of an endpoint
    RESET_CHALLENGE = "resetpassword/challenge"
    RESET_CONTINUE = "resetpassword/continue"
    RESET_SUBMIT = "resetpassword/submit"
    RESET_POLL = "resetpassword/poll_completion"
    REDEEM = "token"


_BY_GRANT = (Place.SIGN_UP_CHALLENGE, Place.SIGN_IN_CHALLENGE, Place.SIGN_IN_TOKEN, Place.REDEEM)
"""Where a token that is none is an ``invalid_grant``; elsewhere it is an ``invalid_request``."""


@dataclass(frozen=True)
class Continuation:
    """A token that was found: what is known by now, in ``data``."""

    key: str
    client_id: str
    places: list[str]
    data: Json
    expires: float

    def keep(self, tx: Transaction) -> None:
        """Remember what a step has taught that failed."""
        doc = {"client_id": self.client_id, "places": self.places, "data": self.data}
        tx.keep_issued(_KIND, self.key, doc, owner=self.client_id, expires=self.expires)

    def use(self, tx: Transaction) -> None:
        """Use the token up."""
        tx.drop_issued(_KIND, self.key)

    def follow(self, tx: Transaction, *places: Place) -> str:
        """Use the token up; the one that takes its place, for what is known now."""
        self.use(tx)
        return issue(tx, self.client_id, self.data, *places)


def issue(tx: Transaction, client_id: str, data: Json, *places: Place) -> str:
    """A new token for a client."""
    value = new_value()
    made = Continuation(digest(value), client_id, list(places), data, time.time() + LIFETIME)
    made.keep(tx)
    return value


def find(turn: Turn, place: Place) -> Continuation:
    """The token of a request to one of the places. Raises SignInError."""
    kept = turn.tx.issued(_KIND, digest(turn.needed("continuation_token")))
    if kept is None or kept.doc["client_id"] != turn.client_id:
        raise errors.token_invalid("invalid_grant" if place in _BY_GRANT else "invalid_request")
    if place not in kept.doc["places"]:
        raise errors.token_of_other_step()
    if kept.is_over:
        raise errors.token_expired()
    return Continuation(
        kept.key, turn.client_id, kept.doc["places"], kept.doc["data"], kept.expires
    )
