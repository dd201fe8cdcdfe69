"""``$select``, ``$expand`` and ``$search``."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest

from localtenant.testing_client import Graph, refused

EVENTUAL = {"ConsistencyLevel": "eventual"}
FAILED = "Parsing OData Select and Expand failed: "


def test_expand_with_options(graph: Graph) -> None:
    """The options in parentheses act on what is expanded; the context names the navigation."""
    application = graph.application()
    path = f"/applications/{application['id']}"
    other = graph.principal()["id"]
    graph.post(f"{path}/owners/$ref", graph.reference(other))

    found = graph.read(path, {"$select": "id", "$expand": "owners($select=id,appId;$top=1)"})
    filtered = graph.read(path, {"$expand": f"owners($filter=id eq '{other}';$count=true)"})
    every = graph.read(path, {"$expand": "*"})

    assert found["@odata.context"].endswith("#applications(id,owners())/$entity")
    assert [set(o) for o in found["owners"]] == [{"@odata.type", "id", "appId"}]
    assert [o["id"] for o in filtered["owners"]] == [other]
    assert filtered["owners@odata.count"] == 1
    assert [o["id"] for o in every["owners"]] == [graph.object_id, other]


def test_expand_shows_at_most_twenty(graph: Graph) -> None:
    """Of more than 20 objects behind a navigation, $expand shows 20."""
    principal = graph.principal()["id"]
    resource = graph.graph_principal()
    path = f"/servicePrincipals/{principal}"
    for role in resource["appRoles"][:21]:
        graph.made(
            f"{path}/appRoleAssignments",
            {"principalId": principal, "resourceId": resource["id"], "appRoleId": role["id"]},
        )

    found = graph.read(path, {"$expand": "appRoleAssignments"})

    assert len(found["appRoleAssignments"]) == 20
    assert len(graph.read(f"{path}/appRoleAssignments")["value"]) == 21


def test_select_forms(graph: Graph) -> None:
    """A star selects the default properties; casts and navigations may be named."""
    path = f"/applications/{graph.application()['id']}"

    star = graph.read(path, {"$select": "*"})
    named = graph.read(path, {"$select": "microsoft.graph.application/displayName,owners,ID"})

    assert star.keys() == graph.read(path).keys()
    assert set(named) == {"@odata.context", "displayName", "id"}


@pytest.mark.parametrize(
    ("expand", "message"),
    [
        ("ownrs", "Could not find a property named 'ownrs' on type 'microsoft.graph.application'."),
        (
            "displayName",
            (
                "Property 'displayName' on type 'microsoft.graph.application' is not a navigation "
                "property or complex property. Only navigation properties can be expanded."
            ),
        ),
        ("owners($skip=1)", "The query option '$skip' is not allowed in $expand."),
        (
            "owners($expand=owners($expand=owners))",
            (
                "The request includes a $expand path which is too deep. The maximum depth allowed "
                "is 2."
            ),
        ),
        ("owners(", "Syntax error in 'owners('."),
        (
            "owners($select=nme)",
            "Could not find a property named 'nme' on type 'microsoft.graph.directoryObject'.",
        ),
    ],
)
def test_expand_that_is_wrong(graph: Graph, expand: str, message: str) -> None:
    """What cannot be expanded, and what may not stand in the parentheses."""
    answer = graph.get("/applications", params={"$expand": expand})

    refused(answer, 400, "BadRequest", FAILED + message)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ('"displayName:{mark}"', True),
        ('"displayName:{mark} grid"', True),
        ('"displayName:Power {mark}"', True),
        ('"displayName:wer {mark}"', False),
        ('"displayName:{mark}" AND "notes:Some"', True),
        ('"displayName:{mark}" AND "notes:words"', False),
        ('"displayName:absent" OR "displayName:{mark}"', True),
        ('("displayName:absent" OR "notes:some") AND "displayName:{mark}"', True),
    ],
)
def test_search(graph: Graph, search: str, *, found: bool) -> None:
    """Names are found by the beginnings of their words, other properties by their own."""
    mark = f"m{uuid4().hex[:12]}"
    application = graph.application(displayName=f"SolarPower-Grid {mark}", notes="some words")

    answer = graph.http.get(
        "/v1.0/applications",
        params={"$search": search.replace("{mark}", mark)},
        headers=EVENTUAL,
    )

    assert [a["id"] for a in answer.json()["value"]] == ([application["id"]] if found else [])


@pytest.mark.parametrize(
    ("search", "message"),
    [
        ("displayName:x", "Invalid search clause: Syntax error in 'displayName:x'."),
        ('"x"', "Invalid search clause: Syntax error in '\"x\"'."),
        (
            '"tags:x" and "tags:y"',
            'Invalid search clause: Syntax error in \'"tags:x" and "tags:y"\'.',
        ),
        ('"nothing:x"', "Property 'nothing' cannot be searched."),
    ],
)
def test_search_that_is_wrong(graph: Graph, search: str, message: str) -> None:
    """A clause is quoted and names a property; AND and OR are in capitals."""
    answer = graph.http.get("/v1.0/applications", params={"$search": search}, headers=EVENTUAL)

    refused(answer, 400, "Request_BadRequest", message)


def test_search_has_its_depth(graph: Graph) -> None:
    """Parentheses of a search are taken to a depth that the store can take as well."""

    def answer(levels: int) -> httpx.Response:
        one = '"displayName:a"'
        search = f"({one} OR {one} AND " * levels + one + ")" * levels
        return graph.http.get("/v1.0/applications", params={"$search": search}, headers=EVENTUAL)

    assert (answer(8).status_code, answer(9).status_code) == (200, 400)


@pytest.mark.parametrize(
    ("most", "more"),
    [
        (" OR ".join(['"displayName:a"'] * 100), " OR ".join(['"displayName:a"'] * 101)),
        (f'"notes:{"a" * 7_992}"', f'"notes:{"a" * 7_993}"'),
    ],
)
def test_search_has_its_length(graph: Graph, most: str, more: str) -> None:
    """A search has up to a hundred clauses and 8,000 characters."""
    most_of_it = graph.http.get("/v1.0/applications", params={"$search": most}, headers=EVENTUAL)
    answer = graph.http.get("/v1.0/applications", params={"$search": more}, headers=EVENTUAL)

    assert most_of_it.status_code == 200
    refused(answer, 400, "Request_BadRequest", f"Invalid search clause: Syntax error in '{more}'.")


def test_search_needs_the_header(graph: Graph) -> None:
    """$search without ConsistencyLevel: eventual is refused in the documented words."""
    message = (
        "Request with $search query parameter only works through MSGraph with a special request "
        "header: 'ConsistencyLevel: eventual'"
    )
    answer = graph.get("/applications", params={"$search": '"displayName:x"'})
    refused(answer, 400, "Request_UnsupportedQuery", message)
