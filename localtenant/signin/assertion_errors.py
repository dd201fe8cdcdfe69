"""What Entra says of a client assertion that it does not take.

Texts and OAuth errors are those of captures: error tables in MSAL for .NET's tests, and reports to
Azure/login, azure-workload-identity and azure-rest-api-specs. What is our own says so.
"""

from __future__ import annotations

from datetime import datetime

from localtenant.signin.errors import SignInError

_FEDERATION_PAGE = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
_CERTIFICATE_PAGE = (
    "Review the documentation at "
    "https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
)
_CHECK = (
    "Check your federated identity credential Subject, Audience and Issuer against the presented "
    "assertion."
)


def type_unsupported(found: str) -> SignInError:
    """AADSTS90023: another kind of assertion than a JWT. The wording is our own choice."""
    return SignInError(
        90023,
        "invalid_request",
        f"The parameter 'client_assertion_type' has an unsupported value '{found}'. It must be "
        "'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'.",
    )


def malformed() -> SignInError:
    """AADSTS50027: no JWT, or one whose parts are not what they have to be."""
    return SignInError(50027, "invalid_request", "JWT token is invalid or malformed.")


def type_header_invalid() -> SignInError:
    """AADSTS5002727: the header names another type than JWT."""
    return SignInError(
        5002727,
        "invalid_request",
        "Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'.",
    )


def algorithm_unsupported(found: str, supported: tuple[str, ...]) -> SignInError:
    """AADSTS5002738: Entra takes no symmetric and no elliptic-curve signature."""
    return SignInError(
        5002738,
        "invalid_client",
        f"Invalid JWT token. '{found}' is not a supported signature algorithm. Supported signing "
        f"algorithms are: '{','.join(supported)}'",
        401,
    )


def key_unsuitable() -> SignInError:
    """AADSTS5002730: the key is not of the kind that the algorithm needs."""
    return SignInError(
        5002730,
        "invalid_request",
        "Invalid JWT token. Unsupported key for the signing algorithm.",
    )


def key_unnamed() -> SignInError:
    """AADSTS5002723: the header does not say which key signed."""
    return SignInError(
        5002723,
        "invalid_client",
        "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor "
        "keyId specified in token header.",
        401,
    )


def claim_missing(name: str) -> SignInError:
    """AADSTS90014: a claim that every assertion has is not there."""
    return SignInError(
        90014,
        "invalid_request",
        f"The required field '{name}' is missing from the credential. Ensure that you have all the "
        "necessary parameters for the login request.",
    )


def identifier_mismatch() -> SignInError:
    """AADSTS700021: issuer and subject are not the client that asks."""
    return SignInError(
        700021,
        "invalid_client",
        "Client assertion application identifier doesn't match 'client_id' parameter. "
        f"{_CERTIFICATE_PAGE}",
        401,
    )


def audience_mismatch() -> SignInError:
    """AADSTS700023: the assertion is for another token endpoint."""
    return SignInError(
        700023,
        "invalid_client",
        f"Client assertion audience claim does not match Realm issuer. {_CERTIFICATE_PAGE}",
        401,
    )


def outside_its_time(now: datetime, start: datetime, end: datetime) -> SignInError:
    """AADSTS700024: too early or too late. The times are in UTC."""
    current, begin, expiry = (f"{t:%Y-%m-%dT%H:%M:%S.%f}0Z" for t in (now, start, end))
    return SignInError(
        700024,
        "invalid_client",
        f"Client assertion is not within its valid time range. Current time: {current}, assertion "
        f"valid from {begin}, expiry time of assertion {expiry}. {_CERTIFICATE_PAGE}",
        401,
    )


def certificate_unknown(client_id: str, thumbprint: str) -> SignInError:
    """AADSTS700027: no such certificate among the application's key credentials."""
    return _certificate(
        client_id,
        thumbprint,
        "The certificate with identifier used to sign the client assertion is not registered on "
        "application. [Reason - The key was not found.",
    )


def certificate_expired(client_id: str, thumbprint: str, found: str) -> SignInError:
    """AADSTS700027: the key credential's time is over, or has not come; ``found`` tells it."""
    return _certificate(
        client_id,
        thumbprint,
        "The certificate with identifier used to sign the client assertion is expired on "
        "application. [Reason - The key used is expired.",
        found,
    )


def signature_wrong(client_id: str, thumbprint: str, found: str = "") -> SignInError:
    """AADSTS700027: signed by another key than the one that the header names."""
    return _certificate(
        client_id,
        thumbprint,
        "Client assertion contains an invalid signature. [Reason - The provided signature value "
        "did not match the expected signature value.",
        found,
    )


def _certificate(client_id: str, thumbprint: str, reason: str, found: str = "") -> SignInError:
    key = f" Found key '{found}'," if found else ""
    return SignInError(
        700027,
        "invalid_client",
        f"{reason}, Thumbprint of key used by client: '{thumbprint}',{key} Please visit the Azure "
        "Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id "
        f"'{client_id}'. Review the documentation at "
        "https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service "
        "endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-"
        "1.0&tabs=http to build a query request URL, such as "
        f"'https://graph.microsoft.com/beta/applications/{client_id}'].",
        401,
    )


def no_record_of_issuer(issuer: str) -> SignInError:
    """AADSTS700211: no federated identity credential has this issuer."""
    return _no_record(700211, f"issuer '{issuer}'. {_CHECK} {_FEDERATION_PAGE}")


def no_record_of_audience(audience: str) -> SignInError:
    """AADSTS700212: none with this issuer has this audience."""
    return _no_record(700212, f"audience '{audience}'. {_CHECK} {_FEDERATION_PAGE}")


def no_record_of_subject(subject: str) -> SignInError:
    """AADSTS700213: none with this issuer and audience has this subject."""
    return _no_record(700213, f"subject '{subject}'. {_CHECK} {_FEDERATION_PAGE}")


def subject_in_other_case(subject: str) -> SignInError:
    """AADSTS7002138: the subject differs in nothing but letter case."""
    return _no_record(
        7002138,
        f"subject '{subject}'. The subject matches with case-insensitive comparison, but not with "
        f"case-sensitive comparison. {_CHECK} See documentation at: {_FEDERATION_PAGE}. See "
        "breaking change notification and remediation at: https://learn.microsoft.com/en-us/entra/"
        "identity-platform/reference-breaking-changes#august-2024.",
    )


def no_expression_fulfilled(subject: str) -> SignInError:
    """AADSTS7002131: no subject is this one, and no expression of a flexible credential holds."""
    return _no_record(
        7002131,
        f"subject '{subject}' or no federated identity credential expression matched. Please check "
        "your federated identity credential Subject, Expression, Audience and Issuer against the "
        f"presented assertion. {_FEDERATION_PAGE}",
    )


def _no_record(number: int, what: str) -> SignInError:
    return SignInError(
        number,
        "invalid_client",
        f"No matching federated identity record found for presented assertion {what}",
        401,
    )


def issuer_key_unknown(identifier: str, issuer: str) -> SignInError:
    """AADSTS7000272: the issuer publishes no such key."""
    return SignInError(
        7000272,
        "invalid_client",
        f"The certificate with identifier {identifier} used to sign the federated credential could "
        f"not be found in the metadata of identity provider {issuer}. Please validate that your "
        "Identity Provider's metadata exposes the key used to sign the incoming token.",
        401,
    )


def issuer_unreachable(why: str) -> SignInError:
    """AADSTS501661: the issuer's keys cannot be had. ``why`` is our own addition."""
    return SignInError(
        501661, "invalid_request", f"Request to External OIDC endpoint failed. {why}"
    )
