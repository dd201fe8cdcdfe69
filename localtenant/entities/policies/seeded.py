"""The policies that every tenant has from its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.conditional_access.strength import BUILT_IN_STRENGTHS, STRENGTH
from localtenant.entities.policies.authorization import (
    APP_MANAGEMENT,
    APP_MANAGEMENT_POLICY,
    AUTHORIZATION,
    AUTHORIZATION_POLICY,
)
from localtenant.entities.policies.method_types import METHOD
from localtenant.entities.policies.methods import METHODS, METHODS_POLICY, POLICY
from localtenant.entities.policies.security_defaults import DEFAULTS, SECURITY_DEFAULTS

if TYPE_CHECKING:
    from localtenant.odata.types import EntityType, Json

SEEDED_POLICIES: tuple[tuple[EntityType, tuple[Json, ...]], ...] = (
    (STRENGTH, BUILT_IN_STRENGTHS),
    (AUTHORIZATION, (AUTHORIZATION_POLICY,)),
    (APP_MANAGEMENT, (APP_MANAGEMENT_POLICY,)),
    (DEFAULTS, (SECURITY_DEFAULTS,)),
    (POLICY, (METHODS_POLICY,)),
    (METHOD, tuple(METHODS.values())),
)
