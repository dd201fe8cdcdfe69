"""Which issuer on this machine stands in for an identity provider that is elsewhere.

The issuers of Google, Facebook and Apple are fixed and on the internet, which the local tenant
never asks. The person who runs it says by what name (``google``, ``facebook``, ``apple``, or the
URL of an OpenID provider's issuer) which OpenID issuer of this machine is asked in its place, and
whose certificate it has. It is kept with the tenant, and a reset leaves it alone.

That the stand-in may want another client ID and secret than the provider itself has its reason in
what usually is one: a second local tenant, which makes up the IDs of its applications.
"""

from __future__ import annotations

import json
import ssl
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from localtenant.errors import LocalTenantError
from localtenant.signin import outbound
from localtenant.signin.outbound import ElsewhereError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.transaction import Transaction

SOCIAL = ("google", "facebook", "apple")
_SETTING = "stand-in:"
_TEXTS = ("issuer", "trust", "clientId", "clientSecret")
WANTED = (
    'PUT wants a JSON object {"name": "google", "issuer": "https://localhost:…/v2.0", "trust": '
    '"PEM", "clientId": "…", "clientSecret": "…"} of texts; "name" alone is needed for an issuer '
    "of this machine."
)


class StandInError(LocalTenantError):
    """What cannot stand in, or does not; the text is for a user."""


@dataclass(frozen=True)
class StandIn:
    """An issuer of this machine, and what is presented to it.

    ``trust`` is the certificate of the authority that is believed, as PEM; empty for those that the
    tenant believes anyway. An empty ``clientId`` and ``clientSecret`` are those of the provider.
    """

    issuer: str
    trust: str = ""
    clientId: str = ""  # noqa: N815 - the names of JSON
    clientSecret: str = field(default="", repr=False)  # noqa: N815 - as above


def find(tx: Transaction, name: str) -> StandIn | None:
    """What stands in for ``google``, ``facebook``, ``apple`` or an issuer; None for nothing."""
    kept = tx.setting(f"{_SETTING}{name}")
    return StandIn(**json.loads(kept)) if kept else None


def listed(tx: Transaction) -> list[dict[str, Any]]:
    """What stands in for what: ``name``, ``issuer`` and ``clientId``, by name."""
    kept = tx.settings()
    found = {
        n.removeprefix(_SETTING): find(tx, n.removeprefix(_SETTING))
        for n in sorted(kept)
        if n.startswith(_SETTING) and kept[n]
    }
    return [{"name": n, "issuer": s.issuer, "clientId": s.clientId} for n, s in found.items() if s]


def put(tx: Transaction, wanted: Mapping[str, object]) -> dict[str, Any]:
    """Have something stand in, as ``wanted`` says: ``name`` and the fields of :class:`StandIn`.

    An issuer of this machine may stand for itself, to say whom to believe. Raises StandInError.
    """
    name = wanted.get("name")
    fields = {n: v for n, v in wanted.items() if n != "name" and v}
    texts = all(isinstance(v, str) for v in fields.values())
    if not isinstance(name, str) or not name or not texts or not set(fields) <= set(_TEXTS):
        raise StandInError(WANTED)
    if name not in SOCIAL and not name.startswith("https://"):
        message = f"'{name}' is none of {', '.join(SOCIAL)}, and no issuer, https://…"
        raise StandInError(message)
    found = StandIn(**{"issuer": name, **fields})  # pyright: ignore[reportArgumentType] - checked above
    _check(found)
    tx.keep_setting(f"{_SETTING}{name}", json.dumps(asdict(found)))
    return {"name": name, "issuer": found.issuer, "clientId": found.clientId}


def remove(tx: Transaction, name: str) -> None:
    """Have nothing stand in. Raises StandInError."""
    if find(tx, name) is None:
        message = f"Nothing stands in for '{name}'."
        raise StandInError(message)
    tx.keep_setting(f"{_SETTING}{name}", "")


def _check(found: StandIn) -> None:
    try:
        outbound.check(found.issuer)
    except ElsewhereError as error:
        message = f"'{found.issuer}' is no issuer of this machine: https://localhost:…"
        raise StandInError(message) from error
    except ValueError as error:
        message = f"'{found.issuer}' is no URL: {error}."
        raise StandInError(message) from error
    if found.trust:
        try:
            ssl.create_default_context(cadata=found.trust)
        except (ssl.SSLError, ValueError, TypeError) as error:
            message = "'trust' holds no certificate in PEM."
            raise StandInError(message) from error
