"""The provider's configuration: `azuread:tenantId` and so on, or the `ARM_*` variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.azuread.errors import INSTALL_OFFICIAL, ConfigurationError
from engine.azuread.values import Properties

_VARIABLES: Final[Mapping[str, str]] = {
    "tenantId": "ARM_TENANT_ID",
    "clientId": "ARM_CLIENT_ID",
    "clientIdFilePath": "ARM_CLIENT_ID_FILE_PATH",
    "clientSecret": "ARM_CLIENT_SECRET",
    "clientSecretFilePath": "ARM_CLIENT_SECRET_FILE_PATH",
    "metadataHost": "ARM_METADATA_HOSTNAME",
    "clientCertificate": "ARM_CLIENT_CERTIFICATE",
    "clientCertificatePath": "ARM_CLIENT_CERTIFICATE_PATH",
    "useOidc": "ARM_USE_OIDC",
    "useMsi": "ARM_USE_MSI",
    "useAksWorkloadIdentity": "ARM_USE_AKS_WORKLOAD_IDENTITY",
}
"""The configuration that is read, and the variable that stands in for each key. Other keys change
nothing here.
"""

_PREFERRED: Final = ("clientCertificate", "clientCertificatePath")
"""Ways to sign in that the real plugin prefers to a client secret."""

_LESS_PREFERRED: Final = ("useOidc", "useMsi", "useAksWorkloadIdentity")
"""Ways to sign in that the real plugin takes when there is no client secret."""


@dataclass(frozen=True)
class Settings:
    """Who signs in, where."""

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)
    metadata_host: str


def read(configured: Properties, variables: Mapping[str, str]) -> Settings:
    """Return the settings: from the configuration, else from environment variables.

    Raises ConfigurationError when something is missing or asks for another way to sign in.
    """
    values = {
        name: str(value)
        for name, variable in _VARIABLES.items()
        if (value := configured.get(name) or variables.get(variable))
    }
    wanted = [name for name in _PREFERRED if values.get(name)]
    secret = _value_or_file(values, "clientSecret")
    if not secret:
        wanted += [
            name for name in _LESS_PREFERRED if values.get(name, "").lower() in ("true", "1")
        ]
    if wanted:
        raise ConfigurationError(
            f"the azuread stand-in signs in with a client secret only, but azuread:{wanted[0]} "
            f"({_VARIABLES[wanted[0]]}) is set; use azuread:clientSecret, or {INSTALL_OFFICIAL}"
        )
    found = {
        "tenantId": values.get("tenantId", ""),
        "clientId": _value_or_file(values, "clientId"),
        "clientSecret": secret,
        "metadataHost": values.get("metadataHost", ""),
    }
    missing = [name for name, value in found.items() if not value]
    if missing:
        names = ", ".join(f"azuread:{name} ({_VARIABLES[name]})" for name in missing)
        raise ConfigurationError(
            f"the azuread stand-in works only with a tenant on this machine, and needs {names}. "
            f"For a tenant in Microsoft's cloud, {INSTALL_OFFICIAL}"
        )
    return Settings(
        tenant_id=found["tenantId"],
        client_id=found["clientId"],
        client_secret=found["clientSecret"],
        metadata_host=found["metadataHost"],
    )


def _value_or_file(values: Mapping[str, str], name: str) -> str:
    """Return a value that may be given directly or as the path of a file that holds it."""
    path = values.get(f"{name}FilePath")
    if not path:
        return values.get(name, "")
    try:
        content = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(
            f"azuread:{name}FilePath: cannot read {path}: {error.strerror}"
        ) from error
    if values.get(name, content) != content:
        raise ConfigurationError(
            f"azuread:{name} and the file {path} (azuread:{name}FilePath) differ; set only one"
        )
    return content
