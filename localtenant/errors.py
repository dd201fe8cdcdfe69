"""What a person is told when something cannot be done."""

from __future__ import annotations


class LocalTenantError(Exception):
    """Something that cannot be done; the text is one line, for the person who wanted it."""
