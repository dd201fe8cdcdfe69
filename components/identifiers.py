"""Ids of scopes and app roles that stay the same from run to run.

Graph lets the caller choose the ids of scopes and app roles. Random ones would make new scopes on
every run and would be unknown in a preview; these follow from the kind and the value.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("50f9f959-28ca-41b9-9260-ce3db214ee2c")
"""Frozen: every scope and app role that was ever made has an id below it."""


def scope_id(value: str) -> str:
    """The id of the scope (delegated permission) `value`, the same in every API."""
    return str(uuid5(_NAMESPACE, f"scope:{value}"))


def app_role_id(value: str) -> str:
    """The id of the app role `value`, the same in every API; never that of a scope."""
    return str(uuid5(_NAMESPACE, f"role:{value}"))
