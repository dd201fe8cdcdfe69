"""Paths, bodies and headers of requests for hypothesis, from the declared model and mutated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hypothesis import strategies as st
from operation_paths import SHAPES, Shape
from storm_bodies import CONTENT_TYPES, NONSENSE, keys_of, structured

from localtenant.entities import MODEL

if TYPE_CHECKING:
    from graph_in_process import InProcess


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
