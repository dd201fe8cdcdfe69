"""A tenant for each test worker, and clients that sign in to it with chosen permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing import Client, Ready, running_tenant
from localtenant.testing_client import FaultKnobs, Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVERYTHING = (
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.Read.All",
    "Domain.Read.All",
    "EventListener.ReadWrite.All",
    "IdentityProvider.Read.All",
    "IdentityUserFlow.Read.All",
    "Organization.Read.All",
)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """Run the worker's tenant, with an application that may do everything."""
    clients = {"everything": EVERYTHING, "nothing": ()}
    with running_tenant(tmp_path_factory.mktemp("tenant"), clients=clients) as ready:
        yield ready


@pytest.fixture(scope="session")
def graph(request: pytest.FixtureRequest, real_graph: Graph | None) -> Graph:
    """Sign in as the application that may do everything, to the real tenant if one is named."""
    if real_graph is not None:
        return real_graph
    ready: Ready = request.getfixturevalue("ready")
    return Graph(ready, ready.clients["everything"])


@pytest.fixture(scope="session")
def deployer(ready: Ready) -> Graph:
    """Sign in as the seeded deployer."""
    principal = Client(ready.env["ARM_CLIENT_ID"], ready.env["ARM_CLIENT_SECRET"], "")
    return Graph(ready, principal)


@pytest.fixture
def knobs(ready: Ready) -> Iterator[FaultKnobs]:
    """Set faults of the worker's tenant; none are left behind."""
    knobs = FaultKnobs(ready)
    yield knobs
    knobs.clear()
    knobs.close()


@pytest.fixture(scope="session")
def sign_in() -> Callable[[Ready, str], Graph]:
    """Sign in to any running tenant as one of its named applications."""
    return lambda ready, name: Graph(ready, ready.clients[name])


@pytest.fixture(scope="session")
def holder(graph: Graph) -> Callable[..., Graph]:
    """Sign in as an application that holds exactly the named Graph permissions."""
    roles = {r["value"]: r["id"] for r in graph.graph_principal()["appRoles"]}
    resource = graph.graph_principal()["id"]
    known: dict[tuple[str, ...], Graph] = {}

    def holder_of(*permissions: str) -> Graph:
        key = tuple(sorted(permissions))
        if key not in known:
            application = graph.application()
            principal = graph.made("/servicePrincipals", {"appId": application["appId"]})
            secret = graph.made(
                f"/applications/{application['id']}/addPassword", {"passwordCredential": {}}
            )["secretText"]
            for permission in key:
                graph.made(
                    f"/servicePrincipals/{principal['id']}/appRoleAssignments",
                    {
                        "principalId": principal["id"],
                        "resourceId": resource,
                        "appRoleId": roles[permission],
                    },
                )
            known[key] = Graph(graph.ready, Client(application["appId"], secret, principal["id"]))
        return known[key]

    return holder_of
