"""Where Graph and sign-in are, as the metadata host says; all of it must be on this machine.

Source: the environment metadata that the real plugin reads from `azuread:metadataHost`.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from engine.azuread.errors import INSTALL_OFFICIAL, ConfigurationError

_PATH: Final = "/metadata/endpoints"
_API_VERSION: Final = "2022-09-01"
_CHECK: Final = "Check azuread:metadataHost (ARM_METADATA_HOSTNAME)."


@dataclass(frozen=True)
class Environment:
    """The endpoints of one cloud, without trailing slashes."""

    graph_url: str
    """Base of Graph's versions, and the resource that tokens are asked for:
    `https://localhost:8443`.
    """
    login_url: str
    """Base of the sign-in endpoints of all tenants: `https://localhost:8443`."""


async def discover(http: httpx.AsyncClient, metadata_host: str) -> Environment:
    """Return the endpoints that the metadata host (`localhost:8443`) names.

    Raises ConfigurationError when the host does not answer, answers something else, or anything is
    not on this machine.
    """
    source = f"https://{metadata_host}{_PATH}"
    require_loopback(source, "azuread:metadataHost")
    try:
        answer = await http.get(source, params={"api-version": _API_VERSION})
        answer.raise_for_status()
        metadata: dict[str, Any] = answer.json()
        environment = Environment(
            graph_url=str(metadata["microsoftGraphResourceId"]).rstrip("/"),
            login_url=str(metadata["authentication"]["loginEndpoint"]).rstrip("/"),
        )
    except httpx.HTTPStatusError as error:
        raise ConfigurationError(
            f"{source} answered {error.response.status_code} instead of the cloud's endpoints. "
            f"{_CHECK}"
        ) from error
    except httpx.TransportError as error:
        said = str(error) or type(error).__name__
        if "CERTIFICATE_VERIFY_FAILED" in said:
            raise ConfigurationError(
                f"the certificate of {source} is not trusted: let SSL_CERT_FILE and "
                "REQUESTS_CA_BUNDLE name a bundle that holds its certificate authority."
            ) from error
        raise ConfigurationError(
            f"no tenant answers at {source} ({said}). Start the local tenant (make up), or check "
            "azuread:metadataHost (ARM_METADATA_HOSTNAME)."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{source} does not answer with the endpoints of a cloud. {_CHECK}"
        ) from error
    require_loopback(environment.graph_url, "the Graph endpoint")
    require_loopback(environment.login_url, "the sign-in endpoint")
    return environment


def require_loopback(url: str, name: str) -> None:
    """Raise ConfigurationError unless `url`, called `name`, is on the loopback interface."""
    host = urlsplit(url).hostname or ""
    if is_loopback(host):
        return
    raise ConfigurationError(
        f"{name} is {host or url!r}, which is not on this machine. This process only stands in for "
        "the azuread plugin, has never been tried against Microsoft's cloud, and refuses to talk "
        f"to it. For a real tenant, {INSTALL_OFFICIAL}."
    )


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine's loopback interface, without asking a name server."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
