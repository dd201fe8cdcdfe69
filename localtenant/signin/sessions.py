"""Sessions: who is signed in in a browser, so that the next application need not ask again.

One cookie stands for all accounts of a browser. Its value is new after each sign-in, so nobody can
plant a value beforehand and use it afterwards.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.entities.applications.credentials import moment
from localtenant.issued import digest, new_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

SESSION_COOKIE = "__Host-session"
_KIND = "session"
_DAY = 86_400
_KEPT = 90 * _DAY


@dataclass(frozen=True)
class Session:
    """An account that is signed in in a browser.

    ``sid`` names the session in tokens, ``auth_time`` is the second of the sign-in, ``methods`` are
    those of the claim ``amr``, and ``clients`` the client IDs that were signed in with it. With
    ``keep`` the browser may be closed in between. ``idp`` is the identity provider by which the
    user signed in, such as ``google.com``, and None for an account of the tenant's own.
    """

    user_id: str
    auth_time: int
    methods: list[str]
    keep: bool
    sid: str = field(default_factory=lambda: str(uuid4()))
    clients: list[str] = field(default_factory=list[str])
    idp: str | None = None

    def is_fresh(self, max_age: int | None) -> bool:
        """Whether the sign-in is at most ``max_age`` seconds old."""
        return max_age is None or time.time() - self.auth_time <= max_age


def accounts(tx: Transaction, cookies: Mapping[str, str]) -> list[Session]:
    """The usable sessions of a browser, the newest first.

    Those of users that were deleted, disabled, or whose sessions were revoked are none.
    """
    browser = cookies.get(SESSION_COOKIE, "")
    kept = tx.issued_to(_KIND, digest(browser)) if browser else []
    found = [Session(**k.doc) for k in kept if not k.is_over]
    usable = [s for s in found if is_valid(tx.get("user", s.user_id), s.auth_time)]
    return sorted(usable, key=lambda s: s.auth_time, reverse=True)


def is_valid(user: Json | None, since: float) -> bool:
    """Whether a user may go on using what he was given at the second ``since``.

    Graph tells the time of a revocation in whole seconds, which for a new account is that of its
    making: what is of the same second goes on.
    """
    if user is None or user["accountEnabled"] is False:
        return False
    limit = user.get("signInSessionsValidFromDateTime")
    return not limit or since >= int(moment(limit).timestamp())


def open_session(tx: Transaction, browser: str, session: Session) -> str:
    """Add a session to a browser, whose cookie's new value this returns.

    The browser's other sessions go along; one of the same account is replaced.
    """
    new = new_value()
    for kept in tx.issued_to(_KIND, digest(browser)) if browser else []:
        tx.drop_issued(_KIND, kept.key)
        other = Session(**kept.doc)
        if other.user_id != session.user_id and not kept.is_over:
            _keep(tx, new, other)
    _keep(tx, new, session)
    return new


def note_client(tx: Transaction, browser: str, session: Session, client_id: str) -> None:
    """Remember that a client was signed in with a session; it begins its time anew."""
    clients = list(dict.fromkeys([*session.clients, client_id]))
    _keep(tx, browser, replace(session, clients=clients))


def close_sessions(tx: Transaction, browser: str, user_ids: set[str]) -> None:
    """Sign accounts of a browser out."""
    for kept in tx.issued_to(_KIND, digest(browser)) if browser else []:
        if kept.doc["user_id"] in user_ids:
            tx.drop_issued(_KIND, kept.key)


def set_session_cookie(answer: Response, value: str, *, keep: bool) -> None:
    """Have the browser hold its sessions, until it is closed or with ``keep`` for 90 days."""
    answer.set_cookie(
        SESSION_COOKIE,
        value,
        max_age=_KEPT if keep else None,
        secure=True,
        httponly=True,
        samesite="lax",
    )


def _keep(tx: Transaction, browser: str, session: Session) -> None:
    owner = digest(browser)
    expires = time.time() + (_KEPT if session.keep else _DAY)
    tx.keep_issued(
        _KIND, f"{owner}:{session.user_id}", asdict(session), owner=owner, expires=expires
    )
