"""The secrets of identity providers, which Graph never gives back.

A secret is shown to its provider when a customer signs in there, so what is kept is the secret
itself, beside the hashes of other secrets, under the ID of the provider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

_MASK = "******"
_KEPT_AS = "provider"
_NAMES = ("clientSecret", "certificateData")
_NESTED = "clientAuthentication"


def secret_of(tx: Transaction, provider: str) -> str | None:
    """The secret, or Apple's private key, of a provider; None for one that has none."""
    return tx.secrets(provider).get(_KEPT_AS)


def masked(values: Json) -> Json:
    """``values`` with secrets as they read back."""
    shown = dict(values)
    for name in _NAMES:
        if shown.get(name):
            shown[name] = _MASK
    if _NAMES[0] in child(shown, _NESTED):
        shown[_NESTED] = shown[_NESTED] | {_NAMES[0]: _MASK}
    return shown


def keep(tx: Transaction, provider: str, values: Json) -> None:
    """Keep the secret that ``values`` give a provider; without any, it keeps the one it has.

    Another way for the client to authenticate takes the secret away.
    """
    places = (*((values, n) for n in _NAMES), (child(values, _NESTED), _NAMES[0]))
    given = next((place[name] for place, name in places if place.get(name)), None)
    if given is None and _NESTED not in values:
        return
    tx.drop_secret(provider, _KEPT_AS)
    if given is not None:
        tx.keep_secret(provider, _KEPT_AS, given)
