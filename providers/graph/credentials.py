"""The azure-identity credential for every way to sign in but a client secret.

Nothing here ever prompts.
Source: https://learn.microsoft.com/python/api/azure-identity
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable
from pathlib import Path

import httpx
from azure.core.credentials import TokenCredential
from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.identity import (
    AzureCliCredential,
    CertificateCredential,
    ClientAssertionCredential,
    CredentialUnavailableError,
    ManagedIdentityCredential,
)

from providers.graph.configuration import Configuration
from providers.graph.environment import Environment
from providers.graph.errors import ConfigurationError, first_line
from providers.graph.sign_in import HOW, RefusedSignInError, UnansweredSignInError
from providers.graph.tokens import Token, both, token

# Its warnings would stand before our errors, which say the same.
logging.getLogger("azure.identity").addHandler(logging.NullHandler())

_TRIES = 10
"""How often a failing or throttling login endpoint is asked; azure-core would give up after 4."""

_EXCHANGE_AUDIENCE = "api://AzureADTokenExchange"
_ASSERTION_SECONDS = 30.0


class AzureTokens:
    """Tokens of an azure-identity credential."""

    def __init__(self, credential: TokenCredential) -> None:
        """Get tokens of ``credential``."""
        self.credential = credential

    def get(self, scope: str) -> Token:
        """Get a token, a kept one while the credential has one; see ``Tokens.get``."""
        try:
            got = self.credential.get_token(scope)
        except ClientAuthenticationError as error:
            nothing = isinstance(error, CredentialUnavailableError)
            raise RefusedSignInError(str(error), nothing_signs_in=nothing) from None
        except AzureError as error:
            raise UnansweredSignInError(first_line(error)) from None
        return token(got.token, got.expires_on)


def make_credential(configuration: Configuration, environment: Environment) -> TokenCredential:
    """Choose and make the credential; sends no request.

    Raises ``ConfigurationError`` where the settings name no way to sign in, or an unusable one.
    """
    try:
        return _chosen(configuration, environment)
    except ValueError as error:
        # azure-identity's word for a malformed tenant, and for a certificate that it cannot open.
        certificate = configuration.client_certificate or configuration.client_certificate_path
        with_it = " with the configured certificate and its password" if certificate else ""
        raise ConfigurationError(
            f"Signing in to Microsoft Graph{with_it} cannot work (azuread:tenantId is "
            f"'{configuration.tenant_id}'): {first_line(error)}"
        ) from None


def _chosen(configuration: Configuration, environment: Environment) -> TokenCredential:
    tenant, client = configuration.tenant_id, configuration.client_id
    authority, known = environment.login, environment.well_known
    if configuration.client_certificate or configuration.client_certificate_path:
        tenant, client = both(configuration)
        return CertificateCredential(
            tenant,
            client,
            certificate_data=_certificate(configuration),
            password=configuration.client_certificate_password,
            authority=authority,
            disable_instance_discovery=not known,
            retry_status=_TRIES,
            retry_read=_TRIES,
        )
    if configuration.use_oidc:
        tenant, client = both(configuration)
        return ClientAssertionCredential(
            tenant,
            client,
            _assertion(configuration),
            authority=authority,
            disable_instance_discovery=not known,
            retry_status=_TRIES,
            retry_read=_TRIES,
        )
    if configuration.use_msi:
        return ManagedIdentityCredential(client_id=client)
    if configuration.use_cli:
        return AzureCliCredential(tenant_id=tenant or "")
    raise ConfigurationError(f"No way to sign in to Microsoft Graph is configured. {HOW}")


def _certificate(configuration: Configuration) -> bytes:
    try:
        if configuration.client_certificate:
            return base64.b64decode(configuration.client_certificate, validate=True)
        return Path(configuration.client_certificate_path or "").read_bytes()
    except binascii.Error:
        raise ConfigurationError(
            "azuread:clientCertificate is not the base64 text of a PKCS#12 file."
        ) from None
    except OSError as error:
        raise ConfigurationError(
            f"azuread:clientCertificatePath names '{configuration.client_certificate_path}', "
            f"which cannot be read: {error.strerror}."
        ) from None


def _assertion(configuration: Configuration) -> Callable[[], str]:
    """How to get the federated token, each time one is needed: they live for minutes."""
    token, path = configuration.oidc_token, configuration.oidc_token_file_path
    if token:
        return lambda: token
    if path:
        return lambda: _token_file(path)
    url, bearer = configuration.oidc_request_url, configuration.oidc_request_token
    if not url or not bearer:
        raise ConfigurationError(
            "azuread:useOidc is set, but there is no token: set azuread:oidcToken, "
            "azuread:oidcTokenFilePath, or let the pipeline offer one (GitHub Actions: "
            "'permissions: id-token: write'; Azure DevOps: "
            "azuread:adoPipelineServiceConnectionId and SYSTEM_ACCESSTOKEN)."
        )
    connection = configuration.ado_pipeline_service_connection_id
    if connection:
        return lambda: _azure_devops(url, bearer, connection)
    return lambda: _github_actions(url, bearer)


def _token_file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(
            f"azuread:oidcTokenFilePath names '{path}', which cannot be read: {error.strerror}."
        ) from None


def _azure_devops(url: str, bearer: str, connection: str) -> str:
    query = {
        "api-version": "7.1",
        "serviceConnectionId": connection,
        "audience": _EXCHANGE_AUDIENCE,
    }
    return _asked("POST", url, bearer, query, "oidcToken")


def _github_actions(url: str, bearer: str) -> str:
    return _asked("GET", url, bearer, {"audience": _EXCHANGE_AUDIENCE}, "value")


def _asked(method: str, url: str, bearer: str, query: dict[str, str], key: str) -> str:
    merged = httpx.URL(url).copy_merge_params(query)
    headers = {"Authorization": f"Bearer {bearer}", "Accept": "application/json"}
    try:
        answer = httpx.request(method, merged, headers=headers, timeout=_ASSERTION_SECONDS)
        answer.raise_for_status()
        return str(answer.json()[key])
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"The pipeline gave no federated token ({type(error).__name__}) at '{merged.host}'."
        ) from None
