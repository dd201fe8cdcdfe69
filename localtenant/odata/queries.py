"""The query options of a request, checked: ``$select``, ``$filter``, ``$top`` and the others."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError, bad_request, gateway, not_implemented
from localtenant.odata.errors import unsupported_query as unsupported

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.model import Entity

PAGE = 100
LARGEST_PAGE = 999
_KNOWN = {"$select", "$filter", "$top", "$expand", "$orderby", "$count", "$skiptoken", "$search"}


@dataclass(frozen=True)
class Query:
    """A request's query options.

    ``select`` and ``expand`` are empty when not given. ``offset`` comes out of ``$skiptoken``.
    ``counted`` asks for ``@odata.count``.
    """

    select: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()
    filter: str = ""
    order: str = "o.seq"
    top: int = PAGE
    offset: int = 0
    counted: bool = False


def read_query(options: Mapping[str, str], entity: Entity, *, eventual: bool, beta: bool) -> Query:
    """The query options of a request on objects of ``entity``.

    ``eventual`` says that the request carries ``ConsistencyLevel: eventual``.
    """
    given = {_name(k): v for k, v in options.items()}
    for name in given:
        if name == "$skip":
            raise bad_request("'$skip' is not supported by the service.")
        if name.startswith("$") and name not in _KNOWN:
            raise gateway(f"The query parameter '{name}' is not supported.")
    if "$search" in given:
        if not eventual:
            raise unsupported(
                "Request with $search query parameter only works through MSGraph with a special "
                "request header: 'ConsistencyLevel: eventual'"
            )
        raise not_implemented("$search")
    return Query(
        select=_names(given.get("$select", ""), _selectable(entity, beta=beta), entity),
        expand=_names(given.get("$expand", ""), set(entity.references), entity),
        filter=given.get("$filter", "").strip(),
        order=_order(given.get("$orderby", ""), entity),
        top=_top(given.get("$top")),
        offset=_offset(given.get("$skiptoken")),
        counted=eventual and given.get("$count", "").lower() == "true",
    )


def skip_token(offset: int) -> str:
    """The opaque token for the page that starts at ``offset``."""
    return base64.urlsafe_b64encode(f"RFNwdAoA{offset}".encode()).decode().rstrip("=")


def _name(option: str) -> str:
    """OData allows the system query options without their dollar sign in any letter case."""
    lowered = option.lower()
    return lowered if lowered.startswith("$") else option


def _selectable(entity: Entity, *, beta: bool) -> set[str]:
    types = (entity.type, *entity.type.derived)
    return {"id", *(p.name for t in types for p in t.visible(beta=beta))}


def _names(text: str, known: set[str], entity: Entity) -> tuple[str, ...]:
    if not text.strip():
        return ()
    by_lower = {k.lower(): k for k in known}
    names: list[str] = []
    for part in text.split(","):
        name = part.strip()
        if name == "*":
            continue
        if name.lower() not in by_lower:
            raise gateway(
                "Parsing OData Select and Expand failed: Could not find a property named "
                f"'{name}' on type '{entity.type.full_name}'."
            )
        names.append(by_lower[name.lower()])
    return tuple(names)


def _order(text: str, entity: Entity) -> str:
    if not text.strip():
        return "o.seq"
    terms: list[str] = []
    for part in text.split(","):
        name, _, direction = part.strip().partition(" ")
        if name not in _selectable(entity, beta=True) or direction.strip().lower() not in {
            "",
            "asc",
            "desc",
        }:
            raise gateway(
                f"Invalid orderby clause: Could not find a property named '{name}' on type "
                f"'{entity.type.full_name}'."
            )
        column = "o.id" if name == "id" else f"fold(json_extract(o.doc, '$.{name}'))"
        terms.append(f"{column} {direction.strip().upper()}".strip())
    return ", ".join([*terms, "o.seq"])


def _top(text: str | None) -> int:
    if text is None:
        return PAGE
    try:
        top = int(text)
    except ValueError:
        top = 0
    if not 1 <= top <= LARGEST_PAGE:
        raise unsupported(
            f"Invalid page size specified: '{text}'. Must be between 1 and {LARGEST_PAGE} "
            "inclusive."
        )
    return top


def _offset(token: str | None) -> int:
    if token is None:
        return 0
    try:
        plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        return int(plain.removeprefix("RFNwdAoA"))
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise GraphError(
            400,
            "Directory_ExpiredPageToken",
            "The specified page token value has expired and can no longer be included in your "
            "request.",
        ) from error
