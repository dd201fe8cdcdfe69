"""Certificates that applications sign in with, and the assertions that they sign."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from joserfc import jws, jwt
from joserfc.jwk import ECKey, RSAKey

if TYPE_CHECKING:
    from localtenant.testing import Ready

ALGORITHMS = ("RS256", "RS384", "PS256", "PS384", "ES256")


def base64url(raw: bytes) -> str:
    """Encode as JOSE does, without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True)
class ClientCertificate:
    """A self-signed certificate and its private key."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, *, elliptic: bool = False, start: datetime | None = None) -> ClientCertificate:
        """Make a key, RSA unless ``elliptic``, and a certificate for a year from yesterday on."""
        key = (
            ec.generate_private_key(ec.SECP256R1())
            if elliptic
            else rsa.generate_private_key(65537, 2048)
        )
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"client {uuid4()}")])
        start = start or datetime.now(UTC) - timedelta(days=1)
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=365))
            .sign(key, hashes.SHA256())
        )
        return cls(key, certificate)

    @property
    def private_pem(self) -> str:
        """The private key in PEM."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @property
    def public_pem(self) -> str:
        """The certificate in PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def pkcs12(self, password: bytes | None = None) -> bytes:
        """Pack key and certificate into one file's content, encrypted if there is a password."""
        encryption = (
            serialization.BestAvailableEncryption(password)
            if password
            else serialization.NoEncryption()
        )
        return pkcs12.serialize_key_and_certificates(
            b"client", self.key, self.certificate, None, encryption
        )

    @property
    def sha1(self) -> bytes:
        """The thumbprint."""
        return self.certificate.fingerprint(hashes.SHA1())  # noqa: S303 - it names the certificate

    @property
    def sha256(self) -> bytes:
        """The thumbprint by SHA-256."""
        return self.certificate.fingerprint(hashes.SHA256())

    def credential(self, **changes: object) -> dict[str, Any]:
        """Build the key credential that registers the certificate with an application."""
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return {
            "customKeyIdentifier": self.sha1.hex().upper(),
            "displayName": "a certificate",
            "startDateTime": f"{self.certificate.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ}",
            "endDateTime": f"{self.certificate.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}",
            "key": base64.b64encode(der).decode(),
            "keyId": str(uuid4()),
            "type": "AsymmetricX509Cert",
            "usage": "Verify",
            **changes,
        }

    def assertion(
        self,
        ready: Ready,
        client_id: str,
        header: dict[str, Any] | None = None,
        claims: dict[str, Any] | None = None,
    ) -> str:
        """Sign an assertion as MSAL does, with members changed, or with None left out."""
        now = int(time.time())
        whole = {
            "aud": f"{ready.url}/{ready.tenantId}/oauth2/v2.0/token",
            "iss": client_id,
            "sub": client_id,
            "jti": str(uuid4()),
            "nbf": now,
            "exp": now + 600,
        }
        named = {"alg": "RS256", "typ": "JWT", "x5t": base64url(self.sha1)}
        return self.signed(_without_none(named, header), _without_none(whole, claims))

    def signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        """Sign a token."""
        return jwt.encode(header, claims, self._jose, algorithms=list(ALGORITHMS))

    def signed_text(self, header: dict[str, Any], payload: bytes) -> str:
        """Sign what need not be claims."""
        return jws.serialize_compact(header, payload, self._jose, algorithms=list(ALGORITHMS))

    @cached_property
    def _jose(self) -> RSAKey | ECKey:
        kind = ECKey if isinstance(self.key, ec.EllipticCurvePrivateKey) else RSAKey
        return kind.import_key(self.private_pem)


def _without_none(given: dict[str, Any], changes: dict[str, Any] | None) -> dict[str, Any]:
    return {k: v for k, v in (given | (changes or {})).items() if v is not None}
