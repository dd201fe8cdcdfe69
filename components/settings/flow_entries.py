"""What a user flow has once: attributes and identity providers, whichever way it names them.

A flow names them by Graph's ids or by keys of the configuration; a key and the id of the same thing
beside it would be refused by Graph, once everything else is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from components.settings.enums import BuiltInIdentityProvider
from components.settings.parts import Found, Parts
from components.settings.user_attribute import plain_name
from components.settings.uses import unique

_IDS: Final = {
    "google": BuiltInIdentityProvider.GOOGLE,
    "facebook": BuiltInIdentityProvider.FACEBOOK,
    "apple": BuiltInIdentityProvider.APPLE,
}
"""The ids of identity providers that follow from their type."""

_EXTENSION: Final = re.compile(r"extension_[0-9a-f]{32}_(\w+)", re.IGNORECASE)
"""The id of a custom attribute; all of a tenant's begin alike."""


def check_entries(parts: Parts) -> Iterator[Found]:
    """Every attribute and identity provider that a flow has a second time."""
    for key, flow in parts.user_flows.items():
        place = ("user_flows", key)
        yield from unique(
            (
                ((*place, "identity_providers", at), one)
                for at, one in _each(flow.identity_providers)
            ),
            "each identity provider once",
            lambda name: _provider(name, parts),
        )
        asked = ((at, one.attribute) for at, one in _each(flow.attributes))
        yield from unique(
            (((*place, "attributes", at), one) for at, one in asked),
            "each attribute once",
            lambda name: _attribute(name, parts),
        )


def _each(entries: Iterable[Any] | None) -> Iterable[tuple[int, Any]]:
    return enumerate(entries or ())


def _provider(name: str, parts: Parts) -> str:
    kind = getattr(parts.identity_providers.get(name), "type", "")
    return _IDS.get(str(kind), name)


def _attribute(name: str, parts: Parts) -> str:
    """The end of the id that it has, or will have."""
    if extension := _EXTENSION.fullmatch(name):
        return f"custom {extension[1].casefold()}"
    if name not in parts.attributes:
        return name
    custom = parts.attributes[name]
    if hasattr(custom, "attribute_id"):
        known = custom.attribute_id
        return _attribute(known, parts) if isinstance(known, str) else name
    shown = name if custom.display_name is None else custom.display_name
    return f"custom {plain_name(shown)}"
