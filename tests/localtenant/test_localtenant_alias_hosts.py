"""``--alias-host``: further names, as they are found by clients whose machine leads them here."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import httpx
import jwt
import msal
import pytest
import requests

from localtenant.addresses import Addresses, HostNameError, host_name
from localtenant.testing import Ready, running_tenant
from localtenant.testing_client import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from localtenant.odata.types import Json

pytestmark = pytest.mark.local_only

LOGIN, GRAPH = "contoso.ciamlogin.com", "graph.microsoft.com"
CLIENTS = {"writer": ("Application.ReadWrite.All", "Organization.Read.All")}


def options(*aliases: str) -> list[str]:
    """Build the options for these names."""
    return [word for alias in aliases for word in ("--alias-host", alias)]


@pytest.fixture(scope="module")
def aliased(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """Run a tenant that has two names beside its own."""
    folder = tmp_path_factory.mktemp("aliased")
    with running_tenant(folder, clients=CLIENTS, extra_args=options(LOGIN, GRAPH)) as ready:
        yield ready


def asked(ready: Ready, host: str, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    """Ask the tenant in the way of a client that was led to it by a hosts file.

    ``host`` may have a port. TLS wants the certificate to be good for it.
    """
    address = f"https://127.0.0.1:{ready.url.rpartition(':')[2]}"
    headers = {"Host": host, **more.pop("headers", {})}
    sni = {"sni_hostname": host.partition(":")[0]}
    with httpx.Client(verify=ssl.create_default_context(cafile=ready.caFile)) as client:
        return client.request(method, f"{address}{path}", headers=headers, extensions=sni, **more)


@pytest.fixture
def hosts_file(aliased: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead the names, on port 443, to the tenant's port, as a hosts file and port 443 would do."""
    resolve: Callable[..., Any] = socket.getaddrinfo
    port = int(aliased.url.rpartition(":")[2])

    def led(host: str, asked_port: int, *more: Any, **options: Any) -> Any:
        if (host, asked_port) in {(LOGIN, 443), (GRAPH, 443)}:
            return resolve("127.0.0.1", port, *more, **options)
        return resolve(host, asked_port, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", led)


@pytest.mark.parametrize("port", ["", ":443", None])
def test_addresses_are_those_that_the_client_asked(aliased: Ready, port: str | None) -> None:
    """Discovery and metadata name the alias, with the port if the client named one."""
    own = f":{aliased.url.rpartition(':')[2]}"
    host = LOGIN + (own if port is None else port)
    origin = f"https://{LOGIN}{own if port is None else ''}"

    base = "/contoso.onmicrosoft.com/v2.0"
    found = asked(aliased, host, f"{base}/.well-known/openid-configuration").json()
    metadata = asked(aliased, host.upper(), "/metadata/endpoints").json()

    tenant = f"{origin}/{aliased.tenantId}"
    assert found["issuer"] == f"{tenant}/v2.0"
    assert found["token_endpoint"] == f"{tenant}/oauth2/v2.0/token"
    assert found["jwks_uri"] == f"{tenant}/discovery/v2.0/keys"
    assert metadata["authentication"]["loginEndpoint"] == origin


def signed_in(ready: Ready, scope: str) -> Json:
    """Sign in by the alias; the token's claims, and the token as ``access_token``."""
    client = ready.clients["writer"]
    form = {
        "client_id": client.clientId,
        "client_secret": client.clientSecret,
        "grant_type": "client_credentials",
        "scope": scope,
    }
    path = f"/{ready.tenantId}/oauth2/v2.0/token"
    token: Json = asked(ready, LOGIN, path, "POST", data=form).json()
    return jwt.decode(token["access_token"], options={"verify_signature": False}) | token


def test_links_of_graph_lead_to_the_name_that_was_asked(aliased: Ready) -> None:
    """A token that one name has issued is good at the other, and pages go on there."""
    token = signed_in(aliased, f"https://{GRAPH}/.default")
    bearer = {"Authorization": f"Bearer {token['access_token']}"}

    page = asked(aliased, GRAPH, "/v1.0/applications?$top=1", headers=bearer).json()

    assert token["aud"] == f"https://{GRAPH}"
    assert page["@odata.nextLink"].startswith(f"https://{GRAPH}/v1.0/applications?")
    assert page["@odata.context"].startswith(f"https://{GRAPH}/v1.0/$metadata#")


def test_a_token_is_issued_by_the_name_that_was_asked(aliased: Ready) -> None:
    """The issuer of a v2.0 token is the one of discovery at the same name."""
    token = signed_in(aliased, f"https://{GRAPH}/.default")
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    uri = f"api://{uuid4()}"
    api = {"displayName": "API", "identifierUris": [uri], "api": {"requestedAccessTokenVersion": 2}}
    made = asked(aliased, GRAPH, "/v1.0/applications", "POST", headers=bearer, json=api).json()
    principal = {"appId": made["appId"]}
    asked(aliased, GRAPH, "/v1.0/servicePrincipals", "POST", headers=bearer, json=principal)

    claims = signed_in(aliased, f"{uri}/.default")

    assert claims["iss"] == f"https://{LOGIN}/{aliased.tenantId}/v2.0"


@pytest.mark.usefixtures("hosts_file")
def test_msal_and_a_client_of_graph_work_unmodified(aliased: Ready) -> None:
    """MSAL's own CIAM authority, and Graph's own address, both on port 443."""
    client = aliased.clients["writer"]
    with requests.Session() as session:
        session.verify = aliased.caFile
        session.trust_env = False
        application = msal.ConfidentialClientApplication(
            client.clientId,
            client_credential=client.clientSecret,
            authority=f"https://{LOGIN}",
            http_client=session,
        )
        answer = cast("Json", application.acquire_token_for_client([f"https://{GRAPH}/.default"]))
        organization = session.get(
            f"https://{GRAPH}/v1.0/organization",
            headers={"Authorization": f"Bearer {answer['access_token']}"},
            timeout=30,
        ).json()["value"]

    assert [one["id"] for one in organization] == [aliased.tenantId]


def test_an_alias_does_not_administer_the_tenant(aliased: Ready) -> None:
    """The name may be one of the web, whose pages are not this machine's."""
    refused(
        asked(aliased, LOGIN, "/-/reset", "POST"),
        403,
        "Refused",
        "Only this machine administers the local tenant.",
    )


def test_another_name_gets_the_tenants_own_address(aliased: Ready) -> None:
    """A name that is no alias never gets into an answer."""
    port = aliased.url.rpartition(":")[2]
    answer = httpx.get(
        f"https://localhost:{port}/metadata/endpoints",
        headers={"Host": f"evil.{LOGIN}"},
        verify=ssl.create_default_context(cafile=aliased.caFile),
    )

    assert answer.json()["graph"] == aliased.url


@pytest.mark.parametrize(
    "name",
    "*.ciamlogin.com,,a..b,-a.com,a_b.com,10.0.0.1,::1,a.com:443,https://a.com,a.com/,"
    f"bücher.example,a b,{'a' * 64}.com,{'a.' * 127}com".split(","),
)
def test_what_is_no_host_name_is_refused(name: str) -> None:
    """One line says what is wanted."""
    with pytest.raises(HostNameError, match="--alias-host wants a host name such as"):
        host_name(name)


def test_a_refused_host_name_ends_the_start_in_one_line(tmp_path: Path) -> None:
    """Nothing is made."""
    state = tmp_path / "state"
    command = [sys.executable, "-m", "localtenant", "serve", "--port", "0", "--state", str(state)]

    ended = subprocess.run(
        [*command, *options("*.ciamlogin.com")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert "not '*.ciamlogin.com': no wildcard, no address, no port" in ended.stderr
    assert not state.exists()


def test_the_port_of_https_is_left_out() -> None:
    """As clients leave it out, which makes the addresses of both the same text."""
    assert Addresses(443).url == "https://localhost"
    assert Addresses(8443).url == "https://localhost:8443"


def test_port_443_works(tmp_path: Path) -> None:
    """The tenant is where clients look for it without a port."""
    try:
        with socket.create_server(("127.0.0.1", 443)):
            pass
    except OSError as error:
        pytest.skip(f"this user cannot listen on port 443 now: {error.strerror}")
    with running_tenant(tmp_path, port=443, extra_args=options(LOGIN)) as ready:
        assert (ready.url, ready.metadataHost) == ("https://localhost", "localhost")
        trust = ssl.create_default_context(cafile=ready.caFile)
        metadata = httpx.get(f"{ready.url}/metadata/endpoints", verify=trust).json()
        assert metadata["graph"] == ready.env["AZURE_AUTHORITY_HOST"] == "https://localhost"
