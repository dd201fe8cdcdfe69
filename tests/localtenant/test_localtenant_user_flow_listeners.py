"""The event listeners that user flows make, and how many there can be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_bodies import flow_body
from localtenant.testing_client import FLOWS, refused
from tests.localtenant.flow_bodies import APPS, LISTENERS, OWN, listener_body, update

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

MOST = 249


def member(user_type: str) -> Json:
    """Build a handler of onUserCreateStart, which needs nothing else."""
    return {
        "@odata.type": f"#microsoft.graph.onUserCreateStart{OWN}",
        "userTypeToCreate": user_type,
    }


def made_by(graph: Graph, flow_id: str) -> dict[str, Json]:
    """Read the listeners of a user flow, by their types."""
    wanted = {"$filter": f"authenticationEventsFlowId eq '{flow_id}'"}
    found = graph.read(LISTENERS, params=wanted)["value"]
    return {one["@odata.type"].removeprefix("#microsoft.graph."): one for one in found}


def test_user_flow_makes_listeners(graph: Graph) -> None:
    """A flow makes a listener for each event that it handles, which shows what the flow shows."""
    principal = graph.principal()
    condition = {"applications": {"includeApplications": [{"appId": principal["appId"]}]}}
    flow_id = graph.flow(conditions=condition)["id"]

    found = made_by(graph, flow_id)

    flow = graph.read(f"{FLOWS}/{flow_id}")
    assert {name: one["handler"] for name, one in found.items()} == {
        f"{event}Listener": flow[event]
        for event in (
            "onInteractiveAuthFlowStart",
            "onAuthenticationMethodLoadStart",
            "onAttributeCollection",
        )
    }
    assert all(one["conditions"] == flow["conditions"] for one in found.values())


def test_listeners_follow_their_user_flow(graph: Graph) -> None:
    """They come and go with its handlers, have its applications, and end with it."""
    principal, flow_id = graph.principal(), graph.flow()["id"]
    path = f"{FLOWS}/{flow_id}"
    wanted = {"$filter": f"{APPS}/any(a:a/appId eq '{principal['appId']}')"}

    graph.patch(path, update(onUserCreateStart=member("guest")))
    graph.post(f"{path}/{APPS}", {"appId": principal["appId"]})

    found = made_by(graph, flow_id)
    assert found["onUserCreateStartListener"]["handler"]["userTypeToCreate"] == "guest"
    assert len(graph.read(LISTENERS, params=wanted)["value"]) == len(found) == 4
    graph.patch(path, update(onUserCreateStart=None))
    graph.delete(f"{path}/{APPS}/{principal['appId']}")
    assert "onUserCreateStartListener" not in made_by(graph, flow_id)
    assert graph.read(LISTENERS, params=wanted)["value"] == []
    graph.delete(path)
    assert made_by(graph, flow_id) == {}


def test_listeners_of_a_user_flow_are_the_flows(graph: Graph) -> None:
    """What a flow made is neither changed nor deleted by itself."""
    flow_id = graph.flow()["id"]
    listener = made_by(graph, flow_id)["onInteractiveAuthFlowStartListener"]
    path = f"{LISTENERS}/{listener['id']}"
    body = {"@odata.type": listener["@odata.type"], "displayName": "mine"}

    answers = (
        graph.patch(path, body),
        graph.delete(path),
        graph.post(f"{path}/{APPS}", {"appId": str(uuid4())}),
    )

    message = (
        f"The event listener '{listener['id']}' belongs to the user flow '{flow_id}' and can be "
        "changed or deleted with it only."
    )
    for answer in answers:
        refused(answer, 400, "AADB2C", message)


@pytest.mark.local_only
def test_number_of_listeners_is_limited(graph: Graph) -> None:
    """A tenant has 249 listeners at most, and those of user flows count."""
    present = graph.read(LISTENERS, params={"$top": 999})["value"]
    body = listener_body(member("member"), "onUserCreateStart")

    made = [graph.made(LISTENERS, body)["id"] for _ in range(MOST - len(present))]
    answers = [graph.post(LISTENERS, body)]
    graph.delete(f"{LISTENERS}/{made.pop()}")
    flow = {"displayName": f"one too many {uuid4()}"}
    answers.append(graph.post(FLOWS, flow_body(**flow)))
    for listener_id in made:
        graph.delete(f"{LISTENERS}/{listener_id}")

    message = (
        f"A tenant can have at most {MOST} event listeners, of which each user flow makes several."
    )
    for answer in answers:
        refused(answer, 400, "AADB2C", message)
    wanted = {"$filter": f"displayName eq '{flow['displayName']}'"}
    assert graph.read(FLOWS, params=wanted)["value"] == []
