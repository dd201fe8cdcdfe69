"""The provider's configuration, and which places count as this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.azuread.environment import is_loopback
from engine.azuread.errors import ConfigurationError
from engine.azuread.settings import read

VARIABLES = {
    "ARM_TENANT_ID": "tenant",
    "ARM_CLIENT_ID": "client",
    "ARM_CLIENT_SECRET": "secret",
    "ARM_METADATA_HOSTNAME": "localhost:8443",
}


def test_configuration_goes_before_variables() -> None:
    """A configured value wins; what is not configured comes from the environment."""
    settings = read({"tenantId": "configured"}, VARIABLES)
    assert settings.tenant_id == "configured"
    assert settings.client_id == "client"
    assert settings.metadata_host == "localhost:8443"
    assert "secret" not in repr(settings)


def test_all_that_is_missing_is_named() -> None:
    """Everything that is missing is said at once, with both of its names."""
    with pytest.raises(ConfigurationError) as failure:
        read({}, {"ARM_TENANT_ID": "tenant"})
    text = str(failure.value)
    assert "azuread:clientSecret (ARM_CLIENT_SECRET)" in text
    assert "azuread:metadataHost (ARM_METADATA_HOSTNAME)" in text
    assert "azuread:tenantId" not in text


def test_files_hold_client_id_and_secret(tmp_path: Path) -> None:
    """Client ID and secret may be in files; one that is missing or contradicts is an error."""
    (tmp_path / "secret").write_text("from file\n")
    variables = {name: value for name, value in VARIABLES.items() if name != "ARM_CLIENT_SECRET"}
    configured = {"clientSecretFilePath": str(tmp_path / "secret")}
    assert read(configured, variables).client_secret == "from file"
    with pytest.raises(ConfigurationError, match="differ"):
        read(configured, VARIABLES)
    with pytest.raises(ConfigurationError, match="cannot read"):
        read({"clientIdFilePath": str(tmp_path / "none")}, VARIABLES)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({**VARIABLES, "ARM_CLIENT_CERTIFICATE_PATH": "a.pfx"}, "clientCertificatePath"),
        ({**VARIABLES, "ARM_CLIENT_SECRET": "", "ARM_USE_OIDC": "true"}, "useOidc"),
    ],
)
def test_other_ways_to_sign_in_are_refused(variables: dict[str, str], named: str) -> None:
    """Where the real plugin would sign in by other means, this one says that it cannot."""
    with pytest.raises(ConfigurationError, match=named):
        read({}, variables)


def test_a_secret_goes_before_oidc() -> None:
    """As in the real plugin, a client secret is preferred to OIDC."""
    assert read({"useOidc": True}, VARIABLES).client_secret == "secret"


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("contoso.localhost", True),
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("graph.microsoft.com", False),
        ("localhost.example.com", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound
        ("", False),
    ],
)
def test_only_loopback_is_this_machine(host: str, here: bool) -> None:  # noqa: FBT001 - a parameter
    """A name that any name server could answer for is not this machine."""
    assert is_loopback(host) is here
