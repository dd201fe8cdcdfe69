"""Pulumi ids of the resources: the paths and compounds that the real plugin records."""

from __future__ import annotations

from engine.azuread.errors import StandInError
from engine.azuread.formats import guid


def path_id(identifier: str, *segments: str) -> list[str]:
    """Return the variable parts of an id such as `/applications/{id}`; `segments` are the others.

    Raises StandInError when the id has another form.
    """
    parts = identifier.split("/")
    if (
        len(parts) == 1 + 2 * len(segments)
        and parts[0] == ""
        and parts[1::2] == list(segments)
        and all(parts[2::2])
    ):
        return parts[2::2]
    form = "".join(f"/{segment}/{{id}}" for segment in segments)
    raise StandInError(f"{identifier!r} is not an id of this resource type; its form is {form}")


def part_id(identifier: str, kind: str) -> tuple[str, str]:
    """Return the object ID and the other ID in an id such as `{objectId}/certificate/{keyId}`.

    Raises StandInError when the id has another form.
    """
    object_id, given, part = (*identifier.split("/"), "", "")[:3]
    if given != kind or not object_id or not part:
        raise StandInError(
            f"{identifier!r} is not an id of this resource type; "
            f"its form is {{objectId}}/{kind}/{{id}}"
        )
    return object_id, part


def application_id(value: str) -> str | None:
    """Require the resource id of an application, `/applications/{objectId}`."""
    prefix, _, object_id = value.rpartition("/")
    if prefix == "/applications" and guid(object_id) is None:
        return None
    return f"expected the resource id of an application (/applications/{{objectId}}), got {value!r}"


def object_id_of(application: str) -> str:
    """Return the object ID in the resource id of an application."""
    return path_id(application, "applications")[0]
