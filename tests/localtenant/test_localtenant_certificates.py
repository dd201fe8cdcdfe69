"""The certificates in a state folder: what stays, and what is made anew for other names."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from localtenant.testing import Ready, running_tenant

pytestmark = pytest.mark.local_only

LOGIN, GRAPH = "contoso.ciamlogin.com", "graph.microsoft.com"


def options(*aliases: str) -> list[str]:
    """Build the options for these names."""
    return [word for alias in aliases for word in ("--alias-host", alias)]


def served_names(ready: Ready) -> set[str]:
    """Read which names the server's certificate is good for, of a client that trusts ``ca.pem``."""
    trust = ssl.create_default_context(cafile=ready.caFile)
    port = int(ready.url.rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        certificate: Any = secure.getpeercert()
    return {value for _, value in certificate["subjectAltName"]}


def test_the_certificate_follows_the_names_and_the_authority_stays(tmp_path: Path) -> None:
    """Names come and go; who trusts the authority once goes on doing so."""
    own = {"localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"}
    seen: list[tuple[bytes, bytes]] = []
    for aliases in ((), (LOGIN.upper(), LOGIN), (LOGIN,), (GRAPH,), ()):
        with running_tenant(tmp_path, extra_args=options(*aliases)) as ready:
            assert served_names(ready) == own | {alias.lower() for alias in aliases}
            server = Path(ready.caFile).with_name("server.pem")
            seen.append((Path(ready.caFile).read_bytes(), server.read_bytes()))

    assert len({authority for authority, _ in seen}) == 1
    assert [server == seen[1][1] for _, server in seen] == [False, True, True, False, False]


def test_an_authority_without_its_key_gives_way(tmp_path: Path) -> None:
    """A state folder of an earlier version serves further names, too, with a new authority."""
    with running_tenant(tmp_path):
        pass
    before = (tmp_path / "ca.pem").read_bytes()
    (tmp_path / "ca-key.pem").unlink()
    with running_tenant(tmp_path):
        assert (tmp_path / "ca.pem").read_bytes() == before

    with running_tenant(tmp_path, extra_args=options(LOGIN)) as ready:
        assert LOGIN in served_names(ready)
        assert Path(ready.caFile).read_bytes() in Path(ready.caBundleFile).read_bytes()
