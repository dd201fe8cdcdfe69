"""The tenant over HTTPS: names, addresses, and what its clients trust."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import httpx
import pytest

from localtenant.certificates import machine_authorities
from localtenant.server import listen
from localtenant.testing import Ready

pytestmark = pytest.mark.local_only


def test_metadata_leads_to_the_tenant_itself(ready: Ready) -> None:
    """The environment metadata is one object with what the azuread plugin insists on."""
    context = ssl.create_default_context(cafile=ready.caFile)
    url = f"{ready.url}/metadata/endpoints?api-version=2022-09-01"
    metadata = httpx.get(url, verify=context).json()

    assert metadata["name"]
    assert metadata["resourceManager"]
    assert metadata["microsoftGraphResourceId"] == ready.url
    assert metadata["authentication"]["loginEndpoint"] == ready.url


def test_tenant_answers_on_loopback_by_any_name(ready: Ready) -> None:
    """The certificate is good for localhost, 127.0.0.1 and, with IPv6, ::1."""
    context = ssl.create_default_context(cafile=ready.caFile)
    port = ready.url.rpartition(":")[2]
    hosts = ["localhost", "127.0.0.1"]
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pass
        else:
            hosts.append("[::1]")

    for host in hosts:
        answer = httpx.get(f"https://{host}:{port}/metadata/endpoints", verify=context).json()
        assert answer["microsoftGraphResourceId"] == f"https://{host}:{port}"


def test_foreign_host_header_is_not_echoed(ready: Ready) -> None:
    """A Host header of another name never gets into the addresses that the tenant answers."""
    context = ssl.create_default_context(cafile=ready.caFile)
    headers = {"Host": "evil.example"}
    answer = httpx.get(f"{ready.url}/metadata/endpoints", headers=headers, verify=context)

    assert answer.json()["microsoftGraphResourceId"] == ready.url


def test_bundle_holds_the_machines_authorities_too(ready: Ready) -> None:
    """The bundle trusts what the machine trusts, and the tenant's own authority."""
    bundle = Path(ready.caBundleFile).read_bytes()

    assert Path(ready.caFile).read_bytes() in bundle
    assert machine_authorities(Path(ready.caBundleFile)).read_bytes().rstrip() in bundle


def test_own_bundle_is_not_taken_for_the_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell that has evaluated a tenant's environment does not nest bundles into each other."""
    bundle = tmp_path / "ca-bundle.pem"
    bundle.write_text("own")
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))

    assert machine_authorities(bundle) != bundle


def test_tenant_listens_on_loopback_alone() -> None:
    """Both sockets are loopback's, share a port, and name TCP so that no answer is held back."""
    sockets = listen(0)
    try:
        addresses = [s.getsockname() for s in sockets]

        assert {a[0] for a in addresses} <= {"127.0.0.1", "::1"}
        assert len({a[1] for a in addresses}) == 1
        assert {s.proto for s in sockets} == {socket.IPPROTO_TCP}
    finally:
        for listening in sockets:
            listening.close()
