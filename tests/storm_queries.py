"""Query options of requests for hypothesis: filters from the declared types and the grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from storm_bodies import TEXTS

from localtenant.odata.types import BOOLEAN, DATE_TIME, GUID, INT32, ComplexType, EnumType

if TYPE_CHECKING:
    from localtenant.odata.model import Entity
    from localtenant.odata.types import Property, Structured

_DEEPEST = 3


@st.composite
def queries(draw: st.DrawFn, entity: Entity) -> dict[str, str]:
    """Query options on objects of an entity."""
    names = [p.name for p in entity.type.properties]
    named = st.sampled_from([*names, "id", "nonsense", "*"])
    navigations = st.sampled_from([n.name for n in entity.navigations] or ["owners"])
    options = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "$select": st.lists(named, max_size=3).map(",".join),
                "$orderby": st.tuples(named, st.sampled_from(["", " desc", " asc", " up"])).map(
                    "".join
                ),
                "$top": st.sampled_from(
                    ["1", "2", "5", "999", "0", "-1", "1000", "x", "٣", "9" * 5000]
                ),
                "$expand": st.tuples(
                    navigations,
                    st.sampled_from(
                        [
                            "",
                            "($select=id)",
                            "($top=1;$filter=id eq 'x')",
                            "(",
                            "($expand=owners($expand=owners))",
                        ]
                    ),
                ).map("".join),
                "$count": st.sampled_from(["true", "false", "1", "TRUE"]),
                "$search": st.sampled_from(
                    [
                        '"displayName:a"',
                        '"displayName:a" AND "description:b c"',
                        "x",
                        '"',
                        '("displayName:a" OR "nonsense:b")',
                        "(" * 50,
                    ]
                ),
                "$skiptoken": st.sampled_from(
                    [
                        "RFNwdAoAWzFd",
                        "RFNwdAoAWzFd=",
                        "x",
                        "",
                        "RFNwdAoAWzFlOTk5XQ",
                        "RFNwdAoAW251bGxd",
                        "RFNwdAoAWzk5OTk5OTk5OTk5OTk5OTk5OTk5XQ",
                        "\xe9",
                    ]
                ),
                "$format": st.sampled_from(["json", "application/json;odata.metadata=full", "xml"]),
            },
        )
    )
    if draw(st.integers(0, 25)) == 0:
        options[draw(st.sampled_from(["$skip", "$apply", "$deltatoken", "$", "x"]))] = "1"
    if draw(st.integers(0, 2)):
        options["$filter"] = draw(filters(entity))
    return options


@st.composite
def filters(draw: st.DrawFn, entity: Entity, depth: int = 0) -> str:
    """A filter on objects of an entity: from the grammar, sometimes with a piece of text amiss."""
    text = draw(conditions(entity.type, "", entity, depth))
    if draw(st.integers(0, 7)) == 0:
        levels = draw(st.integers(1, 14))
        opened = draw(st.sampled_from(["(", "not (", f"({text} or {text} and "]))
        text = opened * levels + text + ")" * levels
    if draw(st.integers(0, 5)) == 0 and text:
        at = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from(["'", "(", ")", " eq ", "/", "\x00", " and", "1", "é", ","]))
        text = text[:at] + piece + text[at + draw(st.integers(0, 2)) :]
    return text


@st.composite
def conditions(
    draw: st.DrawFn, type_: Structured, start: str, entity: Entity | None, depth: int
) -> str:
    """A condition on a value of a type, whose properties' paths begin with ``start``."""
    deep = depth >= _DEEPEST
    form = draw(st.integers(0, 6 if deep else 9))
    if form >= 7:
        inner = [draw(conditions(type_, start, entity, depth + 1)) for _ in range(2)]
        return [f"({inner[0]} or {inner[1]})", f"not ({inner[0]})", " and ".join(inner)][form - 7]
    if entity is not None and entity.navigations and form == 0:
        return draw(related(start, entity))
    properties = [p for p in type_.everywhere.values() if not p.navigation]
    if not properties:
        return f"{start}id eq 'x'"
    prop = draw(st.sampled_from(properties))
    path = start + prop.name
    if prop.collection and isinstance(prop.type, ComplexType) and not deep:
        inner = draw(conditions(prop.type, "v/", None, depth + 1))
        return f"{path}/{draw(st.sampled_from(['any', 'all']))}(v:{inner})"
    if prop.collection:
        literal = draw(literals(prop.type))
        return draw(
            st.sampled_from(
                [
                    f"{path}/any(v:v eq {literal})",
                    f"{path}/$count gt 1",
                    f"{path}/any()",
                    f"{path} eq {literal}",
                    f"{path}/all(v:startswith(v,{literal}))",
                ]
            )
        )
    return draw(
        conditions(prop.type, f"{path}/", None, depth + 1)
        if isinstance(prop.type, ComplexType) and not deep
        else comparisons(path, prop, type_)
    )


@st.composite
def related(draw: st.DrawFn, start: str, entity: Entity) -> str:
    """A condition on what a navigation leads to."""
    navigation = draw(st.sampled_from(entity.navigations))
    inner = draw(st.sampled_from(["id eq 'x'", "appId eq 'x'", "id ne null"]))
    return draw(
        st.sampled_from(
            [
                f"{start}{navigation.name}/any(n:n/{inner})",
                f"{start}{navigation.template}/all(n:n/{inner})",
                f"{start}{navigation.name}/$count eq 0",
                f"{start}{navigation.name}/any()",
                f"{start}{navigation.name}/id eq 'x'",
            ]
        )
    )


@st.composite
def comparisons(draw: st.DrawFn, path: str, prop: Property, type_: Structured) -> str:
    """A condition on a single value."""
    literal = draw(literals(prop.type))
    operator = draw(st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le"]))
    return draw(
        st.sampled_from(
            [
                f"{path} {operator} {literal}",
                f"{path} {operator} {literal}",
                f"{literal} {operator} {path}",
                f"{path} in ({literal},{literal})",
                f"{path} eq null",
                f"startsWith({path},{literal})",
                f"endswith({path},{literal})",
                f"contains({path},{literal})",
                f"length({path}) eq 1",
                f"microsoft.graph.{type_.name}/{path} eq {literal}",
                path,
            ]
        )
    )


def literals(type_: object) -> st.SearchStrategy[str]:
    """Constants of a type, and of others."""
    quoted = TEXTS.map(lambda t: "'" + t.replace("'", "''") + "'")
    moments = st.sampled_from(
        ["2020-01-01T00:00:00Z", "2020-01-01", "2020-13-01T00:00:00Z", "9999-12-31T23:59:59Z"]
    )
    by_type: dict[Any, st.SearchStrategy[str]] = {
        BOOLEAN: st.sampled_from(["true", "false"]),
        INT32: st.sampled_from(["0", "1", "-1", "1.5", "9" * 400, "1e999"]),
        DATE_TIME: moments,
        GUID: st.sampled_from(
            ["e1fe6dd8-ba31-4d61-89e7-88639da4683d", "'e1fe6dd8-ba31-4d61-89e7-88639da4683d'"]
        ),
    }
    fitting = by_type.get(type_, quoted)
    if isinstance(type_, EnumType):
        fitting = st.sampled_from([f"'{m}'" for m in type_.members])
    anything = st.one_of(quoted, moments, st.sampled_from(["null", "true", "1", "NaN", "INF"]))
    return st.one_of(fitting, fitting, fitting, anything)
