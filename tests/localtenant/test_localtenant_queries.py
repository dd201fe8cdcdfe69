"""Query options: filters, selection, expansion, order, paging and counting."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest

from localtenant.testing_client import Graph, refused

APPS = "/applications"
EVENTUAL = {"ConsistencyLevel": "eventual"}


def names(graph: Graph, wanted: str) -> list[str]:
    """List the names of the applications that a filter finds."""
    return [a["displayName"] for a in graph.read(APPS, {"$filter": wanted})["value"]]


def test_filter_compares_without_regard_to_case(graph: Graph) -> None:
    """A name is found in any letter case, and only as a whole."""
    name = graph.application()["displayName"]

    assert names(graph, f"displayName eq '{name.upper()}'") == [name]
    assert names(graph, f"displayName eq '{name[:-1]}'") == []


def test_filter_takes_doubled_quotes(graph: Graph) -> None:
    """A quote inside a text is written twice."""
    name = f"O'Brien's {uuid4()}"
    graph.application(displayName=name)

    assert names(graph, "displayName eq '{}'".format(name.replace("'", "''"))) == [name]


def test_filter_forms(graph: Graph) -> None:
    """Look-ups, lists, prefixes, and/or, any() and nested properties find the same object."""
    tag = f"tag-{uuid4()}"
    application = graph.application(tags=[tag], notes="the note")
    name, client_id = application["displayName"], application["appId"]
    graph.patch(f"{APPS}/{application['id']}", {"identifierUris": [f"api://{client_id}"]})

    for wanted in (
        f"appId eq '{client_id}'",
        f"id eq '{application['id']}'",
        f"appId in ('{client_id}')",
        f"appId in ('{client_id}', '{uuid4()}')",
        f"startsWith(displayName, '{name[:30]}')",
        f"displayName eq '{name}' and notes eq 'THE NOTE'",
        f"displayName eq '{uuid4()}' or (appId eq '{client_id}')",
        f"identifierUris/any(uri:uri eq 'api://{client_id}')",
        f"tags/any(t:t eq '{tag}')",
        f"tags/any(t:startswith(t, '{tag[:20]}'))",
        f"appId eq '{client_id}' and api/requestedAccessTokenVersion eq null",
        f"appId eq '{client_id}' and web/implicitGrantSettings/enableIdTokenIssuance eq false",
        f"appId eq '{client_id}' and createdDateTime ge 2020-01-01T00:00:00Z",
    ):
        assert names(graph, wanted) == [name], wanted


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            "displayNme eq 'a'",
            (
                "Invalid filter clause: Could not find a property named 'displayNme' on type "
                "'microsoft.graph.application'."
            ),
        ),
        (
            "api/scope eq 'a'",
            (
                "Invalid filter clause: Could not find a property named 'scope' on type "
                "'microsoft.graph.apiApplication'."
            ),
        ),
        (
            "displayName eq",
            "Invalid filter clause: Syntax error at position 15 in 'displayName eq'.",
        ),
    ],
)
def test_filter_errors(graph: Graph, wanted: str, message: str) -> None:
    """Unknown properties and syntax errors are said as Graph says them."""
    refused(graph.get(APPS, params={"$filter": wanted}), 400, "BadRequest", message)


@pytest.mark.parametrize(
    "wanted", ["displayName ne 'a'", "not (displayName eq 'a')", "endsWith(displayName, 'a')"]
)
def test_advanced_filters_need_the_header(graph: Graph, wanted: str) -> None:
    """ne, not and endsWith need ConsistencyLevel: eventual and $count=true."""
    refused(
        graph.get(APPS, params={"$filter": wanted}),
        400,
        "Request_UnsupportedQuery",
        "Unsupported Query.",
    )

    options = {"$filter": wanted, "$count": "true", "$top": "1"}
    answer = graph.http.get(
        f"/v1.0{APPS}", params=options, headers={"ConsistencyLevel": "eventual"}
    )
    assert answer.status_code == 200
    assert isinstance(answer.json()["@odata.count"], int)


@pytest.mark.local_only
def test_filter_expressions_that_are_not_implemented(graph: Graph) -> None:
    """A filter function that is missing here gives 501 instead of a wrong answer."""
    answer = graph.get(APPS, params={"$filter": "length(displayName) gt 3"})

    assert answer.status_code == 501


def test_select_answers_with_the_selected_alone(graph: Graph) -> None:
    """$select projects one object and a list, and the context says so."""
    application = graph.application()

    one = graph.read(f"{APPS}/{application['id']}", {"$select": "displayName,appId"})

    assert set(one) == {"@odata.context", "displayName", "appId"}
    assert one["@odata.context"].endswith("$metadata#applications(displayName,appId)/$entity")
    hidden = graph.read(f"{APPS}/{application['id']}", {"$select": "oauth2RequirePostResponse"})
    assert hidden["oauth2RequirePostResponse"] is False


def test_select_of_an_unknown_property(graph: Graph) -> None:
    """An unknown property in $select is named with its type."""
    message = (
        "Parsing OData Select and Expand failed: Could not find a property named 'nme' on type "
        "'microsoft.graph.application'."
    )
    refused(graph.get(APPS, params={"$select": "id,nme"}), 400, "BadRequest", message)


def test_expand_owners(graph: Graph) -> None:
    """$expand puts the owners into the application."""
    application = graph.application()

    expanded = graph.read(f"{APPS}/{application['id']}", {"$expand": "owners"})

    assert [o["id"] for o in expanded["owners"]] == [graph.object_id]


def test_pages_follow_each_other(graph: Graph) -> None:
    """@odata.nextLink is an absolute URL that keeps the options, until the last page."""
    mark = str(uuid4())
    made = [graph.application(displayName=f"{mark} {n}")["id"] for n in range(5)]

    url = httpx.URL(f"{graph.url}/v1.0{APPS}").copy_merge_params(
        {"$filter": f"startsWith(displayName,'{mark}')", "$top": "2", "$select": "id"}
    )
    seen: list[str] = []
    sizes: list[int] = []
    link: str | None = str(url)
    while link:
        page = graph.http.get(link).json()
        sizes.append(len(page["value"]))
        seen += [a["id"] for a in page["value"]]
        link = page.get("@odata.nextLink")

    assert (seen, sizes) == (made, [2, 2, 1])


def test_order(graph: Graph) -> None:
    """$orderby sorts by a property, downwards if asked; beside $filter it needs $count as well."""
    mark = str(uuid4())
    for letter in "bca":
        graph.application(displayName=f"{mark} {letter}")
    options = {"$filter": f"startsWith(displayName,'{mark}')", "$orderby": "displayName desc"}

    refused(
        graph.get(APPS, params=options),
        400,
        "Request_UnsupportedQuery",
        "Sorting not supported for current query.",
    )
    found = graph.http.get(
        f"/v1.0{APPS}", params={**options, "$count": "true"}, headers=EVENTUAL
    ).json()["value"]

    assert [a["displayName"][-1] for a in found] == ["c", "b", "a"]


@pytest.mark.parametrize("top", ["0", "1000", "many"])
def test_page_size_has_its_limits(graph: Graph, top: str) -> None:
    """$top is between 1 and 999."""
    message = f"Invalid page size specified: '{top}'. Must be between 1 and 999 inclusive."
    refused(graph.get(APPS, params={"$top": top}), 400, "Request_UnsupportedQuery", message)


@pytest.mark.parametrize(
    ("option", "status", "code"),
    [
        ("$skip", 400, "Request_BadRequest"),
        ("$nonsense", 400, "BadRequest"),
        ("$search", 400, "Request_UnsupportedQuery"),
        ("$skiptoken", 400, "Directory_ExpiredPageToken"),
    ],
)
def test_options_that_are_refused(graph: Graph, option: str, status: int, code: str) -> None:
    """Options that the directory does not take are refused, not ignored."""
    answer = graph.get(APPS, params={option: "x"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
