"""A new password, as the suberrors of "Native authentication API reference" hold it to the rules.

``password_banned`` and ``password_recently_used`` are never told: the tenant has no list of banned
passwords, and a reset may take the old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people.passwords import shortcoming
from localtenant.native import errors

if TYPE_CHECKING:
    from localtenant.native.steps import Turn


def entered(turn: Turn, name: str) -> str:
    """The new password that a parameter holds. Raises SignInError."""
    password = turn.asked.form.get(name, "")
    if not password:
        raise errors.parameter_invalid(name)
    if found := shortcoming(password):
        raise errors.password_refused(found)
    return password
