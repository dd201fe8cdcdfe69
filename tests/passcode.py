"""What lets user flows of a tenant use an email one-time passcode."""

EMAIL_METHOD = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/email"
PASSCODE_ALLOWED = {
    "@odata.type": "#microsoft.graph.emailAuthenticationMethodConfiguration",
    "state": "enabled",
    "allowExternalIdToUseEmailOtp": "enabled",
}
