"""Bodies of requests for hypothesis: from the declared types, valid, nearly valid, and nonsense."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from localtenant.odata.types import (
    BINARY,
    BOOLEAN,
    DATE_TIME,
    GUID,
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Property,
)

if TYPE_CHECKING:
    from localtenant.odata.types import Structured

Strategy = st.SearchStrategy[Any]

NAMED = ("@application", "@principal", "@appId", "@principalAppId")
"""Stand for the ids of objects that are there when the request is sent."""

TEXTS: Strategy = st.one_of(
    st.sampled_from(
        [
            "",
            "a",
            "Contoso",
            "it's",
            "https://localhost:3000/cb",
            "api://x",
            "urn:a:b",
            "http://[",
            "AzureADMyOrg",
            "User",
            "x" * 300,
            "\x00",
            "\U0001f600",
            "a\r\nX-Injected: 1",
            "%27%00",
            "../../etc",
            "00000003-0000-0000-c000-000000000000",
            *NAMED,
            *NAMED,
        ]
    ),
    st.text(max_size=12),
)
NONSENSE: Strategy = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        2**31,
        2**63,
        10**400,
        1e308,
        0.5,
        "",
        "x",
        [],
        {},
        [None],
        [[]],
        {"a": 1},
        [{"@odata.type": "#microsoft.graph.user"}],
        {"@odata.type": 7},
        {"@odata.type": "#microsoft.graph.application"},
        "\ud800",
        float("nan"),
        float("inf"),
    ]
)
_GUIDS: Strategy = st.sampled_from(
    [
        *NAMED,
        "00000003-0000-0000-c000-000000000000",
        "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
        "E1FE6DD8-BA31-4D61-89E7-88639DA4683D",
        "{e1fe6dd8-ba31-4d61-89e7-88639da4683d}",
        "not-a-guid",
    ]
)
_MOMENTS: Strategy = st.sampled_from(
    [
        "2030-01-01T00:00:00Z",
        "2020-02-30T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "2030-01-01T00:00:00+14:00",
        "2030-01-01",
        "soon",
    ]
)


@cache
def value(prop: Property) -> Strategy:
    """Values of a property: mostly of its type."""
    single = _single(prop)
    if prop.collection:
        single = st.lists(single, max_size=2)
    return st.one_of(*[single] * 8, NONSENSE)


def _single(prop: Property) -> Strategy:
    if isinstance(prop.type, ComplexType):
        return st.deferred(lambda: structured(prop.type))  # type: ignore[arg-type] - narrowed above
    if isinstance(prop.type, EnumType):
        return st.sampled_from([*prop.type.members, "nothing", prop.type.members[0].upper()])
    by_type: dict[Any, Strategy] = {
        BOOLEAN: st.booleans(),
        INT32: st.sampled_from([0, 1, 2, 3, -5, 2**31 - 1]),
        GUID: _GUIDS,
        DATE_TIME: _MOMENTS,
        BINARY: st.sampled_from(["", "AAAA", "====", "A"]),
    }
    return by_type.get(prop.type, TEXTS)


@cache
def structured(type_: Structured) -> Strategy:
    """Objects of a complex or entity type, with what is required and a few other properties."""
    return _structured(type_)


@st.composite
def _structured(draw: st.DrawFn, type_: Structured) -> dict[str, Any]:
    actual = draw(st.sampled_from([type_, *type_.derived])) if type_.derived else type_
    body: dict[str, Any] = {}
    if actual is not type_ or draw(st.integers(0, 5)) == 0:
        body["@odata.type"] = f"#{actual.full_name}"
    properties = actual.properties
    names = {p.name for p in properties if p.required}
    optional = [p.name for p in properties if not p.required]
    if optional:
        names |= set(draw(st.lists(st.sampled_from(optional), max_size=3)))
    kind = draw(st.integers(0, 15))
    if kind == 0 and names:
        names.discard(min(names))
    for prop in properties:
        if prop.name in names:
            body[prop.name] = draw(value(prop))
    if kind == 1:
        body[draw(st.sampled_from(["nonsense", "ID", "@odata.id", "owners@odata.bind"]))] = draw(
            NONSENSE
        )
    return body


def keys_of(type_: EntityType) -> Strategy:
    """Bodies that have nothing but the key of a type."""
    return st.fixed_dictionaries({type_.key: TEXTS})


RAW: st.SearchStrategy[bytes] = st.one_of(
    st.binary(max_size=20),
    st.sampled_from(
        [
            b"",
            b"{}",
            b"[]",
            b"null",
            b"{",
            b'{"displayName":"a"}garbage',
            b'{"displayName":NaN}',
            b'{"displayName":-Infinity}',
            b'{"displayName":1e999}',
            b'{"displayName":"a","displayName":"b"}',
            b'{"displayName":"\\ud800"}',
            b'{"displayName":"\\u0000"}',
            b'{"displayName":"\xed\xa0\x80"}',
            b'{"displayName":"\xff"}',
            b'\xef\xbb\xbf{"displayName":"bom"}',
            '{"displayName":"wide"}'.encode("utf-16"),
            b'{"displayName":' + b"9" * 5000 + b"}",
            b"[" * 100_000,
            b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
            b'{"displayName":"' + b"x" * 1_000_000 + b'"}',
            json.dumps({"tags": ["x" * 100] * 1000}).encode(),
            b'{"displayName":"a","@odata.type":[]}',
            b'{"":"a"}',
            b'{"displayName":"a","web":{"redirectUris":[{}]}}',
        ]
    ),
)
CONTENT_TYPES: st.SearchStrategy[str] = st.sampled_from(
    [
        "application/json",
        "application/json",
        "application/json",
        "application/json; charset=utf-16",
        "application/json;charset=latin-1",
        "APPLICATION/JSON",
        "",
        "text/plain",
        "image/png",
        "multipart/form-data",
        "\xff",
    ]
)
