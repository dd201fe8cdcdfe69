"""The policies that every tenant has from its start."""

from __future__ import annotations

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
from localtenant.odata.model import Seeded

SEEDED_POLICIES = (
    Seeded(STRENGTH, BUILT_IN_STRENGTHS),
    Seeded(AUTHORIZATION, (AUTHORIZATION_POLICY,)),
    Seeded(APP_MANAGEMENT, (APP_MANAGEMENT_POLICY,)),
    Seeded(DEFAULTS, (SECURITY_DEFAULTS,)),
    Seeded(POLICY, (METHODS_POLICY,)),
    Seeded(METHOD, tuple(METHODS.values())),
)
