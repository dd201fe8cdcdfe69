"""HTTPS of the tenant: a certificate authority of its own, made once, and what clients trust.

The authority and the server's certificate live in the state folder, so that a client which trusts
the authority goes on doing so after a restart. trustme makes both; they are for this machine only.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from pathlib import Path

import certifi

HOSTS = ("localhost", "127.0.0.1", "::1")
# Where systems keep their authorities in one file; Go's standard library looks in the same places.
_SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


@dataclass(frozen=True)
class Certificates:
    """PEM files: the authority, the machine's authorities with it, and the server's own."""

    authority: Path
    bundle: Path
    server: Path


def prepare(folder: Path) -> Certificates:
    """The tenant's certificates in ``folder``, made if they are not there yet.

    The bundle is written anew at each start, because the machine's authorities may have changed.
    """
    files = Certificates(folder / "ca.pem", folder / "ca-bundle.pem", folder / "server.pem")
    if not (files.authority.exists() and files.server.exists()):
        _make(files)
    machine = machine_authorities(files.bundle).read_bytes()
    files.bundle.write_bytes(machine.rstrip() + b"\n" + files.authority.read_bytes())
    return files


def machine_authorities(own_bundle: Path) -> Path:
    """The file with the authorities that this machine trusts.

    ``SSL_CERT_FILE`` of a client replaces the machine's trust, so the bundle has to carry all of
    it, a company's own authorities included: first what the environment names, then the system's
    file, and certifi's list only where there is neither. ``own_bundle`` never counts.
    """
    named = os.environ.get("SSL_CERT_FILE")
    default = ssl.get_default_verify_paths().openssl_cafile
    for name in (named, default, *_SYSTEM_BUNDLES):
        path = Path(name) if name else None
        if path and path.is_file() and path.resolve() != own_bundle.resolve():
            return path
    return Path(certifi.where())


def _make(files: Certificates) -> None:
    import trustme  # noqa: PLC0415 - needed at the first start only, and slow to import

    authority = trustme.CA(
        organization_name="Local tenant", organization_unit_name="on this machine only"
    )
    server = authority.issue_cert(*HOSTS)
    files.server.touch(0o600)
    files.server.write_bytes(server.private_key_and_cert_chain_pem.bytes())
    files.authority.write_bytes(authority.cert_pem.bytes())
