"""The security identifiers that Entra gives users and groups."""

from __future__ import annotations

from uuid import UUID


def security_identifier(object_id: str) -> str:
    """The SID of an object: ``S-1-12-1-`` and the four numbers in its object ID."""
    raw = UUID(object_id).bytes_le
    numbers = (int.from_bytes(raw[i : i + 4], "little") for i in range(0, 16, 4))
    return "S-1-12-1-" + "-".join(map(str, numbers))
