"""Sign-in errors as Entra gives them: an OAuth error, an AADSTS number and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_GUID = "[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}"
_TENANT = re.compile(rf"{_LABEL}(?:\.{_LABEL})+|{_GUID}")


@dataclass
class SignInError(Exception):
    """An answer of the token endpoint or of discovery other than success.

    ``more`` is what its body holds beyond what the body of every error does.
    """

    number: int
    error: str
    text: str
    status: int = 400
    suberror: str = ""
    more: dict[str, Any] = field(default_factory=dict[str, Any])

    def body(self, trace_id: str, correlation_id: str) -> dict[str, Any]:
        """The JSON body, in the order of the real service."""
        timestamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        description = (
            f"AADSTS{self.number}: {self.text} Trace ID: {trace_id} "
            f"Correlation ID: {correlation_id} Timestamp: {timestamp}"
        )
        return {
            "error": self.error,
            "error_description": description,
            "error_codes": [self.number],
            "timestamp": timestamp,
            "trace_id": trace_id,
            "correlation_id": correlation_id,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
            **({"suberror": self.suberror} if self.suberror else {}),
            **self.more,
        }


def tenant_not_found(name: str, *, discovery: bool) -> SignInError:
    """AADSTS90002: the path names another tenant; 900023: it names what can be none.

    That the OAuth error of 900023 is the same everywhere is our own choice.
    """
    if not _TENANT.fullmatch(name):
        return SignInError(
            900023,
            "invalid_request",
            f"Specified tenant identifier '{name}' is neither a valid DNS name, nor a valid "
            "external domain.",
        )
    return SignInError(
        90002,
        "invalid_tenant" if discovery else "invalid_request",
        f"Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are "
        "signing into the correct cloud. Check with your subscription administrator, this may "
        "happen if there are no active subscriptions for the tenant.",
    )


def parameter_missing(name: str) -> SignInError:
    """AADSTS900144: a parameter of the form is not there."""
    return SignInError(
        900144,
        "invalid_request",
        f"The request body must contain the following parameter: '{name}'.",
    )


def unsupported_grant(grant_type: str) -> SignInError:
    """AADSTS70003: a grant type that is not served."""
    return SignInError(
        70003,
        "unsupported_grant_type",
        f"The app requested an unsupported grant type '{grant_type}'.",
    )


def application_not_found(client_id: str, tenant: str) -> SignInError:
    """AADSTS700016: no such application."""
    return SignInError(
        700016,
        "unauthorized_client",
        f"Application with identifier '{client_id}' was not found in the directory '{tenant}'. "
        "This can happen if the application has not been installed by the administrator of the "
        "tenant or consented to by any user in the tenant. You may have sent your authentication "
        "request to the wrong tenant.",
    )


def principal_missing(client_id: str, tenant_id: str) -> SignInError:
    """AADSTS7000229: the application has no service principal in the tenant."""
    return SignInError(
        7000229,
        "invalid_client",
        f"The client application {client_id} is missing service principal in the tenant "
        f"{tenant_id}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119",
        401,
    )


def application_disabled(client_id: str, name: str) -> SignInError:
    """AADSTS7000112: the service principal must not sign in."""
    return SignInError(
        7000112, "unauthorized_client", f"Application '{client_id}'({name}) is disabled."
    )


def credential_missing() -> SignInError:
    """AADSTS7000218: a confidential client came without a credential."""
    return SignInError(
        7000218,
        "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or "
        "'client_secret'.",
        401,
    )


def secret_invalid(client_id: str) -> SignInError:
    """AADSTS7000215: not a secret of this application."""
    return SignInError(
        7000215,
        "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent in the request is the client "
        f"secret value, not the client secret ID, for a secret added to app '{client_id}'.",
        401,
    )


def secret_expired(client_id: str) -> SignInError:
    """AADSTS7000222: a secret of this application whose time is over."""
    return SignInError(
        7000222,
        "invalid_client",
        f"The provided client secret keys for app '{client_id}' are expired. Visit the Azure "
        "portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using "
        "certificate credentials for added security: https://aka.ms/certCreds.",
        401,
    )


def scope_invalid(scope: str) -> SignInError:
    """AADSTS1002012: client credentials want a resource and ``/.default``."""
    return SignInError(
        1002012,
        "invalid_scope",
        f"The provided value for scope {scope} is not valid. Client credential flows must have a "
        "scope value with /.default suffixed to the resource identifier (application ID URI).",
    )


def resource_not_found(resource: str, tenant: str) -> SignInError:
    """AADSTS500011: no service principal answers to the resource."""
    return SignInError(
        500011,
        "invalid_resource",
        f"The resource principal named {resource} was not found in the tenant named {tenant}. This "
        "can happen if the application has not been installed by the administrator of the tenant "
        "or consented to by any user in the tenant. You might have sent your authentication "
        "request to the wrong tenant.",
    )


def duplicated(name: str) -> SignInError:
    """AADSTS9000411: a parameter stands there twice. The wording is our own choice."""
    return SignInError(
        9000411,
        "invalid_request",
        f"The request is not properly formatted. The parameter '{name}' is duplicated.",
    )


def not_assigned(client_id: str, name: str, resource: str) -> SignInError:
    """AADSTS501051: the API is for assigned clients only, and this one has none of its roles.

    The wording and the OAuth error are our own choice.
    """
    return SignInError(
        501051,
        "invalid_grant",
        f"Application '{client_id}'({name}) is not assigned to a role for the application "
        f"'{resource}'.",
    )


def signing_key_missing() -> SignInError:
    """AADSTS50146: a policy maps claims for an application that does not let them in.

    The wording and the OAuth error are our own choice.
    """
    return SignInError(
        50146,
        "invalid_request",
        "This application is required to be configured with an application-specific signing key. "
        "It is either not configured with one, or the key has expired or is not yet valid.",
    )


def post_only(method: str) -> SignInError:
    """AADSTS900561: the token endpoint was read."""
    return SignInError(
        900561,
        "invalid_request",
        f"The endpoint only accepts POST requests. Received a {method} request.",
    )
