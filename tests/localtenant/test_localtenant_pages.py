"""Pages: links to the next one that neither repeat nor lose anything, and their tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import FLOWS, Graph, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json

EVENTUAL = {"ConsistencyLevel": "eventual"}


def follow(graph: Graph, link: str | None) -> list[Json]:
    """Collect what is on all pages from a link on."""
    found: list[Json] = []
    while link:
        page = graph.http.get(link, headers=EVENTUAL).json()
        found += page["value"]
        link = page.get("@odata.nextLink")
    return found


def first(graph: Graph, path: str, params: Mapping[str, str]) -> Json:
    """Read the first page."""
    return graph.http.get(f"/v1.0{path}", params=params, headers=EVENTUAL).json()


def test_what_changes_between_pages_repeats_and_hides_nothing(graph: Graph) -> None:
    """After deletions on and behind the first page, the others come, each once."""
    mark = str(uuid4())
    made = [graph.application(displayName=f"{mark} {n}")["id"] for n in range(7)]
    options = {"$filter": f"startsWith(displayName,'{mark}')", "$top": "3", "$count": "true"}

    page = first(graph, "/applications", options)
    for gone in (made[0], made[2], made[4]):
        graph.delete(f"/applications/{gone}")
    added = graph.application(displayName=f"{mark} 7")["id"]
    others = [a["id"] for a in follow(graph, page["@odata.nextLink"])]

    assert page["@odata.count"] == 7
    assert [a["id"] for a in page["value"]] == made[:3]
    assert others == [made[3], made[5], made[6], added]


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_sorted_pages(graph: Graph, direction: str) -> None:
    """Pages that are sorted by a property, null included, go on behind the last object."""
    mark = str(uuid4())
    notes = ["b", None, "a", "B", None, "c", "a"]
    for note in notes:
        graph.application(displayName=mark, notes=note)
    options = {
        "$filter": f"displayName eq '{mark}'",
        "$orderby": f"notes {direction},displayName",
        "$top": "2",
        "$count": "true",
    }

    page = first(graph, "/applications", options)
    graph.delete(f"/applications/{page['value'][1]['id']}")
    found = [a["notes"] for a in [*page["value"], *follow(graph, page["@odata.nextLink"])]]

    wanted = [None, None, "a", "a", "b", "B", "c"]
    folded = [n and n.lower() for n in found]
    assert folded == [n and n.lower() for n in (wanted if direction == "asc" else wanted[::-1])]


def test_pages_of_references(graph: Graph) -> None:
    """Owners come in pages as well, and one that goes on the first page shifts nothing."""
    application = graph.application()
    path = f"/applications/{application['id']}/owners"
    owners = [graph.principal()["id"] for _ in range(4)]
    for owner in owners:
        graph.post(f"{path}/$ref", graph.reference(owner))

    page = first(graph, path, {"$top": "2", "$select": "id"})
    graph.delete(f"{path}/{page['value'][0]['id']}/$ref")
    found = [*page["value"], *follow(graph, page["@odata.nextLink"])]

    assert [f["id"] for f in found] == [graph.object_id, *owners]
    assert all(set(f) == {"@odata.type", "id"} for f in found)


def test_pages_of_contained_objects(graph: Graph) -> None:
    """The applications of a flow come in pages, also when the last one of a page has gone."""
    flow = graph.flow()
    path = f"{FLOWS}/{flow['id']}/conditions/applications/includeApplications"
    clients = [graph.principal()["appId"] for _ in range(5)]
    for client in clients:
        graph.made(path, {"appId": client})

    page = first(graph, path, {"$top": "2"})
    graph.delete(f"{path}/{clients[1]}")
    found = [*page["value"], *follow(graph, page["@odata.nextLink"])]

    assert [f["appId"] for f in found] == clients


def test_pages_of_the_parts_of_an_object(graph: Graph) -> None:
    """The role assignments of a service principal come in pages."""
    principal = graph.principal()["id"]
    resource = graph.graph_principal()
    path = f"/servicePrincipals/{principal}/appRoleAssignments"
    roles = [r["id"] for r in resource["appRoles"][:3]]
    for role in roles:
        body = {"principalId": principal, "resourceId": resource["id"], "appRoleId": role}
        graph.made(path, body)

    page = first(graph, path, {"$top": "1"})
    found = [*page["value"], *follow(graph, page["@odata.nextLink"])]

    assert [f["appRoleId"] for f in found] == roles


@pytest.mark.parametrize(
    "token",
    ["", "x", "RFNwdAoA", "RFNwdAoAe30", "RFNwdAoAWzEsMl0", "RFNwdAoAW1tdXQ", "RFNwdAoAW3RydWVd!"],
)
def test_tokens_that_are_none(graph: Graph, token: str) -> None:
    """A token that no page gave is said to have expired."""
    message = (
        "The specified page token value has expired and can no longer be included in your request."
    )
    answer = graph.get("/applications", params={"$skiptoken": token})
    refused(answer, 400, "Directory_ExpiredPageToken", message)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"$orderby": "createdDateTime"},
            "Unsupported sort property 'createdDateTime' for 'Application'.",
        ),
        (
            {"$orderby": "displayName", "$filter": "displayName eq 'a'"},
            "Sorting not supported for current query.",
        ),
    ],
)
def test_sorting_that_needs_an_advanced_query(
    graph: Graph, options: dict[str, str], message: str
) -> None:
    """Sorting by a date, or beside a filter, needs ConsistencyLevel: eventual and $count=true."""
    answer = graph.get("/applications", params=options)

    refused(answer, 400, "Request_UnsupportedQuery", message)
    assert "value" in first(graph, "/applications", {**options, "$count": "true"})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"$orderby": "nme"},
            (
                "Invalid orderby clause: Could not find a property named 'nme' on type "
                "'microsoft.graph.application'."
            ),
        ),
        (
            {"$orderby": "displayName up"},
            "Invalid orderby clause: Syntax error in 'displayName up'.",
        ),
        ({"$orderby": "tags"}, "Invalid orderby clause: 'tags' is not a single value."),
        (
            {"$count": "yes"},
            "Invalid value 'yes' for $count query option found. Valid values are 'true,false'.",
        ),
    ],
)
def test_options_that_are_wrong(graph: Graph, options: dict[str, str], message: str) -> None:
    """What cannot be sorted by, and a $count that is neither true nor false."""
    refused(graph.get("/applications", params=options), 400, "BadRequest", message)


def test_an_option_that_is_there_twice(graph: Graph) -> None:
    """An option of OData may stand in a query once."""
    message = (
        "Query option '$top' was specified more than once, but it must be specified at most once."
    )
    answer = graph.http.get("/v1.0/applications?$top=1&$top=2")
    refused(answer, 400, "BadRequest", message)
