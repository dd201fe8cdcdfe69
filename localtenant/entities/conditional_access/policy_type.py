"""The declaration of a Conditional Access policy.

Source: the Graph resource page "conditionalAccessPolicy" and those of its controls.
"""

from __future__ import annotations

from dataclasses import replace

from localtenant.entities.conditional_access.conditions import CONDITIONS
from localtenant.entities.conditional_access.strength import STRENGTH
from localtenant.odata.types import (
    DATE_TIME,
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
    texts,
)

ENABLED = "enabled"
STATE = EnumType(
    "conditionalAccessPolicyState", (ENABLED, "disabled", "enabledForReportingButNotEnforced")
)
CONTROL = EnumType(
    "conditionalAccessGrantControl",
    (
        "block",
        "mfa",
        "compliantDevice",
        "domainJoinedDevice",
        "approvedApplication",
        "compliantApplication",
        "passwordChange",
        "riskRemediation",
    ),
)
# A body names a strength by its id; what else it says of it is read and not kept.
STRENGTH_REFERENCE = ComplexType(
    STRENGTH.name,
    (
        text("id", nullable=False, required=True),
        *(replace(p, required=False) for p in STRENGTH.properties),
    ),
)
GRANT_CONTROLS = ComplexType(
    "conditionalAccessGrantControls",
    (
        text("operator"),
        many("builtInControls", CONTROL),
        texts("customAuthenticationFactors"),
        texts("termsOfUse"),
        Property("authenticationStrength", STRENGTH_REFERENCE),
    ),
)


def _control(name: str, *properties: Property) -> ComplexType:
    return ComplexType(f"{name}SessionControl", (*properties, flag("isEnabled")))


def _choice(name: str, type_: str, *members: str) -> Property:
    return Property(name, EnumType(type_, members))


SESSION_CONTROLS = ComplexType(
    "conditionalAccessSessionControls",
    (
        flag("disableResilienceDefaults"),
        Property("applicationEnforcedRestrictions", _control("applicationEnforcedRestrictions")),
        Property(
            "cloudAppSecurity",
            _control(
                "cloudAppSecurity",
                _choice(
                    "cloudAppSecurityType",
                    "cloudAppSecuritySessionControlType",
                    "mcasConfigured",
                    "monitorOnly",
                    "blockDownloads",
                ),
            ),
        ),
        Property(
            "signInFrequency",
            _control(
                "signInFrequency",
                Property("value", INT32),
                _choice("type", "signinFrequencyType", "days", "hours"),
                _choice(
                    "authenticationType",
                    "signInFrequencyAuthenticationType",
                    "primaryAndSecondaryAuthentication",
                    "secondaryAuthentication",
                ),
                _choice("frequencyInterval", "signInFrequencyInterval", "timeBased", "everyTime"),
            ),
        ),
        Property(
            "persistentBrowser",
            _control(
                "persistentBrowser",
                _choice("mode", "persistentBrowserSessionMode", "always", "never"),
            ),
        ),
        Property("secureSignInSession", _control("secureSignInSession")),
    ),
)

POLICY = EntityType(
    "conditionalAccessPolicy",
    (
        text("templateId", read_only=True),
        text("displayName", nullable=False, required=True),
        text("description"),
        Property("createdDateTime", DATE_TIME, read_only=True),
        Property("modifiedDateTime", DATE_TIME, read_only=True),
        Property("deletedDateTime", DATE_TIME, read_only=True),
        Property("state", STATE, nullable=False, required=True),
        Property("sessionControls", SESSION_CONTROLS),
        Property("conditions", CONDITIONS, nullable=False, required=True),
        Property("grantControls", GRANT_CONTROLS),
    ),
    label="ConditionalAccessPolicy",
)
