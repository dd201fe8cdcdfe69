"""HTTPS of the tenant: a certificate authority of its own, made once, and what clients trust.

The authority and the server's certificate live in the state folder, so that a client which trusts
the authority goes on doing so after a restart, whatever names the server has by then. trustme makes
both; they are for this machine only.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import certifi
from cryptography import x509

from localtenant import durable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustme import CA

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

    @classmethod
    def of(cls, folder: Path) -> Certificates:
        """The files of the tenant that lives in ``folder``, there or not."""
        return cls(folder / "ca.pem", folder / "ca-bundle.pem", folder / "server.pem")

    @property
    def authority_key(self) -> Path:
        """The authority's private key, which no client needs."""
        return self.authority.with_name("ca-key.pem")


def prepare(folder: Path, aliases: Sequence[str] = ()) -> Certificates:
    """The tenant's certificates in ``folder``, made if they are not there yet.

    The server's is good for this machine's names and for ``aliases``; it is made anew, by the same
    authority, when these have changed. So is the bundle when the machine's authorities have.
    """
    files = Certificates.of(folder)
    hosts = [*HOSTS, *aliases]
    if not files.authority.exists() or _hosts(files.server) != set(hosts):
        _make(files, hosts)
    machine = machine_authorities(files.bundle).read_bytes()
    bundle = machine.rstrip() + b"\n" + files.authority.read_bytes()
    if not files.bundle.exists() or files.bundle.read_bytes() != bundle:
        durable.write(files.bundle, bundle, 0o644)
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


def _hosts(server: Path) -> set[str]:
    """What the server's certificate is good for; nothing if it is not there."""
    if not server.exists():
        return set()
    certificate = x509.load_pem_x509_certificate(server.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in names}


def _make(files: Certificates, hosts: Sequence[str]) -> None:
    """Make the server's certificate, and the authority if there is none that can sign it."""
    authority = _authority(files)
    server = authority.issue_cert(*hosts)
    durable.write(files.server, server.private_key_and_cert_chain_pem.bytes())


def _authority(files: Certificates) -> CA:
    import trustme  # noqa: PLC0415 - needed when a certificate is made only, and slow to import

    if files.authority.exists() and files.authority_key.exists():
        return trustme.CA.from_pem(files.authority.read_bytes(), files.authority_key.read_bytes())
    authority = trustme.CA(
        organization_name="Local tenant", organization_unit_name="on this machine only"
    )
    # An authority without its key, as of a tenant of an earlier version, gives way to a new one; at
    # no moment is there one with another one's key.
    files.authority.unlink(missing_ok=True)
    durable.write(files.authority_key, authority.private_key_pem.bytes())
    durable.write(files.authority, authority.cert_pem.bytes(), 0o644)
    return authority
