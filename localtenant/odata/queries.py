"""The query options of a request, checked: ``$select``, ``$filter``, ``$top`` and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.conditions import ANYTHING
from localtenant.odata.errors import GraphError, bad_request, gateway
from localtenant.odata.errors import unsupported_query as unsupported
from localtenant.odata.filter_literals import column
from localtenant.odata.filter_scopes import Paths, Value
from localtenant.odata.filters import condition
from localtenant.odata.paging import after
from localtenant.odata.query import LARGEST_PAGE, PAGE, Query, Term
from localtenant.odata.searches import search
from localtenant.odata.select_expand import expansions, selected, split
from localtenant.odata.types import DATE_TIME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.conditions import Condition
    from localtenant.odata.call import Call
    from localtenant.odata.model import Entity
    from localtenant.odata.tree import Model

__all__ = ["Query", "query_of", "read_query"]

_KNOWN = {
    "$count",
    "$expand",
    "$filter",
    "$format",
    "$orderby",
    "$search",
    "$select",
    "$skiptoken",
    "$top",
}
_MOST_TERMS = 10


def query_of(call: Call, entities: tuple[Entity, ...], *, newest_first: bool = False) -> Query:
    """The query options of the request on objects of ``entities``.

    Objects that nothing else sorts come in the order of creation, or with the ``newest_first``.
    """
    usual = (Term("o.seq", descending=True),) if newest_first else ()
    return read_query(call, entities, call.request.options, usual=usual)


def read_query(
    call: Call,
    entities: tuple[Entity, ...],
    options: Mapping[str, str],
    *,
    depth: int = 0,
    usual: tuple[Term, ...] = (),
) -> Query:
    """The query options of a request on objects of ``entities``, or those of an expanded item.

    ``depth`` counts the items of ``$expand`` around the options; ``usual`` is what sorts the
    objects if nothing else does.
    """
    given = {_name(k, beta=call.beta): v for k, v in options.items()}
    _check_names(given)
    eventual = call.request.eventual
    counted = _count(given.get("$count")) and (eventual or depth > 0)
    advanced = eventual and (counted or depth > 0)
    directory = any(e.type.directory for e in entities)
    where = ANYTHING
    text = given.get("$filter", "").strip()
    if text:
        where = condition(text, call.model, entities, advanced=advanced)
    if "$search" in given:
        where = where.also(_search(given["$search"], entities, eventual=eventual))
    order = _order(given.get("$orderby", ""), call.model, entities)
    if directory and order and not advanced:
        _check_order(given, entities)
    order = order or usual
    token = given.get("$skiptoken")
    return Query(
        select=selected(given.get("$select", ""), entities, beta=call.beta),
        expand=expansions(
            given.get("$expand", ""),
            call.model,
            entities,
            lambda targets, inner: read_query(call, targets, inner, depth=depth + 1),
            depth=depth,
        ),
        where=where,
        filter=text,
        order=order,
        top=_top(given.get("$top")),
        after=ANYTHING if token is None else after(token, order),
        token=token,
        counted=counted,
    )


def _name(option: str, *, beta: bool) -> str:
    """System query options may be written in any letter case, on beta without their dollar sign."""
    lowered = option.lower()
    if lowered.startswith("$"):
        return lowered
    return f"${lowered}" if beta and f"${lowered}" in _KNOWN else option


def _check_names(given: Mapping[str, str]) -> None:
    for name in given:
        if name == "$skip":
            raise bad_request("'$skip' is not supported by the service.")
        if name.startswith("$") and name not in _KNOWN:
            raise gateway(f"The query parameter '{name}' is not supported.")


def _count(text: str | None) -> bool:
    if text is None or text.lower() in {"true", "false"}:
        return text is not None and text.lower() == "true"
    raise gateway(
        f"Invalid value '{text}' for $count query option found. Valid values are 'true,false'."
    )


def _search(text: str, entities: tuple[Entity, ...], *, eventual: bool) -> Condition:
    if not eventual:
        raise unsupported(
            "Request with $search query parameter only works through MSGraph with a special "
            "request header: 'ConsistencyLevel: eventual'"
        )
    if not all(e.type.directory for e in entities):
        raise gateway("The query parameter '$search' is not supported.")
    return search(text, entities)


def _order(text: str, model: Model, entities: tuple[Entity, ...]) -> tuple[Term, ...]:
    if not text.strip():
        return ()
    terms: list[Term] = []
    paths = Paths(model)
    for part in split(text, ","):
        name, _, direction = part.strip().partition(" ")
        direction = direction.strip().lower()
        if not name or direction not in {"", "asc", "desc"} or len(terms) >= _MOST_TERMS:
            raise gateway(f"Invalid orderby clause: Syntax error in '{text}'.")
        try:
            found = paths.follow(paths.root(entities), tuple(name.split("/")))
        except GraphError as error:
            message = error.message.replace("Invalid filter clause", "Invalid orderby clause", 1)
            raise gateway(message) from error
        if not isinstance(found, Value):
            raise gateway(f"Invalid orderby clause: '{name}' is not a single value.")
        terms.append(Term(column(found), direction == "desc"))
    return tuple(terms)


def _check_order(given: Mapping[str, str], entities: tuple[Entity, ...]) -> None:
    """Refuse what the directory sorts only in an advanced query."""
    if given.get("$filter", "").strip() or "$search" in given:
        raise unsupported("Sorting not supported for current query.")
    for part in split(given["$orderby"], ","):
        name = part.split()[0]
        for entity in entities:
            prop = entity.type.everywhere.get(name)
            if prop is not None and prop.type is DATE_TIME:
                raise unsupported(f"Unsupported sort property '{name}' for '{entity.type.title}'.")


def _top(text: str | None) -> int:
    if text is None:
        return PAGE
    top = int(text) if text.isascii() and text.isdigit() and len(text) < LARGEST_PAGE else 0
    if not 1 <= top <= LARGEST_PAGE:
        raise unsupported(
            f"Invalid page size specified: '{text}'. Must be between 1 and {LARGEST_PAGE} "
            "inclusive."
        )
    return top
