"""Graph's GUIDs, as inputs give them."""

from __future__ import annotations

import re

from providers.lifecycle import Unknown

_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def may_be_guid(value: object) -> bool:
    """Whether a value has the form of a GUID, or is not known yet."""
    return isinstance(value, Unknown) or _FORM.fullmatch(str(value or "")) is not None
