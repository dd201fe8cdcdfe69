"""Which applications the tenant's page offers a sign-in to, and what it says of the others."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only


def shown(graph: Graph, **query: str) -> str:
    """The page, in a browser that comes for the first time."""
    with closing(graph.anonymous()) as browser:
        return browser.get("/-/try", params=query).text


def test_only_what_can_sign_in_is_offered(graph: Graph) -> None:
    """An API says why not; a daemon that holds roles gets a token for itself, and no form."""
    api = graph.principal(displayName="Lonely API")
    jobs = graph.principal(displayName="Lonely jobs")
    graph.made(
        f"/servicePrincipals/{jobs['id']}/appRoleAssignments",
        {
            "principalId": jobs["id"],
            "resourceId": graph.graph_principal()["id"],
            "appRoleId": graph.graph_principal()["appRoles"][0]["id"],
        },
    )
    bare = graph.application(displayName="Lonely registration")

    text = shown(graph, q="Lonely")
    offered = re.findall(r'href="/-/try\?client=([\w-]+)"', text)
    assert offered == [jobs["appId"]]
    assert "has no redirect URI: customers do not sign in to it here" in text
    assert "has no service principal: nobody can sign in to it" in text

    for one in (api, jobs, bare):
        text = shown(graph, client=one["appId"])
        assert 'action="/-/try"' not in text
        assert ('action="/-/try/daemon"' in text) is (one is jobs)
