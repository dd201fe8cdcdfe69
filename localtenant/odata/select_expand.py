"""``$select`` and ``$expand`` as text: which properties, and which navigations with which options.

Texts are those of Microsoft's OData library, as Graph's gateway passes them on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import gateway
from localtenant.odata.model import Child, References, View
from localtenant.odata.query import Expansion, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from localtenant.odata.errors import GraphError
    from localtenant.odata.model import Entity
    from localtenant.odata.tree import Model

    Inner = Callable[[tuple[Entity, ...], Mapping[str, str]], Query]

_DEEPEST = 2
_ALLOWED = {"$count", "$expand", "$filter", "$orderby", "$select", "$top"}


def selected(text: str, entities: tuple[Entity, ...], *, beta: bool) -> tuple[str, ...]:
    """The properties that ``$select`` names, as Graph spells them; none for all default ones.

    Navigations may be named, to no effect.
    """
    if not text.strip():
        return ()
    known: dict[str, str] = {}
    ignored: set[str] = set()
    for entity in entities:
        for type_ in (entity.type, *entity.type.derived):
            known |= {p.name.lower(): p.name for p in type_.visible(beta=beta)}
        known[entity.type.key.lower()] = entity.type.key
        ignored |= {n.name.lower() for n in entity.navigations}
    names: list[str] = []
    for part in text.split(","):
        name = _without_cast(part.strip(), entities)
        if name == "*":
            return ()
        if name.lower() in known:
            names.append(known[name.lower()])
        elif name.lower() not in ignored:
            raise _failed(_unknown(name, entities))
    return tuple(dict.fromkeys(names))


def expansions(
    text: str, model: Model, entities: tuple[Entity, ...], inner: Inner, *, depth: int
) -> tuple[Expansion, ...]:
    """The navigations that ``$expand`` names; ``inner`` reads the options in parentheses."""
    if not text.strip():
        return ()
    if depth >= _DEEPEST:
        raise _failed(
            "The request includes a $expand path which is too deep. The maximum depth allowed is "
            f"{_DEEPEST}."
        )
    found: dict[str, Expansion] = {}
    for part in split(text, ","):
        name, opened, options = part.strip().partition("(")
        if opened and not options.endswith(")"):
            raise _failed(f"Syntax error in '{text}'.")
        for navigation in _navigations(_without_cast(name.strip(), entities), entities):
            targets = (
                navigation.targets if isinstance(navigation, References) else (navigation.target,)
            )
            reached = tuple(model.entities[t] for t in targets)
            query = inner(reached, _options(options[:-1]))
            found[navigation.name] = Expansion(navigation, reached, query)
    return tuple(found.values())


def split(text: str, mark: str) -> list[str]:
    """``text`` split at a mark, outside parentheses and quotes."""
    parts: list[str] = []
    start, depth, quoted = 0, 0, False
    for i, character in enumerate(text):
        if character == "'":
            quoted = not quoted
        elif not quoted:
            depth += (character == "(") - (character == ")")
            if character == mark and depth <= 0:
                parts.append(text[start:i])
                start = i + 1
    return [*parts, text[start:]]


def _options(text: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for part in split(text, ";"):
        name, _, value = part.strip().partition("=")
        name = name.strip().lower()
        if not name:
            continue
        if name not in _ALLOWED:
            raise _failed(f"The query option '{name}' is not allowed in $expand.")
        options[name] = value.strip()
    return options


def _navigations(name: str, entities: tuple[Entity, ...]) -> list[References | View | Child]:
    """The navigations of a name, or all of them for ``*``."""
    known = [n for e in entities for n in e.navigations if isinstance(n, References | View | Child)]
    found = [n for n in known if name in {"*", n.name} or n.name.lower() == name.lower()]
    if found or name == "*":
        return found
    if any(name in e.type.everywhere for e in entities):
        raise _failed(
            f"Property '{name}' on type '{_type_name(entities)}' is not a navigation property or "
            "complex property. Only navigation properties can be expanded."
        )
    raise _failed(_unknown(name, entities))


def _without_cast(name: str, entities: tuple[Entity, ...]) -> str:
    cast, slash, rest = name.partition("/")
    local = cast.rpartition(".")[2].lower()
    types = [t for e in entities for t in (e.type, *e.type.derived)]
    return rest if slash and "." in cast and any(t.name.lower() == local for t in types) else name


def _type_name(entities: tuple[Entity, ...]) -> str:
    return (
        "microsoft.graph.directoryObject"
        if len(entities) > 1
        else next(e.type.full_name for e in entities)
    )


def _unknown(name: str, entities: tuple[Entity, ...]) -> str:
    return f"Could not find a property named '{name}' on type '{_type_name(entities)}'."


def _failed(why: str) -> GraphError:
    return gateway(f"Parsing OData Select and Expand failed: {why}")
