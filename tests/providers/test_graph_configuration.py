"""How the azuread provider's settings are read, and what they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from azure.identity import (
    AzureCliCredential,
    CertificateCredential,
    ClientAssertionCredential,
    ManagedIdentityCredential,
)
from client_certificates import ClientCertificate

from providers.graph import session
from providers.graph.client_secret import ClientSecret
from providers.graph.configuration import Configuration, read_configuration
from providers.graph.credentials import AzureTokens
from providers.graph.environment import NAMED, resolve_environment
from providers.graph.errors import ConfigurationError
from providers.graph.tokens import make_tokens

TENANT = "11111111-1111-1111-1111-111111111111"
CLIENT = "22222222-2222-2222-2222-222222222222"
PUBLIC = NAMED["public"]


def test_the_stack_comes_before_the_environment() -> None:
    """A key of the stack's configuration wins over the variable of the same meaning."""
    stack = {"tenantId": TENANT}
    found = read_configuration(stack.get, {"ARM_TENANT_ID": "other", "ARM_CLIENT_ID": CLIENT})
    assert (found.tenant_id, found.client_id) == (TENANT, CLIENT)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """``clientSecretFilePath`` is read where no secret is given, without its line's end."""
    (tmp_path / "secret").write_text("from the file\n")
    stack = {"clientSecretFilePath": str(tmp_path / "secret")}
    assert read_configuration(stack.get, {}).client_secret == "from the file"


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """The error says which setting names which file."""
    stack = {"clientSecretFilePath": str(tmp_path / "none")}
    with pytest.raises(ConfigurationError, match=r"azuread:clientSecretFilePath .*none"):
        read_configuration(stack.get, {})


def test_a_switch_is_true_or_false() -> None:
    """Anything else is an error that names the key, not a guess."""
    with pytest.raises(ConfigurationError, match="azuread:useOidc is 'yes'"):
        read_configuration({"useOidc": "yes"}.get, {})


def test_no_secret_shows_in_the_text_of_a_configuration() -> None:
    """A configuration that lands in a log names tenant and client only."""
    text = repr(Configuration(tenant_id=TENANT, client_secret="do-not-show"))
    assert "do-not-show" not in text
    assert TENANT in text


def test_the_order_of_the_ways_to_sign_in_is_the_plugins(tmp_path: Path) -> None:
    """Certificate, secret, federated token, managed identity, Azure CLI: the first that is set."""
    path = tmp_path / "certificate.pfx"
    path.write_bytes(ClientCertificate.made().pkcs12())
    everything: dict[str, object] = {
        "tenant_id": TENANT,
        "client_id": CLIENT,
        "client_certificate_path": str(path),
        "client_secret": "secret",
        "use_oidc": True,
        "oidc_token": "token",
        "use_msi": True,
    }
    order = [
        ("client_certificate_path", CertificateCredential),
        ("client_secret", ClientSecret),
        ("use_oidc", ClientAssertionCredential),
        ("use_msi", ManagedIdentityCredential),
        ("", AzureCliCredential),
    ]
    for name, kind in order:
        configuration = Configuration(**everything)  # pyright: ignore[reportArgumentType]
        tokens = make_tokens(configuration, PUBLIC)
        chosen = tokens.credential if isinstance(tokens, AzureTokens) else tokens
        assert isinstance(chosen, kind)
        everything.pop(name, None)


def test_no_way_to_sign_in_says_which_there_are() -> None:
    """The error leads to the ways that exist."""
    with pytest.raises(ConfigurationError, match=r"ARM_CLIENT_SECRET.*az login"):
        make_tokens(Configuration(use_cli=False), PUBLIC)


def test_a_secret_without_its_application_says_what_is_missing() -> None:
    """Every missing setting is named at once."""
    with pytest.raises(ConfigurationError, match=r"azuread:tenantId .* azuread:clientId"):
        make_tokens(Configuration(client_secret="secret"), PUBLIC)


def test_an_unknown_cloud_is_refused_with_the_known_ones() -> None:
    """A misspelt environment is an error, never the public cloud."""
    with pytest.raises(ConfigurationError, match=r"'publik'; known are .*china.*public"):
        resolve_environment(Configuration(environment="publik"))


def test_a_metadata_host_that_does_not_answer_is_named() -> None:
    """The error names the host, the setting, and how the local tenant is started."""
    with pytest.raises(ConfigurationError, match=r"'localhost:1' does not answer.*make up"):
        resolve_environment(Configuration(metadata_host="localhost:1"))


def test_a_process_keeps_its_session_while_the_settings_are_the_same() -> None:
    """Each kind of resource configures the process: one sign-in is enough for all."""
    session.configure({"clientId": "one", "clientSecret": "x"}.get)
    first = session.current()
    session.configure({"clientId": "one", "clientSecret": "x"}.get)
    assert session.current() is first

    session.configure({"clientId": "two", "clientSecret": "x"}.get)
    assert session.current() is not first
    session.configure({"useCli": "perhaps"}.get)
    second = session.current()
    session.configure({"useCli": "perhaps"}.get)
    assert session.current() is not second
