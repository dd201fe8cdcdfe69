"""Sign-ins that were begun on the tenant's own page: each is one browser's, and for one time.

They are in memory, with the tokens that came of them, and gone with the process.
"""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from localtenant.issued import digest, new_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.signin.errors import SignInError

LIFETIME = 3600
"""Seconds."""
KEPT = 100


@dataclass(frozen=True)
class Trial:
    """A sign-in that waits for its answer.

    ``state`` names it, ``browser`` is the digest of the cookie of who began it. ``place`` is the
    tenant's page for the answer, ``sent`` what the application itself would have sent.
    """

    client_id: str
    browser: str
    place: str
    sent: dict[str, str]
    verifier: str = field(repr=False)
    state: str = field(repr=False)
    nonce: str
    began: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: what was sent to which endpoint, and each answer.

    ``told`` is what came to the redirect URI, ``redeemed`` the token endpoint's answer. ``error``
    is what the tenant refused, with no answer to show.
    """

    client_id: str
    browser: str
    sent: Mapping[str, str]
    nonce: str = ""
    told: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    asked: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    redeemed: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    error: SignInError | None = None
    came: float = field(default_factory=time.time)


class Trials:
    """The trials that wait, and the outcomes that may be looked at."""

    def __init__(self) -> None:
        """Have none."""
        self._waiting: OrderedDict[str, Trial] = OrderedDict()
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()

    def wait_for(self, trial: Trial) -> None:
        """Remember a trial until its answer comes."""
        _add(self._waiting, trial.state, trial)

    def take(self, state: str, browser: str) -> Trial | None:
        """The trial of a state, if this browser began it and no answer has come yet."""
        trial = self._waiting.get(state)
        if trial is None or not hmac.compare_digest(trial.browser, digest(browser)):
            return None
        del self._waiting[state]
        return trial if time.time() - trial.began <= LIFETIME else None

    def keep(self, outcome: Outcome) -> str:
        """Keep an outcome; the name by which its browser finds it."""
        name = new_value()
        _add(self._outcomes, name, outcome)
        return name

    def outcome(self, name: str, browser: str) -> Outcome | None:
        """The outcome of a name, if it is this browser's."""
        found = self._outcomes.get(name)
        if found is None or time.time() - found.came > LIFETIME:
            return None
        return found if hmac.compare_digest(found.browser, digest(browser)) else None


def _add(kept: OrderedDict[str, Any], name: str, one: object) -> None:
    kept[name] = one
    while len(kept) > KEPT:
        kept.popitem(last=False)
