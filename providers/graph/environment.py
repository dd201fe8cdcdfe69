"""From the cloud's name, or a metadata host, to the URLs of Graph and of the login endpoint.

Follows the azuread provider: with ``metadataHost`` both URLs come from
``https://{host}/metadata/endpoints?api-version=2022-09-01`` and ``environment`` is not looked at.
Source: https://learn.microsoft.com/graph/deployments
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from providers.graph.configuration import Configuration
from providers.graph.errors import ConfigurationError
from providers.graph.trust import trust

_METADATA_SECONDS = 20.0


@dataclass(frozen=True)
class Environment:
    """Where Graph and the login endpoint are; URLs without a slash at the end.

    ``well_known`` is false where Microsoft's instance discovery does not know the login endpoint.
    """

    graph: str
    login: str
    well_known: bool = True

    @property
    def scope(self) -> str:
        """The scope of a token for Graph's application permissions."""
        return f"{self.graph}/.default"


_PUBLIC = Environment("https://graph.microsoft.com", "https://login.microsoftonline.com")
_CHINA = Environment(
    "https://microsoftgraph.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"
)
_GOVERNMENT_L4 = Environment("https://graph.microsoft.us", "https://login.microsoftonline.us")
_GOVERNMENT_L5 = Environment("https://dod-graph.microsoft.us", "https://login.microsoftonline.us")

NAMED: Mapping[str, Environment] = {
    "public": _PUBLIC,
    "global": _PUBLIC,
    "china": _CHINA,
    "usgovernment": _GOVERNMENT_L4,
    "usgovernmentl4": _GOVERNMENT_L4,
    "usgovernmentl5": _GOVERNMENT_L5,
    "dod": _GOVERNMENT_L5,
}


def resolve_environment(configuration: Configuration) -> Environment:
    """Find the URLs; one request where a metadata host is set, none otherwise.

    Raises ``ConfigurationError`` for an unknown name, and for a metadata host that does not
    answer, is not trusted or does not say what is needed.
    """
    if configuration.metadata_host:
        return _from_metadata(configuration.metadata_host)
    name = configuration.environment.lower()
    if name not in NAMED:
        known = ", ".join(sorted(NAMED))
        raise ConfigurationError(
            f"azuread:environment is '{configuration.environment}'; known are {known}."
        )
    return NAMED[name]


def _from_metadata(host: str) -> Environment:
    url = f"https://{host}/metadata/endpoints"
    try:
        answer = httpx.get(
            url,
            params={"api-version": "2022-09-01"},
            timeout=_METADATA_SECONDS,
            verify=trust(),
        )
        answer.raise_for_status()
        body = answer.json()
        graph = str(body["microsoftGraphResourceId"])
        login = str(body["authentication"]["loginEndpoint"])
    except httpx.HTTPStatusError as error:
        raise ConfigurationError(
            f"The metadata host '{host}' answers with the status {error.response.status_code} "
            "instead of the environment's metadata. Check azuread:metadataHost "
            "(ARM_METADATA_HOSTNAME)."
        ) from None
    except httpx.HTTPError as error:
        raise ConfigurationError(_unreachable(host, error)) from None
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError(
            f"The metadata host '{host}' answered, but not with the environment's metadata: "
            "microsoftGraphResourceId or authentication.loginEndpoint is missing. "
            "Check azuread:metadataHost (ARM_METADATA_HOSTNAME)."
        ) from None
    return Environment(graph.rstrip("/"), login.rstrip("/"), well_known=False)


def _unreachable(host: str, error: httpx.HTTPError) -> str:
    said = str(error) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return (
            f"The certificate of the metadata host '{host}' is not trusted: let SSL_CERT_FILE "
            "and REQUESTS_CA_BUNDLE name a bundle that holds its certificate authority."
        )
    return (
        f"The metadata host '{host}' does not answer ({said}). It is set by azuread:metadataHost "
        "or ARM_METADATA_HOSTNAME; for the local tenant, start it first: make up."
    )
