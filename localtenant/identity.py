"""Who a tenant is, chosen when it is made and the same for good: its ID, subdomain and type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.errors import LocalTenantError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.transaction import Transaction

DEFAULT_SUBDOMAIN = "contoso"
TENANT_TYPES = ("CIAM", "AAD")
"""``tenantType`` of the organization; the first is the default."""

_WANTED: Mapping[str, tuple[str, str]] = {
    "tenant-id": (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a GUID"),
    "subdomain": (r"[a-z0-9]{1,26}", "1 to 26 letters and digits"),
    "tenant-type": ("|".join(TENANT_TYPES).lower(), " or ".join(TENANT_TYPES)),
}
"""What the options that make a tenant what it is have to look like, in lower case."""


class IdentityError(LocalTenantError):
    """What is wanted of a tenant that it cannot be; the text is for the reader."""


@dataclass(frozen=True)
class Identity:
    """Who a tenant is; of what is wanted of one, None is left open."""

    tenant_id: str | None = None
    subdomain: str | None = None
    tenant_type: str | None = None


def kept_identity(tx: Transaction, wanted: Identity) -> tuple[str, str, str]:
    """ID, subdomain and type of the tenant, which become what is ``wanted`` if it is new.

    Raises :class:`IdentityError` if it is another already.
    """
    tenant_id = _kept("tenant-id", tx, wanted.tenant_id, str(uuid4()))
    subdomain = _kept("subdomain", tx, wanted.subdomain, DEFAULT_SUBDOMAIN)
    tenant_type = _kept("tenant-type", tx, wanted.tenant_type, TENANT_TYPES[0])
    return tenant_id, subdomain, tenant_type.upper()


def _kept(name: str, tx: Transaction, wanted: str | None, default: str) -> str:
    """What the state holds, or what a new tenant is to hold; an error if the two differ."""
    form, words = _WANTED[name]
    if wanted is not None and re.fullmatch(form, wanted.lower()) is None:
        message = f"--{name} wants {words}, not '{wanted}'."
        raise IdentityError(message)
    kept = tx.setting(name)
    if kept is not None and wanted is not None and kept != wanted.lower():
        message = (
            f"The tenant in this state folder has the {name} '{kept}', not '{wanted}'. Name "
            "another folder with --state to make another tenant."
        )
        raise IdentityError(message)
    if kept is None:
        kept = (wanted or default).lower()
        tx.keep_setting(name, kept)
    return kept
