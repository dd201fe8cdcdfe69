"""Conditional Access at the sign-in of a user: which policies apply, and what they demand.

Source: the Graph resource pages "conditionalAccessPolicy" and those of its conditions, "Building a
Conditional Access policy" in Microsoft Entra's documentation, and "Add multifactor authentication
to a customer app" in that of external tenants. Exclusions go before inclusions; of several policies
all count, and ``block`` counts first.

A policy names applications: the client, and each API of which it asks for scopes. That a client
alone can be named, even one of a platform without a secret, and that Microsoft Graph's own scopes
for signing in are no such API, is our own choice.

Not known here, so that it is as if nothing of the kind were there: risk is ``none``, the browser is
in none of the named locations, nobody has a directory role. A policy that names risks, places or
roles applies accordingly. One with a condition of which this tenant knows nothing, such as the
device, or with a grant control other than ``block`` and ``mfa``, demands nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from localtenant.entities.conditional_access.external_tenant import BEYOND, says_something
from localtenant.entities.conditional_access.policy_type import ENABLED, POLICY
from localtenant.entities.people.memberships import groups_of
from localtenant.odata.types import child
from localtenant.signin.authorization import PUBLIC
from localtenant.signin.second_factor import PROVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

BLOCK, FACTOR = "block", "mfa"
"""The grant controls that count."""

_REPORTED = "enabledForReportingButNotEnforced"
_RISKS = ("signInRiskLevels", "userRiskLevels")


@dataclass(frozen=True)
class Attempt:
    """A sign-in as policies see it.

    ``applications`` are client IDs: the client's, and those of the APIs that it asks for.
    ``methods`` are those of the claim ``amr``, by which the user has proved who he is.
    """

    tx: Transaction
    user: Json
    applications: frozenset[str]
    platform: str
    methods: tuple[str, ...]

    @cached_property
    def groups(self) -> set[str]:
        """The groups of which the user is a member, directly or through others."""
        return {g["id"] for g in groups_of(self.tx, self.user["id"])}

    @property
    def is_guest(self) -> bool:
        """Whether the user is a guest, of this tenant's own making as all are here."""
        return self.user["userType"] == "Guest"

    @property
    def kind_of_client(self) -> str:
        """What ``clientAppTypes`` calls the client."""
        return "mobileAppsAndDesktopClients" if self.platform == PUBLIC else "browser"


@dataclass(frozen=True)
class Applied:
    """A policy and what it made of a sign-in: ``appliedConditionalAccessPolicyResult`` of Graph."""

    policy: Json
    result: str

    @property
    def controls(self) -> list[str]:
        """Its grant controls."""
        return list(child(self.policy, "grantControls").get("builtInControls") or ())


@dataclass(frozen=True)
class Verdict:
    """What all policies together made of a sign-in."""

    applied: tuple[Applied, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether it is refused, whatever else the user proves."""
        return any(a.result == "failure" and BLOCK in a.controls for a in self.applied)

    @property
    def demands_factor(self) -> bool:
        """Whether a second factor is missing."""
        return any(a.result == "failure" and FACTOR in a.controls for a in self.applied)

    @property
    def enforced(self) -> list[str]:
        """The IDs of the policies because of which it does not go on."""
        return [a.policy["id"] for a in self.applied if a.result == "failure"]


def decide(attempt: Attempt) -> Verdict:
    """Hold a sign-in against the tenant's policies, of which there are few."""
    policies = (row.doc for row in attempt.tx.find(POLICY.filed_as))
    return Verdict(tuple(Applied(p, _result(attempt, p)) for p in policies))


def _result(attempt: Attempt, policy: Json) -> str:
    state = policy["state"]
    if state not in {ENABLED, _REPORTED}:
        return "notEnabled"
    result = _outcome(attempt, policy)
    if state == ENABLED:
        return "failure" if result == "interrupted" else result
    return f"reportOnly{result[0].upper()}{result[1:]}"


def _outcome(attempt: Attempt, policy: Json) -> str:
    """What comes of a policy; ``interrupted`` if the user can still do what it demands."""
    controls = child(policy, "grantControls").get("builtInControls") or ()
    if not {BLOCK, FACTOR} & set(controls) or not _applies(attempt, policy["conditions"]):
        return "notApplied"
    if BLOCK in controls:
        return "failure"
    return "success" if PROVED in attempt.methods else "interrupted"


def _applies(attempt: Attempt, conditions: Json) -> bool:
    locations = child(conditions, "locations")
    risks = (conditions[name] for name in _RISKS)
    return (
        _names_user(attempt, child(conditions, "users"))
        and _names_application(attempt, child(conditions, "applications"))
        and (not locations or _holds(locations.get("includeLocations"), "All"))
        and _holds(conditions["clientAppTypes"], "all", attempt.kind_of_client)
        and all(not levels or "none" in levels for levels in risks)
        and not any(says_something(conditions[n]) for n in BEYOND if n not in _RISKS)
    )


def _names_user(attempt: Attempt, users: Json) -> bool:
    return _of_users(attempt, users, "include") and not _of_users(attempt, users, "exclude")


def _of_users(attempt: Attempt, users: Json, which: str) -> bool:
    guests = child(users, f"{which}GuestsOrExternalUsers").get("guestOrExternalUserTypes") or ""
    groups = users.get(f"{which}Groups")
    words = ["All", attempt.user["id"], *(["GuestsOrExternalUsers"] if attempt.is_guest else [])]
    return (
        _holds(users.get(f"{which}Users"), *words)
        or (attempt.is_guest and "internalGuest" in guests.split(","))
        or (bool(groups) and _holds(groups, *attempt.groups))
    )


def _names_application(attempt: Attempt, applications: Json) -> bool:
    """Whether one of the applications is included that is not excluded."""
    included, excluded = (
        applications.get(f"{which}Applications") for which in ("include", "exclude")
    )
    return any(
        _holds(included, "All", one) and not _holds(excluded, one) for one in attempt.applications
    )


def _holds(names: Iterable[str] | None, *wanted: str) -> bool:
    """Whether a list names one of some things, in any letter case."""
    return not {n.casefold() for n in names or ()}.isdisjoint(w.casefold() for w in wanted)
