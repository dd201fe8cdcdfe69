"""The azuread provider's settings, as the providers read them.

One switch for where the tenant is and one sign-in for both: whatever configures the azuread plugin
(stack configuration ``azuread:*``, else the environment) configures the providers.
Source: https://www.pulumi.com/registry/packages/azuread/installation-configuration/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from providers.graph.errors import ConfigurationError

Lookup = Callable[[str], str | None]
"""From a key of ``azuread:``, such as ``clientId``, to its value in the stack's configuration."""


@dataclass(frozen=True)
class Configuration:
    """Where the tenant is and who signs in; ``None`` and ``False`` mean not set.

    ``tenant_id`` and ``client_id`` are GUIDs (or a verified domain, for the tenant);
    ``metadata_host`` is ``host`` or ``host:port``; ``environment`` is the cloud's name.
    """

    tenant_id: str | None = None
    client_id: str | None = None
    environment: str = "public"
    metadata_host: str | None = None
    client_secret: str | None = None
    client_certificate: str | None = None
    client_certificate_path: str | None = None
    client_certificate_password: str | None = None
    use_oidc: bool = False
    oidc_token: str | None = None
    oidc_token_file_path: str | None = None
    oidc_request_url: str | None = None
    oidc_request_token: str | None = None
    ado_pipeline_service_connection_id: str | None = None
    use_msi: bool = False
    msi_endpoint: str | None = None
    use_cli: bool = True

    def __repr__(self) -> str:
        """Name the tenant and the client only: everything else may be a secret."""
        return f"Configuration(tenant_id={self.tenant_id!r}, client_id={self.client_id!r})"


@dataclass(frozen=True)
class _Source:
    """Where one setting comes from: the key of ``azuread:``, then the variables, in order."""

    key: str
    variables: tuple[str, ...]
    file_key: str | None = None


_SOURCES: Mapping[str, _Source] = {
    "tenant_id": _Source("tenantId", ("ARM_TENANT_ID",)),
    "client_id": _Source("clientId", ("ARM_CLIENT_ID",), "clientIdFilePath"),
    "environment": _Source("environment", ("ARM_ENVIRONMENT",)),
    "metadata_host": _Source("metadataHost", ("ARM_METADATA_HOSTNAME", "ARM_METADATA_HOST")),
    "client_secret": _Source("clientSecret", ("ARM_CLIENT_SECRET",), "clientSecretFilePath"),
    "client_certificate": _Source("clientCertificate", ("ARM_CLIENT_CERTIFICATE",)),
    "client_certificate_path": _Source("clientCertificatePath", ("ARM_CLIENT_CERTIFICATE_PATH",)),
    "client_certificate_password": _Source(
        "clientCertificatePassword", ("ARM_CLIENT_CERTIFICATE_PASSWORD",)
    ),
    "use_oidc": _Source("useOidc", ("ARM_USE_OIDC",)),
    "oidc_token": _Source("oidcToken", ("ARM_OIDC_TOKEN",)),
    "oidc_token_file_path": _Source("oidcTokenFilePath", ("ARM_OIDC_TOKEN_FILE_PATH",)),
    "oidc_request_url": _Source(
        "oidcRequestUrl",
        ("ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"),
    ),
    "oidc_request_token": _Source(
        "oidcRequestToken",
        ("ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN"),
    ),
    "ado_pipeline_service_connection_id": _Source(
        "adoPipelineServiceConnectionId",
        (
            "ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID",
            "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID",
        ),
    ),
    "use_msi": _Source("useMsi", ("ARM_USE_MSI",)),
    "msi_endpoint": _Source("msiEndpoint", ("ARM_MSI_ENDPOINT",)),
    "use_cli": _Source("useCli", ("ARM_USE_CLI",)),
}
_FILE_VARIABLES: Mapping[str, str] = {
    "clientIdFilePath": "ARM_CLIENT_ID_FILE_PATH",
    "clientSecretFilePath": "ARM_CLIENT_SECRET_FILE_PATH",
}
_SWITCHES = frozenset({"use_oidc", "use_msi", "use_cli"})


def read_configuration(lookup: Lookup, environ: Mapping[str, str]) -> Configuration:
    """Read every setting, the stack's configuration before the environment.

    Raises ``ConfigurationError`` for a switch that is neither true nor false, or for a file that
    cannot be read.
    """
    found: dict[str, str | bool] = {}
    for name, source in _SOURCES.items():
        value = _value(source, lookup, environ)
        if value is None:
            continue
        found[name] = _switch(source.key, value) if name in _SWITCHES else value
    return Configuration(**found)  # pyright: ignore[reportArgumentType] -- checked by name above


def _value(source: _Source, lookup: Lookup, environ: Mapping[str, str]) -> str | None:
    value = lookup(source.key) or next(
        (environ[name] for name in source.variables if environ.get(name)), None
    )
    if value or source.file_key is None:
        return value or None
    path = lookup(source.file_key) or environ.get(_FILE_VARIABLES[source.file_key])
    return _file(source.file_key, path) if path else None


def _file(key: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(
            f"azuread:{key} names the file '{path}', which cannot be read: {error.strerror}."
        ) from None


def _switch(key: str, value: str) -> bool:
    if value.lower() in ("true", "1"):
        return True
    if value.lower() in ("false", "0"):
        return False
    raise ConfigurationError(f"azuread:{key} is '{value}'; it is either true or false.")
