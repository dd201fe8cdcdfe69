"""The declarations of the authentication methods that a tenant may allow.

Source: the Graph resource page "authenticationMethodConfiguration" and those of its derived types.
"""

from __future__ import annotations

from localtenant.odata.types import (
    BOOLEAN,
    GUID,
    INITIAL,
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

STATE = EnumType("authenticationMethodState", ("enabled", "disabled"))
ADVANCED_STATE = EnumType("advancedConfigState", ("default", "enabled", "disabled"))
TARGET_TYPE = EnumType("authenticationMethodTargetType", ("user", "group"))
_TARGET = (
    Property("targetType", TARGET_TYPE, nullable=False, required=True),
    text("id", nullable=False, required=True),
)
EXCLUDE_TARGET = ComplexType("excludeTarget", (_TARGET[1], _TARGET[0]))
_REGISTERED = (*_TARGET, Property("isRegistrationRequired", BOOLEAN, nullable=False, default=False))


def _targets(type_: str = "authenticationMethodTarget", *own: Property) -> Property:
    """The users or groups that may use a method."""
    return many("includeTargets", ComplexType(type_, (*_REGISTERED, *own)))


def _method(name: str, *own: Property) -> EntityType:
    return EntityType(
        f"{name}AuthenticationMethodConfiguration",
        (
            text("policy", hidden=True),
            Property("state", STATE, default="disabled"),
            many("excludeTargets", EXCLUDE_TARGET),
            *own,
        ),
        is_derived=True,
        guid_key=False,
    )


_KEY_RESTRICTIONS = ComplexType(
    "fido2KeyRestrictions",
    (
        flag("isEnforced"),
        Property(
            "enforcementType", EnumType("fido2RestrictionEnforcementType", ("allow", "block"))
        ),
        texts("aaGuids"),
    ),
)
_FEATURE_TARGET = ComplexType(
    "featureTarget",
    (
        Property(
            "targetType", EnumType("featureTargetType", ("group", "administrativeUnit", "role"))
        ),
        text("id"),
    ),
)
_FEATURE = ComplexType(
    "authenticationMethodFeatureConfiguration",
    (
        Property("state", ADVANCED_STATE),
        Property("includeTarget", _FEATURE_TARGET),
        Property("excludeTarget", _FEATURE_TARGET),
    ),
)
_AFFINITY = EnumType("x509CertificateAffinityLevel", ("low", "high"))
_CERTIFICATE_MODE = EnumType(
    "x509CertificateAuthenticationMode",
    ("x509CertificateSingleFactor", "x509CertificateMultiFactor"),
)
_ON = EnumType("x509CertificateState", ("disabled", "enabled"))
_CERTIFICATE_RULE = ComplexType(
    "x509CertificateRule",
    (
        Property(
            "x509CertificateRuleType",
            EnumType(
                "x509CertificateRuleType",
                ("issuerSubject", "policyOID", "issuerSubjectAndPolicyOID"),
            ),
        ),
        text("identifier"),
        Property("x509CertificateAuthenticationMode", _CERTIFICATE_MODE),
        Property("x509CertificateRequiredAffinityLevel", _AFFINITY),
        text("issuerSubjectIdentifier"),
        text("policyOidIdentifier"),
    ),
)
_CERTIFICATE_BINDING = ComplexType(
    "x509CertificateUserBinding",
    (
        text("x509CertificateField"),
        text("userProperty"),
        Property("priority", INT32, nullable=False, default=1),
        Property("trustAffinityLevel", _AFFINITY),
    ),
)

METHOD = EntityType(
    "authenticationMethodConfiguration",
    (text("policy", hidden=True), Property("state", STATE)),
    derived=(
        _method(
            "email",
            Property(
                "allowExternalIdToUseEmailOtp",
                EnumType("externalEmailOtpState", ("default", "enabled", "disabled")),
                default="default",
            ),
            _targets(),
        ),
        _method(
            "fido2",
            flag("isAttestationEnforced", default=False),
            flag("isSelfServiceRegistrationAllowed", default=True),
            Property("keyRestrictions", _KEY_RESTRICTIONS),
            _targets(
                "passkeyAuthenticationMethodTarget", Property("allowedPasskeyProfiles", GUID, True)
            ),
        ),
        _method(
            "microsoftAuthenticator",
            flag("isSoftwareOathEnabled", default=False),
            Property(
                "featureSettings",
                ComplexType(
                    "microsoftAuthenticatorFeatureSettings",
                    (
                        Property("displayAppInformationRequiredState", _FEATURE),
                        Property("displayLocationInformationRequiredState", _FEATURE),
                    ),
                ),
            ),
            _targets(
                "microsoftAuthenticatorAuthenticationMethodTarget",
                Property(
                    "authenticationMode",
                    EnumType(
                        "microsoftAuthenticatorAuthenticationMode",
                        ("deviceBasedPush", "push", "any"),
                    ),
                    nullable=False,
                    default="any",
                ),
            ),
        ),
        _method(
            "sms",
            _targets(
                "smsAuthenticationMethodTarget",
                flag("isUsableForSignIn", nullable=False, default=False),
            ),
        ),
        _method("softwareOath", _targets()),
        _method("hardwareOath", _targets()),
        _method(
            "temporaryAccessPass",
            Property("defaultLifetimeInMinutes", INT32, default=60),
            Property("defaultLength", INT32, default=8),
            Property("minimumLifetimeInMinutes", INT32, default=60),
            Property("maximumLifetimeInMinutes", INT32, default=480),
            flag("isUsableOnce", default=False),
            _targets(),
        ),
        _method("voice", flag("isOfficePhoneAllowed", default=False), _targets()),
        _method(
            "x509Certificate",
            many("certificateUserBindings", _CERTIFICATE_BINDING),
            Property(
                "authenticationModeConfiguration",
                ComplexType(
                    "x509CertificateAuthenticationModeConfiguration",
                    (
                        Property("x509CertificateAuthenticationDefaultMode", _CERTIFICATE_MODE),
                        Property("x509CertificateDefaultRequiredAffinityLevel", _AFFINITY),
                        many("rules", _CERTIFICATE_RULE),
                    ),
                ),
            ),
            Property(
                "issuerHintsConfiguration",
                ComplexType("x509CertificateIssuerHintsConfiguration", (Property("state", _ON),)),
            ),
            Property(
                "crlValidationConfiguration",
                ComplexType(
                    "x509CertificateCRLValidationConfiguration",
                    (
                        Property("state", _ON, nullable=False, default="disabled"),
                        texts("exemptedCertificateAuthoritiesSubjectKeyIdentifiers"),
                    ),
                ),
                nullable=False,
                default=INITIAL,
            ),
            _targets(),
        ),
        _method(
            "qrCodePin",
            Property("standardQRCodeLifetimeInDays", INT32, default=365),
            Property("pinLength", INT32, default=8),
            _targets(),
        ),
    ),
    abstract=True,
    type_shown=True,
    guid_key=False,
    indexed=("policy",),
)
