"""An application's certificate, as settings and Args give it: PEM text, the public part alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

if TYPE_CHECKING:
    # Only named here: it is imported where a certificate is read, which few stacks have.
    from cryptography import x509

_KEYS: Final = UUID("b0f9c8f2-4f0a-4c39-9a55-54a1c5f7f0de")
"""Frozen: every certificate that was ever added has an ID below it."""

_ALLOWED: Final = "one certificate in PEM form, from -----BEGIN CERTIFICATE----- on"
_BLOCK: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")


def read_certificate(text: str, now: datetime | None = None) -> x509.Certificate:
    """The certificate in a PEM text; ValueError when it cannot be used, or is not alone there.

    Args:
        text: the certificate, with or without what people write above it.
        now: when it is to be valid, by default now.

    """
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 -- see above

    blocks = _BLOCK.findall(text)
    if any("PRIVATE KEY" in block for block in blocks):
        raise ValueError(
            "the certificate alone: a private key belongs to the application that signs with it, "
            "never into a stack's configuration"
        )
    if blocks != ["CERTIFICATE"]:
        raise ValueError(_ALLOWED)
    try:
        certificate = load_pem_x509_certificate(text.encode())
    except ValueError:
        raise ValueError(_ALLOWED) from None
    end = certificate.not_valid_after_utc
    if end <= (now or datetime.now(UTC)):
        raise ValueError(f"a certificate that is valid (this one ended on {end:%Y-%m-%d})")
    return certificate


def canonical(text: str) -> str:
    """The certificate in a PEM text, in the one form that is compared."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 -- see above

    return read_certificate(text).public_bytes(Encoding.PEM).decode()


def key_id(text: str) -> str:
    """The ID of the certificate in a PEM text among an application's keys: it follows from it."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 -- see above

    return str(uuid5(_KEYS, read_certificate(text).fingerprint(hashes.SHA256()).hex()))


def end_of(text: str) -> datetime:
    """When the certificate in a PEM text ends, UTC."""
    return read_certificate(text).not_valid_after_utc
