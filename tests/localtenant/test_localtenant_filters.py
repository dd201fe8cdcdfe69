"""``$filter``: what it finds, what it refuses, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import FLOWS, Graph, refused

if TYPE_CHECKING:
    import httpx

    from localtenant.odata.types import Json

APPS = "/applications"
APPLICATION = "microsoft.graph.application"
FLOW_TYPE = "microsoft.graph.externalUsersSelfServiceSignUpEventsFlow"
METHODS = (
    f"{FLOW_TYPE}/onAuthenticationMethodLoadStart/"
    "microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp"
)


def advanced(graph: Graph, path: str, **options: str) -> httpx.Response:
    """Ask in an advanced query."""
    params = {"$count": "true", **{f"${k}": v for k, v in options.items()}}
    return graph.http.get(f"/v1.0{path}", params=params, headers={"ConsistencyLevel": "eventual"})


@pytest.fixture(scope="module")
def marked(graph: Graph) -> tuple[str, Json]:
    """Make an application with something of everything; the condition that finds it, and it."""
    note = str(uuid4())
    scope = {
        "adminConsentDescription": "Read",
        "adminConsentDisplayName": "Read",
        "id": str(uuid4()),
        "type": "User",
        "value": "Files.Read",
    }
    application = graph.application(
        notes=note,
        tags=["one", "two"],
        api={"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [scope]},
    )
    return f"notes eq '{note}'", {**application, "scopeId": scope["id"]}


@pytest.mark.parametrize(
    "wanted",
    [
        "api/requestedAccessTokenVersion ge 2",
        "2 le api/requestedAccessTokenVersion",
        "api/requestedAccessTokenVersion lt 99999999999999999999",
        "NOTES ne null",
        "description eq null",
        "info/logoUrl eq null",
        "createdDateTime gt 2020-01-01",
        "createdDateTime gt 2020-01-01T00:00:00.0000000+02:00",
        "api/oauth2PermissionScopes/any(s:s/value eq 'files.read' and s/isEnabled eq true)",
        "api/oauth2PermissionScopes/any(s:startsWith(s/value,'Files') or s/value eq null)",
        "api/oauth2PermissionScopes/any(s:s/id eq {scopeId})",
        "api/oauth2PermissionScopes/any(s:s/id eq '{scopeId}')",
        "api/oauth2PermissionScopes/all(s:s/type ne 'Admin')",
        "tags/any(t:t ne 'one')",
        "not tags/any(t:t eq 'three')",
        "tags/any()",
        "tags/$count eq 2",
        "owners/$count eq 1",
        "owners/any(o:o/id eq '{caller}')",
        "owners/any(o:startsWith(o/microsoft.graph.servicePrincipal/displayName,'{name}'))",
        "endsWith(notes,'{end}')",
        "microsoft.graph.application/notes ne 'x'",
        "id in ('{id}',null)",
        "startsWith(notes,'') eq true",
    ],
)
def test_forms(graph: Graph, marked: tuple[str, Json], wanted: str) -> None:
    """Each form of a condition finds the application that fulfils it, and its opposite does not."""
    found_by, application = marked
    caller = graph.read(f"/servicePrincipals/{graph.object_id}")
    known = {
        **application,
        "caller": caller["id"],
        "name": caller["displayName"][:5],
        "end": application["notes"][-9:],
    }
    text = wanted
    for name in ("scopeId", "caller", "name", "end", "id"):
        text = text.replace(f"{{{name}}}", str(known[name]))

    found = advanced(graph, APPS, filter=f"{found_by} and {text}").json()["value"]
    others = advanced(graph, APPS, filter=f"{found_by} and not ({text})").json()["value"]

    assert ([f["id"] for f in found], others) == ([application["id"]], [])


def test_filter_by_what_a_flow_is_linked_to(graph: Graph) -> None:
    """Filters of the documentation, with casts, find flows by their identity provider and app."""
    flow = graph.flow()
    client_id = graph.principal()["appId"]
    graph.made(
        f"{FLOWS}/{flow['id']}/conditions/applications/includeApplications", {"appId": client_id}
    )

    for wanted in (
        f"{METHODS}/identityProviders/any(idp:idp/id eq 'EmailPassword-OAUTH')",
        f"conditions/applications/includeApplications/any(a:a/appId eq '{client_id}')",
    ):
        found = graph.read(
            FLOWS, {"$filter": f"{wanted} and displayName eq '{flow['displayName']}'"}
        )
        assert [f["id"] for f in found["value"]] == [flow["id"]], wanted


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("displayName eq 'a' or", "Syntax error at position 22 in 'displayName eq 'a' or'."),
        ("displayName eq )", "Syntax error at position 15 in 'displayName eq )'."),
        (
            "displayName eq 'a",
            "There is an unterminated string literal at position 17 in 'displayName eq 'a'.",
        ),
        (
            "displayName eq #",
            "Syntax error: character '#' is not valid at position 15 in 'displayName eq #'.",
        ),
        (
            "displayName eq 5",
            (
                "A binary operator with incompatible types was detected. Found operand types "
                "'Edm.String' and 'Edm.Int32' for operator kind 'Equal'."
            ),
        ),
        (
            "appId eq 00000003-0000-0000-c000-000000000000",
            (
                "A binary operator with incompatible types was detected. Found operand types "
                "'Edm.String' and 'Edm.Guid' for operator kind 'Equal'."
            ),
        ),
        (
            "createdDateTime ge '2020-01-01'",
            (
                "A binary operator with incompatible types was detected. Found operand types "
                "'Edm.DateTimeOffset' and 'Edm.String' for operator kind 'GreaterThanOrEqual'."
            ),
        ),
        (
            "createdDateTime ge 2020-02-30T00:00:00Z",
            (
                "The DateTimeOffset text '2020-02-30T00:00:00Z' should be in format "
                "'yyyy-mm-ddThh:mm:ss('.'s+)?(zzzzzz)?' and each field value is within valid range."
            ),
        ),
        ("displayName", "The $filter expression must evaluate to a single boolean value."),
        (
            "displayName/any(d:d eq 'a')",
            "Any/All may only be used following a collection.",
        ),
        (
            "contains(displayName,'a')",
            (
                "An unknown function with name 'contains' was found. This may also be a key lookup "
                "on a navigation property, which is not allowed."
            ),
        ),
        (
            "startsWith(displayName)",
            (
                "No function signature for the function with name 'startswith' matches the "
                "specified arguments. The function signatures considered are: "
                "startswith(Edm.String Nullable=true, Edm.String Nullable=true)."
            ),
        ),
        (
            "microsoft.graph.user/displayName eq 'a'",
            (
                "Encountered invalid type cast. 'microsoft.graph.user' is not assignable from "
                f"'{APPLICATION}'."
            ),
        ),
        (
            "tags/any(t:t/name eq 'a')",
            "Could not find a property named 'name' on type 'Edm.String'.",
        ),
        (
            "displayName eq Ada",
            f"Could not find a property named 'Ada' on type '{APPLICATION}'.",
        ),
        ("(" * 30 + "isFallbackPublicClient" + ")" * 30, "Recursion limit reached."),
    ],
)
def test_filters_that_are_wrong(graph: Graph, wanted: str, message: str) -> None:
    """What cannot be read, or compares what cannot be compared, is refused in OData's words."""
    answer = graph.get(APPS, params={"$filter": wanted})

    refused(answer, 400, "BadRequest", f"Invalid filter clause: {message}")


def test_depth_has_its_limit(graph: Graph) -> None:
    """Conditions inside each other are taken to a depth that the store can take as well."""

    def nested(levels: int) -> str:
        one = "displayName eq 'a'"
        return f"({one} or {one} and " * levels + one + ")" * levels

    assert graph.get(APPS, params={"$filter": nested(11)}).status_code == 200
    answer = graph.get(APPS, params={"$filter": nested(12)})
    refused(answer, 400, "BadRequest", "Invalid filter clause: Recursion limit reached.")


def test_enumerations_have_members(graph: Graph) -> None:
    """A constant that is no member of an enumeration is refused."""
    answer = graph.get(APPS, params={"$filter": "nativeAuthenticationApisEnabled eq 'some'"})

    message = "Invalid filter clause: The string 'some' is not a valid enumeration type constant."
    refused(answer, 400, "BadRequest", message)


@pytest.mark.parametrize("wanted", ["tags/$count eq 0", "owners/$count eq 0"])
def test_counts_need_an_advanced_query(graph: Graph, wanted: str) -> None:
    """$count inside a filter needs ConsistencyLevel: eventual and $count=true."""
    answer = graph.get(APPS, params={"$filter": wanted})

    refused(answer, 400, "Request_UnsupportedQuery", "Unsupported Query.")


@pytest.mark.parametrize(
    "wanted",
    [
        "appId in ({})".format(",".join(f"'{n}'" for n in range(16))),
        " or ".join(f"appId eq '{n}'" for n in range(16)),
    ],
)
def test_alternatives_have_their_limit(graph: Graph, wanted: str) -> None:
    """More than 15 alternatives need an advanced query, which takes hundreds."""
    message = (
        "Too many child clauses specified in search filter expression containing 'OR' operators: "
        "16. Max allowed: 15."
    )
    answer = graph.get(APPS, params={"$filter": wanted})
    refused(answer, 400, "Request_UnsupportedQuery", message)

    assert advanced(graph, APPS, filter=wanted).json()["value"] == []
    many = " or ".join(["true"] * 1000)
    assert advanced(graph, APPS, filter=many).json()["value"]


def test_filters_of_references(graph: Graph) -> None:
    """Owners are looked up by id; any other filter on them needs an advanced query."""
    owners = f"/applications/{graph.application()['id']}/owners"
    message = "The specified filter to the reference property query is currently not supported."

    found = graph.read(owners, {"$filter": f"id eq '{graph.object_id}'"})["value"]
    other = graph.read(owners, {"$filter": f"id eq '{uuid4()}'"})["value"]
    start = graph.read(f"/servicePrincipals/{graph.object_id}")["displayName"][:5]
    named = graph.get(owners, params={"$filter": f"startsWith(displayName,'{start}')"})
    inside = graph.get(APPS, params={"$filter": "owners/any(o:o/displayName eq 'x')"})

    assert ([f["id"] for f in found], other) == ([graph.object_id], [])
    refused(named, 400, "Request_UnsupportedQuery", message)
    refused(inside, 400, "Request_UnsupportedQuery", message)
    cast = f"{owners}/microsoft.graph.servicePrincipal"
    again = advanced(graph, cast, filter=f"startsWith(displayName,'{start}')").json()
    assert ([f["id"] for f in again["value"]], again["@odata.count"]) == (
        [graph.object_id],
        1,
    )
