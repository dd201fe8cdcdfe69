"""Paths, queries and headers of requests for hypothesis, from the declared model and mutated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hypothesis import strategies as st
from storm_bodies import CONTENT_TYPES, NONSENSE, TEXTS, keys_of, structured

from localtenant.entities import MODEL
from localtenant.odata.paths import resolve
from localtenant.odata.types import BOOLEAN, DATE_TIME, GUID, INT32, ComplexType, EnumType

if TYPE_CHECKING:
    from graph_in_process import InProcess

    from localtenant.odata.model import Entity
    from localtenant.odata.operations import Operation
    from localtenant.odata.route import Route
    from localtenant.odata.types import Property, Structured

_STRANGE_KEYS: tuple[str | int, ...] = (
    "nope",
    "00000003-0000-0000-c000-000000000000",
    "E1FE6DD8-BA31-4D61-89E7-88639DA4683D",
    "it's",
    "%00",
    "a/b",
    "$count",
    "$value",
    "''",
    "(x",
    "appId='x'",
    "x" * 300,
    "\udcff",
    "EmailPassword-OAUTH",
    "email",
    "me",
)


_DEEPEST = 3


@dataclass(frozen=True)
class Shape:
    """An operation, its path with casts, what that names, and the kinds behind its keys."""

    operation: Operation
    path: str
    route: Route = field(repr=False)
    kinds: tuple[str, ...]


_CASTS = {
    f"/{navigation.template}": "/" + "/".join(navigation.path).replace("~", "microsoft.graph.")
    for entity in MODEL.entities.values()
    for navigation in entity.navigations
    if any(segment.startswith("~") for segment in navigation.path)
}
_DEMANDED = "/microsoft.graph.application"


def _shape(operation: Operation) -> Shape:
    path = operation.path
    for template, way in _CASTS.items():
        path = path.replace(template, way)
    pieces = path.split("{id}")
    listed = resolve(MODEL, path.replace("{id}", "x"))
    if listed.collection and listed.collection.cast_demanded and not listed.item:
        path += "" if listed.action else _DEMANDED
    kinds: list[str] = []
    for i in range(1, len(pieces)):
        route = resolve(MODEL, "{id}".join(pieces[:i]).replace("{id}", "x") + "x")
        targets = route.navigation.targets if route.navigation else (route.entity.type.name,)
        kinds.append(MODEL.entities[targets[0]].type.filed_as)
    return Shape(operation, path, resolve(MODEL, path.replace("{id}", "x")), tuple(kinds))


SHAPES = tuple(
    _shape(operation)
    for _, methods in sorted(MODEL.operations.items())
    for _, operation in sorted(methods.items())
)
_CHANGES = tuple(s for s in SHAPES if s.operation.method not in {"GET", "DELETE"})
WRITES = (*_CHANGES, *_CHANGES, *(s for s in SHAPES if s.operation.method == "DELETE"))
COLLECTIONS = tuple(
    s
    for s in SHAPES
    if s.operation.method == "GET" and not s.route.item and not s.route.action and not s.kinds
)


@st.composite
def keyed_paths(draw: st.DrawFn, graph: InProcess, shape: Shape) -> str:
    """The path of an operation below the version, with keys of real objects and strange ones."""
    path = shape.path
    own = {graph.client.objectId, graph.application}
    for kind in shape.kinds:
        with graph.tenant.store.read() as tx:
            rows = tx.find(kind, order="o.seq DESC", limit=4)
        keys = [row.doc[MODEL.filed_as(kind).type.key] for row in rows]
        known = [key for key in keys if key not in own]
        # What is drawn must not depend on what the storm has made: it could not be repeated.
        pick = draw(st.sampled_from([*range(4)] * 10 + [*_STRANGE_KEYS]))
        if isinstance(pick, int):
            pick = known[pick % len(known)] if known else "none"
        path = path.replace("{id}", quote(pick, safe="'()=$", errors="replace"), 1)
    return path


@st.composite
def mutated(draw: st.DrawFn, path: str) -> str:
    """A path in another form, of which some mean the same and others nothing."""
    segments = path.strip("/").split("/")
    at = draw(st.integers(0, len(segments) - 1))
    segment = segments[at]
    replacement = draw(
        st.sampled_from(
            [
                segment.upper(),
                f"{segment}/",
                f"/{segment}",
                f"{segment}('x')",
                f"{segment}('it%27%27s')",
                f"{segment}()",
                f"{segment}(",
                f"{segment}/microsoft.graph.application",
                f"{segment}/graph.user",
                f"{segment}/$count",
                f"{segment}/$ref",
                f"{segment}/$value",
                f"{segment}/owners/$ref/owners",
                f"{segment}/displayName/$value",
                f"{segment}%2Fowners",
                f"{segment}%00",
                f"{segment}%FF%FE",
                "..",
                ".",
                "%2e%2e",
                "$batch",
                "$metadata",
                "é",
                "\x7f",
                "%0D%0A",
                "",
            ]
        )
    )
    return "/" + "/".join([*segments[:at], replacement, *segments[at + 1 :]])


def body_of(shape: Shape) -> st.SearchStrategy[Any]:
    """Bodies that fit an operation, or nearly."""
    route = shape.route
    if route.action:
        return structured(route.action.parameters)
    if route.reference:
        return st.fixed_dictionaries({"@odata.id": st.one_of(_REFERENCES, NONSENSE)})
    if route.navigation:
        return keys_of(MODEL.entities[route.navigation.targets[0]].type)
    return structured(route.entity.type)


_REFERENCES = st.sampled_from(
    [
        "https://localhost/v1.0/directoryObjects/@principal",
        "https://localhost/v1.0/directoryObjects/@application",
        "https://localhost/v1.0/identityProviders/EmailOtpSignup-OAUTH",
        "https://localhost/v1.0/identity/userFlowAttributes/city",
        "https://localhost/v1.0/directoryObjects('x')",
        "/",
        "",
    ]
)

HEADERS: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {},
    optional={
        "accept": st.sampled_from(
            [
                "*/*",
                "application/json;odata.metadata=none",
                "application/json;odata.metadata=full",
                "application/json;odata.metadata=maximal",
                "application/xml",
                "application/json;IEEE754Compatible=true",
                "\xff;odata.metadata=\xff",
            ]
        ),
        "prefer": st.sampled_from(
            ["return=representation", "return=minimal", "create-if-missing", ",;=", "\xe9"]
        ),
        "consistencylevel": st.sampled_from(["eventual", "EVENTUAL", "session", ""]),
        "client-request-id": st.sampled_from(["1", "\xe9", "a" * 2000, "x\r\ny: z"]),
        "host": st.sampled_from(["localhost", "evil.example", "\xff", ""]),
        "content-type": CONTENT_TYPES,
        "if-match": st.sampled_from(["*", 'W/"1"']),
    },
)


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


def named(graph: InProcess, raw: bytes) -> bytes:
    """A body in which the names of objects are replaced by the ids of some that there are."""
    if b"@" not in raw:
        return raw
    with graph.tenant.store.read() as tx:
        for kind, names in (
            ("application", ("@application", "@appId")),
            ("servicePrincipal", ("@principal", "@principalAppId")),
        ):
            doc = tx.find(kind, order="o.seq DESC", limit=1)[0].doc
            for name, value in zip(names, (doc["id"], doc["appId"]), strict=True):
                raw = raw.replace(f'{name}"'.encode(), f'{value}"'.encode())
    return raw
